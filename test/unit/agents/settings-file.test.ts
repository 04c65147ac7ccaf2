import {mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {claude} from '../../../src/agents/known/claude.js'
import type {SettingsFile} from '../../../src/agents/known-agent.js'
import {ensureSettings} from '../../../src/agents/settings-file.js'
import {sandbox} from '../../support/sandbox.js'

function home() {
  const {dir} = sandbox()
  const folder = join(dir, '.claude')
  const file = join(folder, 'settings.json')
  return {dir, folder, file, ensure: () => ensureSettings(dir, claude.settings as SettingsFile)}
}

test('the settings are created atomically, for their owner only, without a leftover', async () => {
  const {folder, file, ensure} = home()
  await ensure()
  expect(JSON.parse(readFileSync(file, 'utf8')).hooks.SessionStart).toHaveLength(1)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

test.each<[string, (file: string) => void]>([
  ['a file of the user', (file) => writeFileSync(file, 'mine')],
  ['a link that leads nowhere', (file) => symlinkSync('/nowhere', file)],
])('%s stays as it is, and no draft beside it', async (_, make) => {
  const {folder, file, ensure} = home()
  mkdirSync(folder)
  make(file)
  const look = () => statSync(file, {throwIfNoEntry: false})?.ino
  const before = look()
  await ensure()
  expect(look()).toBe(before)
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

test.each<[string, (folder: string) => void]>([
  ['a file is in the place of its folder', (folder) => writeFileSync(folder, '')],
  ['nothing can be made in its folder', (folder) => symlinkSync('/proc', folder)],
])('where %s: the file is named', async (_, make) => {
  const {folder, file, ensure} = home()
  make(folder)
  await expect(ensure()).rejects.toMatchObject({
    code: 'SETTINGS_NOT_WRITTEN',
    message: expect.stringContaining(file),
  })
})
