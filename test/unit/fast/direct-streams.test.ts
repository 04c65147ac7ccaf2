// What stands for process.stdout and process.stderr in the executable, run in a process of its own.
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'

const dist = (file: string) => fileURLToPath(new URL(`../../../dist/${file}`, import.meta.url))

function script(body: string): string[] {
  const lines = [
    `import {installDirectStreams} from ${JSON.stringify(dist('fast/direct-streams.js'))}`,
    `import {flushStreams, isUnopened, offStdout} from ${JSON.stringify(dist('cli/streams.js'))}`,
    'installDirectStreams()',
    'const {stdout, stderr} = gtStreams',
    body,
  ]
  return ['--input-type=module', '-e', lines.join('\n')]
}

function run(body: string) {
  const {stdout, stderr, status} = spawnSync(process.execPath, script(body), {encoding: 'utf8'})
  return {stdout, stderr, status}
}

test('a text is written in order, and opens nothing', () => {
  const body = `stdout.write('one\\n'); stdout.write(Buffer.from('two\\n'))
    stdout.write('three\\n', () => stderr.write(String(isUnopened('stdout'))))`
  expect(run(body)).toEqual({stdout: 'one\ntwo\nthree\n', stderr: 'true', status: 0})
})

test('everything else is the real stream, which is then written to as well', () => {
  const body = `stderr.write(String(stdout.writableLength === 0 && 'isTTY' in stdout === 'isTTY' in process.stdout))
    stdout.write('late\\n'); stderr.write(String(isUnopened('stdout'))); await flushStreams()`
  expect(run(body)).toEqual({stdout: 'late\n', stderr: 'truefalse', status: 0})
})

test('what is printed during work off stdout goes to stderr', () => {
  const body = `await offStdout(async () => stdout.write('aside\\n')); stdout.write('result\\n')`
  expect(run(body)).toEqual({stdout: 'result\n', stderr: 'aside\n', status: 0})
})

test('a reader that has gone away is no failure', async () => {
  const child = spawn(
    process.execPath,
    script(`process.stdin.once('data', () => {
    stdout.write('nobody reads it\\n'); stdout.write('nor this\\n'); process.exit(0) })`),
  )
  child.stdout.destroy()
  child.stdin.end('go')
  expect(await once(child, 'exit')).toEqual([0, null])
})
