import {expect, test} from 'vitest'
import {withLazyImports} from '../../../build/lazy-imports.js'

test('a file of the bundle does the same after the rewriting', () => {
  const source =
    'let node_fs = require("node:fs");\nnode_fs = runtime.t(node_fs, 1);\nnode_fs.default.stat(x.node_fs.y, ...node_fs.z)\n'
  expect(withLazyImports(source)).toBe(
    'let node_fs$module;\nfunction node_fs() { return node_fs$module ??= runtime.t(require("node:fs"), 1) }\n' +
      '(node_fs()).default.stat(x.node_fs.y, ...(node_fs()).z)\n',
  )
})
