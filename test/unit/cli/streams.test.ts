// What stands for process.stdout and process.stderr until they are opened, in a process of its own.
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'

const dist = (file: string) => fileURLToPath(new URL(`../../../dist/${file}`, import.meta.url))

function script(body: string): string[] {
  const lines = [
    `import {flushStreams, offStdout, openStream, watchStreams} from ${JSON.stringify(dist('cli/streams.js'))}`,
    'watchStreams()',
    'const {stdout, stderr} = process',
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
    stdout.write('three\\n', () => stderr.write(String(process.moduleLoadList.includes('NativeModule net'))))`
  expect(run(body)).toEqual({stdout: 'one\ntwo\nthree\n', stderr: 'false', status: 0})
})

test('everything else is the real stream, which is then written to as well', () => {
  const body = `stderr.write(String(stdout.writableLength === 0 && !stdout.isTTY))
    stdout.write('late\\n'); stderr.write(String(stdout.listenerCount('error'))); await flushStreams()`
  expect(run(body)).toEqual({stdout: 'late\n', stderr: 'true1', status: 0})
})

test('who puts another function in its place is asked, and may put it back', () => {
  const body = `const own = stdout.write; stdout.write = (text) => stderr.write('seen: ' + text); stdout.write('a\\n')
    process.stdout.columns; process.stdout.write('c\\n'); process.stdout.write = own; process.stdout.write('b\\n')`
  expect(run(body)).toEqual({stdout: 'b\n', stderr: 'seen: a\nseen: c\n', status: 0})
})

test('what is printed during work off stdout goes to stderr', () => {
  const body = `await offStdout(async () => stdout.write('aside\\n')); stdout.write('result\\n')`
  expect(run(body)).toEqual({stdout: 'result\n', stderr: 'aside\n', status: 0})
})

test.each([
  ['is no failure', 0, ''],
  ['is told to who listens', 3, `stdout.once('error', ({code}) => process.exit(code === 'EPIPE' ? 3 : 4))`],
])('a reader that has gone away %s', async (_, code, listen) => {
  const body = `process.stdin.once('data', () => {
    ${listen}
    stdout.write('nobody reads it\\n'); stdout.write('nor this\\n')
    setImmediate(() => process.exit(0)) })`
  const child = spawn(process.execPath, script(body))
  child.stdout.destroy()
  child.stdin.end('go')
  expect(await once(child, 'exit')).toEqual([code, null])
})

test('a reader that is slow gets everything, through a pipe that does not wait for it, too', () => {
  const slow = `import os, subprocess, sys, time
r, w = os.pipe()
os.set_blocking(w, False)
child = subprocess.Popen(sys.argv[1:], stdout=w)
os.close(w)
time.sleep(0.2)
sys.stdout.write(str(sum(map(len, iter(lambda: os.read(r, 65536), b'')))))
sys.exit(child.wait())`
  const program = script(`stdout.write('x'.repeat(1_000_000)); process.exit(0)`)
  const {stdout, status} = spawnSync('python3', ['-c', slow, process.execPath, ...program], {
    encoding: 'utf8',
  })
  expect({stdout, status}).toEqual({stdout: '1000000', status: 0})
})

test('work off stdout overlaps: stdout comes back with the end of the last, opened meanwhile or before', () => {
  const body = (opens: string, write: string) => `${opens}
    let endFirst; const first = offStdout(() => new Promise((resolve) => { endFirst = resolve }))
    const second = offStdout(async () => { await first; ${write} })
    endFirst(); await second; stdout.write('result\\n'); await flushStreams()`
  for (const opens of ['', 'stdout.columns']) {
    for (const write of [
      `stdout.columns; stdout.write('aside\\n')`,
      `openStream('stdout').write('aside\\n')`,
    ]) {
      expect(run(body(opens, write))).toEqual({stdout: 'result\n', stderr: 'aside\n', status: 0})
    }
  }
})

test('a reader that has gone away is no failure of an opened stream either', async () => {
  const body = `process.stdin.once('data', () => {
    stdout.columns; stdout.write('nobody reads it\\n')
    stdout.once('close', () => process.exit(0)) })`
  const child = spawn(process.execPath, script(body))
  child.stdout.destroy()
  child.stdin.end('go')
  expect(await once(child, 'exit')).toEqual([0, null])
})
