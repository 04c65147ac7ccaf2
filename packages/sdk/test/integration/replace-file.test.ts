import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {failureOf, write} from '../../../plugin-rigs/test/support/town.js'
import {replaceFile} from '../../src/files/replace-file.js'

describe('replaceFile', () => {
  it('ExistingFile: keeps mode and leaves no temporary file', async () => {
    const {dir} = sandbox()
    const file = write(join(dir, 'x/file'), 'old')
    chmodSync(file, 0o640)
    await replaceFile(file, 'new')
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(statSync(file).mode & 0o777).toBe(0o640)
    expect(readdirSync(join(dir, 'x'))).toEqual(['file'])
  })

  it('NewFile: has the mode that was asked for', async () => {
    const file = join(sandbox().dir, 'file')
    await replaceFile(file, 'new', 0o600)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.runIf(process.geteuid?.() === 0)("Root: the file of a user stays the user's", async () => {
    const file = write(join(sandbox().dir, 'file'), 'old')
    chownSync(file, 65534, 65534)
    await replaceFile(file, 'new')
    expect(statSync(file)).toMatchObject({uid: 65534, gid: 65534})
  })

  it('Link: stays one, and its target is replaced', async () => {
    const {dir} = sandbox()
    const target = write(join(dir, 'real/file'), 'old')
    const link = join(dir, 'link')
    symlinkSync(target, link)
    await replaceFile(link, 'new')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(target, 'utf8')).toBe('new')
  })

  it('Unwritable: rejects naming the file, and leaves nothing', async () => {
    const {dir} = sandbox()
    const file = join(dir, 'x/file')
    mkdirSync(file, {recursive: true})
    expect(await failureOf(replaceFile(file, 'new'))).toMatchObject({
      code: 'UNWRITABLE',
      message: expect.stringContaining(file),
    })
    expect(readdirSync(join(dir, 'x'))).toEqual(['file'])
  })
})
