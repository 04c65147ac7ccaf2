import {expect, test} from 'vitest'
import type {Tmux} from '../../src/tmux.js'
import {checkInstalled, checkVersion} from '../../src/version.js'

test.each(['1.8', '2.9a', '3.0', '3.1c', 'next-3.1'])('checkVersion_%s: is too old', (version) => {
  expect(() => checkVersion(version)).toThrow(`tmux ${version} is too old: gt needs 3.2 or newer`)
})

test.each(['3.2', '3.2a', '3.3a', '3.10', '4.0', 'next-3.5', 'master', 'openbsd-7.4', ''])(
  'checkVersion_%s: can be used',
  (version) => {
    expect(() => checkVersion(version)).not.toThrow()
  },
)

test('checkInstalled_AfterAFailure: asks until tmux is new enough, then never again', async () => {
  const answers = ['tmux 3.1c', 'tmux 3.3a', 'tmux 3.1c']
  const tmux = {
    version: async () => ({code: 0, stdout: `${answers.shift()}\n`, stderr: ''}),
  } as Partial<Tmux> as Tmux
  await expect(checkInstalled(tmux)).rejects.toMatchObject({code: 'TMUX_TOO_OLD'})
  await checkInstalled(tmux)
  await checkInstalled(tmux)
  expect(answers).toHaveLength(1)
})

test('checkInstalled_TmuxWithoutAVersion: is unknown, not new enough', async () => {
  const version = async () => ({code: 1, stdout: '', stderr: 'no way'})
  const tmux = {version} as Partial<Tmux> as Tmux
  const unknown = {code: 'BACKEND_UNAVAILABLE'}
  await expect(checkInstalled(tmux)).rejects.toMatchObject(unknown)
  await expect(checkInstalled(tmux)).rejects.toMatchObject(unknown)
})
