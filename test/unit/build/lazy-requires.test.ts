// The build rewrites oclif's modules by their text. These tests fail where a new oclif is written in another way.
import {globSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {withLazyImports} from '../../../build/lazy-imports.js'
import {withLazyRequires} from '../../../build/lazy-requires.js'

const library = dirname(createRequire(import.meta.url).resolve('@oclif/core'))
const modules = globSync('**/*.js', {cwd: library})

test.each(modules)('oclif/%s loads what it imports when it first uses it', (module) => {
  const lazy = withLazyRequires(readFileSync(join(library, module), 'utf8'))
  const eager = lazy.split('\n').filter((line) => /^[\w$ .,{}]+=.*\brequire\("/.test(line))
  // What is not TypeScript's own form stays as it is; there is little of it.
  expect(eager.filter((line) => !/^const \w+ = require\('/.test(line))).toEqual([])
})

test('a module of oclif does the same after the rewriting', () => {
  const code = 'Object.defineProperty(exports, "__esModule", { value: true });\n'
  const source = `${code}const path_1 = require("node:path");\nexports.name = new path_1.Name(...path_1.join("a", "path_1.b"));`
  expect(withLazyRequires(source)).toBe(
    `${code}function path_1() { return path_1.module ??= require("node:path") }\n` +
      'exports.name = new (path_1()).Name(...(path_1()).join("a", "path_1.b"));',
  )
})

test('a file of the bundle does the same after the rewriting', () => {
  const source =
    'let node_fs = require("node:fs");\nnode_fs = runtime.t(node_fs, 1);\nnode_fs.default.stat(x.node_fs.y, ...node_fs.z)\n'
  expect(withLazyImports(source)).toBe(
    'let node_fs$module;\nfunction node_fs() { return node_fs$module ??= runtime.t(require("node:fs"), 1) }\n' +
      '(node_fs()).default.stat(x.node_fs.y, ...(node_fs()).z)\n',
  )
})
