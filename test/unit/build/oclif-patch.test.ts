// The build rewrites the source of oclif. Each test here is an assumption about it: a new oclif that breaks one fails
// the test that names it.
import {globSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {patched, withLazyRequires} from '../../../build/oclif-patch.js'

const require = createRequire(import.meta.url)
const library = dirname(require.resolve('@oclif/core'))
const modules = globSync('**/*.js', {cwd: library})
const read = (module: string) => readFileSync(join(library, module), 'utf8')
const standIn = (name: string) => require(`../../../build/stand-ins/${name}.cjs`)

/** What oclif's sources say in these words, each once. */
function said(words: RegExp): string[] {
  return [...new Set(modules.flatMap((module) => read(module).match(words) ?? []))].sort()
}

/** The modules of oclif that load the package. */
function loading(name: string): string[] {
  const words = new RegExp(`(?:require|import)\\(["'](?:node:)?${name}["']\\)`)
  return modules.filter((module) => words.test(read(module)))
}

test.each(modules)('assumes that oclif/%s imports as TypeScript writes it', (module) => {
  const lazy = withLazyRequires(read(module))
  const eager = lazy.split('\n').filter((line) => /^[\w$ .,{}]+=.*\brequire\("/.test(line))
  // What is not TypeScript's own form stays as it is; there is little of it.
  expect(eager.filter((line) => !/^const \w+ = require\('/.test(line))).toEqual([])
})

test('a module does the same after the rewriting', () => {
  const code = 'Object.defineProperty(exports, "__esModule", { value: true });\n'
  const source = `${code}const path_1 = require("node:path");\nexports.name = new path_1.Name(...path_1.join("a", "path_1.b"));`
  expect(withLazyRequires(source)).toBe(
    `${code}function path_1() { return path_1.module ??= require("node:path") }\n` +
      'exports.name = new (path_1()).Name(...(path_1()).join("a", "path_1.b"));',
  )
})

test('assumes that oclif asks for node:fs/promises in these words', () => {
  const asking = loading('fs/promises')
  expect(asking).not.toEqual([])
  expect(asking.filter((module) => !read(module).includes('require("node:fs/promises")'))).toEqual([])
})

test('assumes that oclif uses of node:fs/promises only what the stand-in has', () => {
  const used = said(/(?<=\bpromises_1\.)\w+/g)
  expect(used).not.toEqual([])
  expect(Object.keys(standIn('fs-promises'))).toEqual(expect.arrayContaining(used))
})

test('the stand-in for node:fs/promises rejects where a file is not there', async () => {
  for (const method of ['readFile', 'stat']) {
    await expect(standIn('fs-promises')[method]('/nowhere/at/all')).rejects.toMatchObject({code: 'ENOENT'})
  }
})

test('assumes that oclif asks debug for a function of a namespace', () => {
  expect(loading('debug')).toEqual(['logger.js'])
  expect(said(/\bdebug_1\.default\)?\W.*/g)).toEqual(['debug_1.default)(namespace);'])
  const log = standIn('debug')('oclif')
  expect([log('a'), log.extend('b')('c'), log.enabled, log.namespace]).toEqual([
    undefined,
    undefined,
    false,
    'oclif',
  ])
})

test('assumes that oclif asks minimatch whether a name matches a pattern', () => {
  expect(loading('minimatch')).toEqual(['config/plugin-loader.js'])
  expect(said(/\bminimatch_1\.\w+\)?\(.*?\)/g)).toEqual(['minimatch_1.minimatch)(p, w)'])
  const {minimatch} = standIn('minimatch')
  const pairs = ['@oclif/plugin-help', '@oclif/plugin-*', '@gtown/*'].map((pattern) => [
    '@oclif/plugin-help',
    pattern,
  ])
  expect(pairs.map(([name, pattern]) => minimatch(name, pattern))).toEqual([true, true, false])
})

test('assumes that oclif asks wsl-utils for two facts', () => {
  expect(loading('wsl-utils')).toEqual(['util/os.js'])
  const used = said(/(?<=import\('wsl-utils'\)\)\.)\w+/g)
  expect(used).toEqual(['isWsl', 'powerShellPath'])
  expect(Object.keys(standIn('wsl-utils')).sort()).toEqual(used)
})

test('assumes that oclif listens to stdout in one place, which is taken out', () => {
  const listening = modules.filter((module) => read(module).includes('process.stdout.on('))
  expect(listening).toEqual(['command.js'])
  expect(patched(read('command.js'))).not.toContain('process.stdout')
})

test('assumes that oclif prints by the console in words that are replaced', () => {
  const code = patched(read('ux/write.js'))
  expect(code).not.toContain('console.')
  const stdout: string[] = []
  const module = {exports: {} as Record<string, (...words: unknown[]) => void>}
  const write = (text: string) => stdout.push(text)
  new Function('require', 'exports', 'process', code)(require, module.exports, {stdout: {write}})
  for (const words of [['a %s', 'b'], [undefined], [['c', 'd']]]) module.exports.stdout?.(...words)
  expect(stdout).toEqual(['a b\n', '\n', 'c d\n'])
})
