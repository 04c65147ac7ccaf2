import {expect, test} from 'vitest'
import {loadable, ptyRegistration} from '../../src/registration.js'

test('available_LibraryThatLoads: is available, and comes after tmux', async () => {
  expect(await ptyRegistration.available()).toEqual({available: true})
  expect(ptyRegistration.priority).toBe(50)
})

test('available_LibraryThatDoesNotLoad: says why, and what to do', async () => {
  const broken = () => Promise.reject(new Error('no binary for this machine\nand more'))
  expect(await loadable(broken)).toEqual({
    available: false,
    reason: '@lydell/node-pty cannot be loaded: no binary for this machine',
    hint: expect.stringContaining('install tmux'),
  })
})
