import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import {join, resolve} from 'node:path'
import {describe, expect, it} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {failureOf, write} from '../../../plugin-rigs/test/support/town.js'
import {createPrivateFile, replaceFile, replacePrivateFile} from '../../src/files/replace-file.js'

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

  it('Reader: who has the old file open sees the old text, whole', async () => {
    const file = write(join(sandbox().dir, 'file'), 'old')
    const open = openSync(file, 'r')
    await replaceFile(file, 'new')
    expect(readFileSync(open, 'utf8')).toBe('old')
    closeSync(open)
  })

  it.runIf(process.geteuid?.() === 0)(
    "OtherUser: may replace a file of root's in a folder of its own",
    () => {
      const {dir, env} = sandbox()
      const file = write(join(dir, 'theirs/file'), 'old')
      chmodSync(dir, 0o755)
      chownSync(join(dir, 'theirs'), 65534, 65534)
      const module = resolve(import.meta.dirname, '../../dist/files/replace-file.js')
      const script = `await (await import(process.argv[1])).replaceFile(process.argv[2], 'new')`
      const args = ['--input-type=module', '-e', script, module, file]
      execFileSync(process.execPath, args, {uid: 65534, gid: 65534, env})
      expect(readFileSync(file, 'utf8')).toBe('new')
    },
  )
})

describe('replacePrivateFile', () => {
  it.each([undefined, 0o644, 0o400])('Its mode is 0600, where it was %s', async (mode) => {
    const file = join(sandbox().dir, 'file')
    if (mode !== undefined) chmodSync(write(file, 'old'), mode)
    await replacePrivateFile(file, 'new')
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['new', 0o600])
  })

  it('Link: is replaced, and what it leads to stays as it is', async () => {
    const {dir} = sandbox()
    const target = write(join(dir, 'real/file'), 'old')
    const link = join(dir, 'x/link')
    mkdirSync(join(dir, 'x'))
    symlinkSync(target, link)
    await replacePrivateFile(link, 'new')
    expect([lstatSync(link).isSymbolicLink(), readFileSync(target, 'utf8')]).toEqual([false, 'old'])
    expect(readdirSync(join(dir, 'x'))).toEqual(['link'])
  })

  it('Unwritable: rejects naming the file, and leaves nothing', async () => {
    const file = join(sandbox().dir, 'x/file')
    mkdirSync(file, {recursive: true})
    expect(await failureOf(replacePrivateFile(file, 'new'))).toMatchObject({code: 'UNWRITABLE'})
    expect(readdirSync(join(file, '..'))).toEqual(['file'])
  })
})

describe('createPrivateFile', () => {
  it('NewFile: is whole, 0600, and alone in its folder', async () => {
    const {dir} = sandbox()
    const file = join(dir, 'x/file')
    mkdirSync(join(dir, 'x'))
    await createPrivateFile(file, 'new')
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['new', 0o600])
    expect(readdirSync(join(dir, 'x'))).toEqual(['file'])
  })

  it('What is there stays: a file, and a link that leads nowhere', async () => {
    const {dir} = sandbox()
    const file = write(join(dir, 'x/file'), 'old')
    symlinkSync(join(dir, 'nowhere'), join(dir, 'x/link'))
    for (const name of ['file', 'link']) await createPrivateFile(join(dir, 'x', name), 'new')
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect([readdirSync(join(dir, 'x')), lstatSync(join(dir, 'x/link')).isSymbolicLink()]).toEqual([
      ['file', 'link'],
      true,
    ])
    expect(readdirSync(dir)).not.toContain('nowhere')
  })

  it('NoFolder: rejects', async () => {
    const file = join(sandbox().dir, 'gone/file')
    expect(await failureOf(createPrivateFile(file, 'new'))).toMatchObject({code: 'UNWRITABLE'})
  })
})
