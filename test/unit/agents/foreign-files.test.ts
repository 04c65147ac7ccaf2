import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import * as v from '@gtown/sdk/schema'
import {expect, test} from 'vitest'
import {readForeignDirectory, readForeignJson} from '../../../src/agents/foreign-files.js'
import {sandbox} from '../../support/sandbox.js'

function world() {
  const {dir} = sandbox()
  mkdirSync(join(dir, 'folder'))
  writeFileSync(join(dir, 'file'), '{"a":1}')
  writeFileSync(join(dir, 'half'), '{"a":')
  return (name: string) => join(dir, name)
}

test('a file and a folder are read', () => {
  const path = world()
  expect(readForeignJson(path('file'), v.unknown())).toEqual({a: 1})
  writeFileSync(path('folder/x'), '')
  expect(readForeignDirectory(path('folder'))).toEqual(['x'])
})

test.each(['nowhere', 'half', 'folder', 'file/below'])('%s in the place of a file is ignored', (name) => {
  expect(readForeignJson(world()(name), v.unknown())).toBeUndefined()
})

test.each(['nowhere', 'file', 'file/below'])('%s in the place of a folder is ignored', (name) => {
  expect(readForeignDirectory(world()(name))).toEqual([])
})

test('another error is thrown', () => {
  expect(() => readForeignJson(world()('x'.repeat(5000)), v.unknown())).toThrow('ENAMETOOLONG')
})
