// What oclif takes of Node's modules comes from stand-ins. These tests fail where a new oclif takes more, or otherwise.
import {globSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'

const require = createRequire(import.meta.url)
const library = dirname(require.resolve('@oclif/core'))
const sources = globSync('**/*.js', {cwd: library}).map((file) => readFileSync(join(library, file), 'utf8'))
const standIn = (name: string) => require(`../../../src/fast/build/stand-ins/${name}.cjs`)

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

test('oclif watches stdout in the words that are taken out', () => {
  const watching = sources.filter((source) => source.includes("process.stdout.on('error'"))
  expect(watching).toHaveLength(1)
  expect(watching[0]).toMatch(/^process\.stdout\.on\('error', [\s\S]*?^\}\);$/m)
})
