import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {runBd} from '../../../src/host/run-bd.js'
import {sandbox} from '../../support/sandbox.js'

/** Runs a bd that is this line of shell. */
function run(script: string, longestMs?: number) {
  const {dir, env} = sandbox()
  mkdirSync(join(dir, 'bin'))
  writeFileSync(join(dir, 'bin/bd'), `#!/bin/sh\n${script}\n`, {mode: 0o755})
  const where = {
    cwd: dir,
    beadsFolder: join(dir, 'beads'),
    env: {...env, PATH: `${join(dir, 'bin')}:${env.PATH}`},
  }
  return {dir, result: runBd(['list', 'a b'], where, longestMs)}
}

test('bd is asked with these words, of that folder, and its answer told', async () => {
  const {dir, result} = run(`printf '%s|' "$@" "$BEADS_DIR"; pwd; echo careful >&2`)
  expect(await result).toEqual({
    code: 0,
    stdout: `list|a b|${join(dir, 'beads')}|${dir}\n`,
    stderr: 'careful\n',
  })
})

test('a bd that fails: its exit code, and what it said', async () => {
  expect(await run('echo half; echo no >&2; exit 7').result).toEqual({
    code: 7,
    stdout: 'half\n',
    stderr: 'no\n',
  })
})

test('a bd that reads its input finds its end', async () => {
  expect(await run('cat; echo done', 20_000).result).toMatchObject({code: 0, stdout: 'done\n'})
})

test('a bd that gives no answer is ended, however it takes a friendly signal, and half an answer is none', async () => {
  const {result} = run(`trap '' TERM; echo '[]'; exec 0<&-; for _ in $(seq 100); do sleep 0.1; done`, 300)
  await expect(result).rejects.toMatchObject({
    code: 'BD_TIMED_OUT',
    message: 'bd list gave no answer within 0.3 s',
  })
})

test('no bd: says so', async () => {
  const {dir} = sandbox()
  const asked = runBd(['list'], {cwd: dir, beadsFolder: dir, env: {PATH: dir}})
  await expect(asked).rejects.toMatchObject({code: 'BD_MISSING', message: 'bd is not installed'})
})
