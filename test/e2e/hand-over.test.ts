import {chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {gt, launcher, programFile} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'

/** Another `gt` on PATH that tells what it was called with, behind a link to our own. */
function withOther(script = 'for word in "$@"; do printf "<%s>" "$word"; done; exit 7') {
  const box = sandbox()
  for (const folder of ['own', 'other']) mkdirSync(join(box.dir, folder))
  symlinkSync(programFile, join(box.dir, 'own/gt'))
  const other = join(box.dir, 'other/gt')
  writeFileSync(other, `#!/bin/sh\n${script}\n`)
  chmodSync(other, 0o755)
  const env = {...box.env, PATH: `${join(box.dir, 'own')}:${join(box.dir, 'other')}:${box.env.PATH}`}
  return {
    dir: box.dir,
    other,
    run: (args: string[], more: Record<string, string> = {}) =>
      gt(args, {cwd: box.dir, env: {...env, ...more}}),
  }
}

test.each([
  [['prime']],
  [['hook', '--json', 'a b', '$HOME', '']],
  [['witness', 'bogus', '-x']],
  [['rig', 'park', 'alpha']],
  [['prime', '--help']],
  [['help', 'prime']],
])('%j is run by the other gt, with the same words and exit code', async (args) => {
  const {run} = withOther()
  expect(await run(args)).toEqual({code: 7, stdout: args.map((word) => `<${word}>`).join(''), stderr: ''})
})

test.each([
  [['witness']],
  [['witness', 'status', '--bogus']],
  [['--version']],
  [['--help']],
  [['rig', 'list']],
  [['witness', 'spawn', '--help']],
])('%j is our own', async (args) => {
  const {run} = withOther('echo taken-over')
  expect((await run(args)).stdout).not.toContain('taken-over')
})

test('GT_DELEGATE=0 turns it off', async () => {
  const {run} = withOther()
  expect(await run(['prime'], {GT_DELEGATE: '0'})).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^Error: unknown command "prime" for "gt"\n/),
  })
})

test('two of ours do not hand a command to and fro', async () => {
  const {run} = withOther(`exec '${process.execPath}' '${launcher}' "$@"`)
  expect((await run(['prime'])).stderr).toMatch(/^Error: unknown command "prime" for "gt"\n/)
})

test('nor through a wrapper that forks', async () => {
  const {other, run} = withOther()
  const calls = `${other}.calls`
  const ours = `'${process.execPath}' '${launcher}' "$@"; exit $?`
  writeFileSync(
    other,
    `#!/bin/sh\necho call >> '${calls}'; [ $(wc -l < '${calls}') -gt 2 ] && exit 9; ${ours}\n`,
  )
  expect((await run(['prime'])).stderr).toMatch(/^Error: unknown command "prime" for "gt"\n/)
  expect(readFileSync(calls, 'utf8')).toBe('call\n')
})

test.each(['', '.', './', 'own'])('no gt of a folder that PATH names as "%s" is run', async (entry) => {
  const {dir, run} = withOther()
  for (const file of ['gt', 'own/gt']) {
    rmSync(join(dir, file), {force: true})
    writeFileSync(join(dir, file), '#!/bin/sh\necho a stranger', {mode: 0o755})
  }
  const {stdout, stderr} = await run(['prime'], {PATH: entry})
  expect({stdout, stderr}).toEqual({
    stdout: '',
    stderr: expect.stringMatching(/^Error: unknown command "prime"/),
  })
})

test('a file that the system cannot run is passed over', async () => {
  const {other, run} = withOther()
  writeFileSync(other, 'not a program')
  expect((await run(['prime'])).stderr).toMatch(/^Error: unknown command "prime" for "gt"\n/)
})

test('a slip of the finger: the command that was probably meant is named', async () => {
  const {run} = withOther()
  for (const [words, meant] of [
    [['witness', 'statsu'], 'gt witness status'],
    [['polcat', 'list'], 'gt polecat'],
    [['witness', 'sta'], 'gt witness start'],
  ] as const) {
    const {code, stderr} = await run([...words], {GT_DELEGATE: '0'})
    expect(code).toBe(1)
    expect(stderr).toContain(`\nDid you mean '${meant}'?\n`)
  }
  expect((await run(['witness', 'bogus'], {GT_DELEGATE: '0'})).stderr).not.toContain('Did you mean')
})
