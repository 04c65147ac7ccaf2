import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../src/index.js'
import {carriers} from '../support/canary.js'
import {openTrees} from '../support/sessions.js'

/** Variables that would make perl take options, load modules, or complain. */
const hostile = {
  PERL5OPT: '-Mstrict -w -CSDAL',
  PERL5LIB: '/nowhere',
  PERLLIB: '/nowhere',
  PERL5DB: 'die',
  PERL_UNICODE: 'S',
  LC_ALL: 'xx_YY.UTF-8',
  EMPTY: '',
  'odd name': 'ü\n\'"$',
}

/** What a program reads in a file of `/proc/self` when it is started with `before` and `after` around its own words. */
function seen(file: string, before: readonly string[], after: readonly string[] = []): Buffer {
  const [command = '', ...args] = [...before, ...after]
  const {stdout, stderr, status} = spawnSync(command, args, {env: {...process.env, ...hostile, FILE: file}})
  expect([String(stderr), status]).toEqual(['', 0])
  return stdout
}

const reader = [
  process.execPath,
  '-e',
  'process.stdout.write(fs.readFileSync("/proc/self/" + process.env.FILE))',
] as const
const words = (text: Buffer) => text.toString('latin1').split('\0').sort()

test('contain_any arguments: arrive byte for byte, even invalid UTF-8', async () => {
  const args = ['', '-e', '--', 'a=b', ' \n\t', '\'"`$(x)\\', 'é', '日本🦉', '']
  const addBytes = ['/bin/sh', '-c', 'exec "$@" "$(printf \'\\377\\303\\1\')"', 'sh']
  const contained = await killer.contain([...reader, '--', ...args])

  expect(contained).not.toEqual([...reader, '--', ...args])
  expect(seen('cmdline', [...addBytes, ...contained])).toEqual(
    seen('cmdline', [...addBytes, ...reader, '--', ...args]),
  )
})

test('contain_any environment: arrives unchanged, even variables that perl reads', async () => {
  expect(words(seen('environ', await killer.contain(reader)))).toEqual(words(seen('environ', reader)))
})

test('contain_program found in PATH: keeps the name it was called by', async () => {
  expect(String(seen('cmdline', await killer.contain(['cat', '/proc/self/cmdline'])))).toBe(
    'cat\0/proc/self/cmdline\0',
  )
})

test('contain_environment that makes perl load a module: it is not loaded', async () => {
  const {dir} = sandbox()
  writeFileSync(join(dir, 'Evil.pm'), 'print STDERR "evil"; exit 9')
  const [command, ...args] = await killer.contain(['true'])
  const env = {...process.env, PERL5LIB: dir, PERL5OPT: '-MEvil'}

  const {status, stderr} = spawnSync(command, args, {env, encoding: 'utf8'})

  expect([status, stderr]).toEqual([0, ''])
})

test('contain_command of one word with shell syntax: is run without a shell', async () => {
  const program = join(sandbox().dir, 'a program; exit 3 $(x)')
  writeFileSync(program, '#!/bin/sh\necho "$0"\n', {mode: 0o755})
  const [command, ...args] = await killer.contain([program])

  expect(spawnSync(command, args, {encoding: 'utf8'}).stdout).toBe(`${program}\n`)
})

test('contain_signals: none becomes ignored or blocked', async () => {
  const signals = (status: Buffer) => String(status).match(/^Sig(Blk|Ign|Cgt):.*$/gm)

  expect(signals(seen('status', await killer.contain(reader)))).toEqual(signals(seen('status', reader)))
})

test.for([
  ['missing ü', 'No such file or directory'],
  ['', 'Permission denied'],
])(
  'contain_program that cannot be run (%s): code 127, and one line that says why',
  async ([name = '', reason]) => {
    const program = join(sandbox().dir, name)
    const [command, ...args] = await killer.contain([program, 'x'])

    const {status, stderr} = spawnSync(command, args, {env: hostile, encoding: 'utf8'})

    expect([status, stderr]).toEqual([127, `cannot run ${program}: ${reason}\n`])
  },
)

test.for([400, 0])(
  'end_contained daemon that hides everything, %i ms of grace: it ends too',
  async (graceMs) => {
    const {startContained, canary, target, neighbourLivesOn} = openTrees()
    await startContained('env-cleared-hidden-daemon.sh')
    await until('the daemon', () => carriers(`hidden ${canary}`).length === 1)
    const [root = 0] = target().roots
    expect(carriers(canary).toSorted()).toEqual([root, ...carriers(`hidden ${canary}`)].toSorted())

    expect(await killer.end(target(), {graceMs})).toEqual([])
    expect(carriers(canary)).toEqual([])
    await neighbourLivesOn()
  },
)
