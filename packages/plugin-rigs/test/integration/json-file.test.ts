import {execFileSync} from 'node:child_process'
import {mkdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {nullish, number, objectOf, text} from '@gtown/sdk/schema'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {readJsonFile, readRawJsonFile} from '../../src/files/json-file.js'
import {failureOf, write} from '../support/town.js'

const format = {version: 1, schema: objectOf({version: nullish(number), name: text})}

const read = {readJsonFile, readRawJsonFile}

test('Keys outside the schema are left out, or kept by readRawJsonFile', async () => {
  const file = write(join(sandbox().dir, 'file'), {version: 1, name: 'x', more: 1})
  expect(await readJsonFile(file, format)).toEqual({version: 1, name: 'x'})
  expect(await readRawJsonFile(file, format)).toEqual({version: 1, name: 'x', more: 1})
})

test.each(['readJsonFile', 'readRawJsonFile'] as const)(
  '%s: what cannot be used is a fault, and never none',
  async (name) => {
    const {dir} = sandbox()
    const at = (path: string) => failureOf(read[name](join(dir, path), format))
    expect(await read[name](join(dir, 'nothing'), format)).toBeUndefined()
    symlinkSync('circle', join(dir, 'circle'))
    write(join(dir, 'file'), 'x')
    for (const path of ['circle', 'file/below', 'x'.repeat(300)]) {
      expect(await at(path)).toMatchObject({code: 'UNREADABLE'})
    }
    execFileSync('mkfifo', [join(dir, 'pipe')])
    mkdirSync(join(dir, 'folder'))
    symlinkSync('/dev/null', join(dir, 'device'))
    for (const path of ['pipe', 'folder', 'device']) {
      expect(await at(path)).toMatchObject({
        code: 'INVALID_FILE',
        message: `${join(dir, path)}: not a regular file`,
      })
    }
    write(join(dir, 'newer'), {version: 2, name: 'x'})
    expect((await at('newer')).message).toMatch(/version 2 is newer than this gt understands \(1\)$/)
    write(join(dir, 'odd'), {version: 1, name: ['canary']})
    expect((await at('odd')).message).toMatch(/: name: expected string, received array$/)
  },
)
