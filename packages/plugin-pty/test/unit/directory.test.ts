import {expect, test} from 'vitest'
import {foldersOf} from '../../src/directory.js'

test('foldersOf_NothingSet: is one place, whatever else the environment says', () => {
  const outer = `/tmp/gt-${process.getuid?.()}`
  const env = {XDG_RUNTIME_DIR: '/run/user/1', TMPDIR: '/elsewhere', HOME: '/srv/x', GT_PTY_DIR: ''}
  expect(foldersOf(env)).toEqual([outer, `${outer}/pty`])
})

test.each(['relative/folder', `/${'long'.repeat(30)}`])('foldersOf_%s: is refused', (folder) => {
  expect(() => foldersOf({GT_PTY_DIR: folder})).toThrow(/GT_PTY_DIR cannot be/)
})
