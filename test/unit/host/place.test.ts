import {mkdirSync, realpathSync, rmdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {sandbox} from '../../support/sandbox.js'

const home = process.cwd()
beforeEach(() => vi.resetModules())
afterEach(() => {
  process.chdir(home)
  vi.unstubAllEnvs()
})

/** Where a process stands that was started with this PWD. */
async function place(pwd: string) {
  vi.stubEnv('PWD', pwd)
  const {currentPlace} = await import('../../../src/host/place.js')
  return {...currentPlace(), again: currentPlace}
}

/** A folder in which the test stands, and a link to it. */
function folders() {
  const dir = realpathSync(sandbox().dir)
  const [here, link] = [join(dir, 'here'), join(dir, 'link')]
  mkdirSync(here)
  mkdirSync(join(dir, 'elsewhere'))
  symlinkSync('here', link)
  process.chdir(here)
  return {dir, here, link}
}

test('a link on the way stays visible', async () => {
  const {link} = folders()
  expect((await place(link)).cwd).toBe(link)
})

test.each(['elsewhere', 'nowhere', ''])('a PWD of "%s" is not believed', async (name) => {
  const {dir, here} = folders()
  expect((await place(name && join(dir, name))).cwd).toBe(here)
})

test('a relative PWD says nothing, even where it is the same folder', async () => {
  const {here} = folders()
  expect((await place('.')).cwd).toBe(here)
})

test('the first look decides', async () => {
  const {dir, here} = folders()
  const {again} = await place(here)
  process.chdir(dir)
  expect(again().cwd).toBe(here)
})

test('in a folder that was deleted: none, why, and the process goes on in one that exists', async () => {
  const {here} = folders()
  rmdirSync(here)
  expect(await place(here)).toMatchObject({
    cwd: undefined,
    cwdError: expect.stringMatching(/^getting current directory: no such file or directory/),
  })
  expect(process.cwd()).toBe('/')
})
