import {chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {checkFolders, foldersOf, makeFolders} from '../../src/directory.js'

test('foldersOf_NothingSet: is a fixed place, whatever other variables say', () => {
  const outer = `/tmp/gt-${process.getuid?.()}`
  const env = {XDG_RUNTIME_DIR: '/run/user/1', TMPDIR: '/elsewhere', HOME: '/srv/x', GT_PTY_DIR: ''}
  expect(foldersOf(env)).toEqual([outer, `${outer}/pty`])
})

test.each(['relative/folder', `/${'long'.repeat(30)}`])('foldersOf_%s: is refused', (folder) => {
  expect(() => foldersOf({GT_PTY_DIR: folder})).toThrow(/GT_PTY_DIR cannot be/)
})

test('makeFolders_Missing: creates them for their owner alone', async () => {
  const {dir} = sandbox()
  const folders = [join(dir, 'outer'), join(dir, 'outer', 'inner')]
  expect(await checkFolders(folders)).toBe(false)
  await makeFolders(folders)
  await makeFolders(folders)
  expect(folders.map((folder) => statSync(folder).mode & 0o777)).toEqual([0o700, 0o700])
  expect(await checkFolders(folders)).toBe(true)
})

const unsafe: [what: string, make: (path: string) => void][] = [
  ['a link to a folder of ours', (path) => symlinkSync(ownFolder(`${path}-target`), path)],
  ['a file', (path) => writeFileSync(path, '', {mode: 0o600})],
  ['a folder that the group may enter', (path) => chmodSync(ownFolder(path), 0o710)],
  ['a folder that all may enter', (path) => chmodSync(ownFolder(path), 0o701)],
]

function ownFolder(path: string): string {
  mkdirSync(path, {mode: 0o700})
  return path
}

test.each(unsafe)('makeFolders_%s: is refused, and so is looking in it', async (_, make) => {
  const path = join(sandbox().dir, 'unsafe')
  make(path)
  const refusal = {code: 'BACKEND_UNAVAILABLE', liveness: 'unknown'}
  await expect(makeFolders([path])).rejects.toMatchObject(refusal)
  await expect(checkFolders([path])).rejects.toMatchObject(refusal)
})

test('makeFolders_FileInTheWay: is an error, and does not prove that there is no session', async () => {
  const file = join(sandbox().dir, 'file')
  writeFileSync(file, '')
  await expect(makeFolders([join(file, 'folder')])).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  await expect(checkFolders([join(file, 'folder')])).rejects.toThrow('ENOTDIR')
})
