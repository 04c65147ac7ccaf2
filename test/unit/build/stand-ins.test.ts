// What oclif takes of Node's modules comes from stand-ins. These tests fail where a new oclif takes more, or otherwise.
import {spawnSync} from 'node:child_process'
import {closeSync, globSync, openSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {leanModules} from '../../../build/lean-modules.js'

const require = createRequire(import.meta.url)
const library = dirname(require.resolve('@oclif/core'))
const sources = globSync('**/*.js', {cwd: library}).map((file) => readFileSync(join(library, file), 'utf8'))
const standIn = (name: string) => require(`../../../build/stand-ins/${name}.cjs`)

test.each(['node:fs/promises', 'node:os'])('oclif asks for %s in the words that are replaced', (module) => {
  const asking = sources.filter((source) => new RegExp(`["'](node:)?${module.slice(5)}["']`).test(source))
  expect(asking).not.toEqual([])
  expect(asking.filter((source) => !source.includes(`require("${module}")`))).toEqual([])
})

test('the stand-in for node:fs/promises has what oclif uses of it', () => {
  const used = sources.flatMap((source) => source.match(/(?<=\bpromises_1\.)\w+/g) ?? [])
  expect(Object.keys(standIn('fs-promises'))).toEqual(expect.arrayContaining([...new Set(used)]))
})

test('a file that is not there rejects, as with node:fs/promises', async () => {
  await expect(standIn('fs-promises').readFile('/nowhere/at/all', 'utf8')).rejects.toMatchObject({
    code: 'ENOENT',
  })
  await expect(standIn('fs-promises').stat('/nowhere/at/all')).rejects.toMatchObject({code: 'ENOENT'})
})

test('the stand-in for node:os answers as node:os does', () => {
  const os = require('node:os')
  const {arch, platform, homedir, tmpdir} = standIn('lazy-os')
  expect([arch(), platform(), homedir(), tmpdir()]).toEqual([
    os.arch(),
    os.platform(),
    os.homedir(),
    os.tmpdir(),
  ])
})

test('oclif no longer opens stdout when it is loaded', () => {
  const {handler} = leanModules().transform
  const listeners = sources.filter((source) => source.includes('process.stdout.on('))
  const lean = listeners.map((source) => handler(source, join(library, 'command.js')).code)
  expect(lean).toHaveLength(1)
  expect(lean[0]).not.toContain('process.stdout')
})

test('the stand-in for node:tty asks it of what may be a terminal, and it is found in supports-color', () => {
  const file = require.resolve('supports-color', {paths: [library]})
  const {code} = leanModules().transform.handler(readFileSync(file, 'utf8'), file)
  const used = code.match(/(?<=\btty\.)\w+/g) ?? []
  expect([code.includes("require('lazy-tty')"), [...new Set(used)]]).toEqual([true, ['isatty']])
  const {isatty} = standIn('lazy-tty')
  for (const path of ['/dev/null', import.meta.filename]) {
    const descriptor = openSync(path, 'r')
    expect(isatty(descriptor)).toBe(false)
    closeSync(descriptor)
  }
})

test('what oclif prints does not go through the console', () => {
  const {handler} = leanModules().transform
  const file = join(library, 'ux', 'write.js')
  const {code} = handler(readFileSync(file, 'utf8'), file)
  expect(code).not.toContain('console.')
  const stdout: string[] = []
  const module = {exports: {} as Record<string, (...words: unknown[]) => void>}
  const write = (text: string) => stdout.push(text)
  new Function('require', 'exports', 'process', code)(require, module.exports, {stdout: {write}})
  for (const words of [['a %s', 'b'], [undefined], [['c', 'd']]]) module.exports.stdout?.(...words)
  expect(stdout).toEqual(['a b\n', '\n', 'c d\n'])
})

const options = {
  env: {...process.env, GT_TEST: 'a=b', MISSING: undefined},
  stdio: ['ignore', 'pipe', 'pipe'] as const,
  timeout: 60_000,
  detached: true,
  encoding: 'utf8',
}

const endings: [string, string[]][] = [
  ['sh', ['-c', 'echo "$GT_TEST $MISSING ä"; echo words >&2; exit 3']],
  ['sh', ['-c', 'cat; [ $(ps -o pgid= -p $$) = $$ ] && echo alone']],
  ['sh', ['-c', 'kill -9 $$']],
  ['no-such-program', []],
  [process.execPath, ['-e', 'process.stdout.write("x".repeat(3e6))']],
]

test.each(endings)('the stand-in for spawnSync answers as Node: %s %j', (file, args) => {
  const expected = spawnSync(file, args, {
    ...options,
    stdio: [...options.stdio],
    encoding: 'utf8',
    maxBuffer: 4e6,
  })
  const {status, stdout, stderr} = standIn('spawn-sync').spawnSync(file, args, options)
  expect({status, stdout, stderr}).toEqual({
    status: expected.status,
    stdout: expected.stdout ?? '',
    stderr: expected.stderr ?? '',
  })
})

test('a program that takes too long is ended, and gave no answer', () => {
  expect(standIn('spawn-sync').spawnSync('sleep', ['600'], {...options, timeout: 20})).toMatchObject({
    status: null,
  })
})

test('a Node that throws at what is deprecated has nothing to throw at', () => {
  const file = require.resolve('../../../build/stand-ins/spawn-sync.cjs')
  const body = `const {spawnSync} = require(${JSON.stringify(file)})
    console.log(spawnSync('true', [], {env: {PATH: process.env.PATH}, stdio: ['ignore', 'pipe', 'pipe']}).status)`
  const flags = ['--pending-deprecation', '--throw-deprecation']
  const {stdout, stderr, status} = spawnSync(process.execPath, [...flags, '-e', body], {encoding: 'utf8'})
  expect({stdout, stderr, status}).toEqual({stdout: '0\n', stderr: '', status: 0})
})

test('where Node no longer lends its binding, its module is asked', () => {
  const lender = process as unknown as {binding: unknown}
  const {binding} = lender
  onTestFinished(() => {
    lender.binding = binding
  })
  lender.binding = undefined
  expect(standIn('spawn-sync').spawnSync('sh', ['-c', 'echo ok; exit 3'], options)).toMatchObject({
    status: 3,
    stdout: 'ok\n',
  })
})
