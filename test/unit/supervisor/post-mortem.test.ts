import {mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {GtError, type Session, type SessionBackend} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import {type DeadSession, keepPostMortem} from '../../../src/supervisor/post-mortem.js'
import {alphaRef, aSession} from '../../support/refs.js'
import {sandbox} from '../../support/sandbox.js'

/** A rig on disk, whose sessions die on a backend that shows one screen. */
function rig(
  capture: SessionBackend['capture'] | null = async () => ['good bye'],
  environment: SessionBackend['environment'] | null = async () => ({}),
) {
  const ref = alphaRef()
  ref.rig.path = sandbox().dir
  const backend = {
    name: 'paper',
    ...(environment && {environment}),
    ...(capture && {capture}),
  } as unknown as SessionBackend
  const warnings: string[] = []
  const services = {warn: (message: string) => void warnings.push(message)}
  const folder = join(ref.rig.path, '.runtime/post-mortem')
  return {
    path: ref.rig.path,
    folder,
    warnings,
    files: () => readdirSync(folder).sort(),
    keep: (session: Partial<Session> = {}, findings?: DeadSession['findings']) =>
      keepPostMortem(services, agentOf(witness, ref), {
        backend,
        session: aSession({liveness: 'dead', createdAt: Date.UTC(2026, 0, 20, 12), ...session}),
        ...(findings && {findings}),
      }),
  }
}

const read = (file: string | undefined) => JSON.parse(readFileSync(file ?? '', 'utf8'))

test('keeps what is known, under a name of role, birth and incarnation', async () => {
  const {folder, keep, warnings} = rig()
  const file = await keep({exit: {code: 3}, labels: {agent: 'claude'}})
  expect(file).toBe(join(folder, 'witness-20260120T120000Z-one.json'))
  expect(read(file)).toEqual({
    version: 1,
    rig: 'alpha',
    role: 'witness',
    session: 'gt-alpha-witness',
    incarnation: 'one',
    agent: 'claude',
    backend: 'paper',
    pid: 4711,
    started_at: '2026-01-20T12:00:00.000Z',
    noticed_at: expect.stringMatching(/^\d{4}-.*Z$/),
    exit: {code: 3},
    reason: 'its agent exited with code 3',
    screen: ['good bye'],
  })
  expect(warnings).toEqual([])
  expect([statSync(file ?? '').mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700])
})

test('a name of any length that a plugin chose is cut', async () => {
  const {keep, warnings} = rig()
  expect(basename((await keep({incarnation: 'x'.repeat(300)})) ?? '')).toHaveLength(8 + 16 + 1 + 64 + 5)
  expect(warnings).toEqual([])
})

test('a second look at the same death neither reads the screen nor writes', async () => {
  let looks = 0
  const {keep} = rig(async () => [`look ${++looks}`])
  const first = await keep()
  expect(await keep()).toBe(first)
  expect(read(first).screen).toEqual(['look 1'])
  expect(looks).toBe(1)
})

test('findings replace what was kept before them: they alone are without secrets', async () => {
  const {files, keep} = rig()
  await keep({exit: {code: 1}})
  const file = await keep({}, {reason: 'it was never ready', screen: ['key: ***']})
  expect(read(file)).toMatchObject({reason: 'it was never ready', screen: ['key: ***']})
  expect(files()).toHaveLength(1)
})

test('a session whose stop has begun died of that: nothing is kept', async () => {
  const {path, keep} = rig()
  expect(await keep({stopping: true})).toBeUndefined()
  expect(readdirSync(path)).not.toContain('.runtime')
})

test.each([
  ['the backend has no screens', null],
  ['the screen is gone', () => Promise.reject(new GtError('gone', {code: 'SESSION_LOST'}))],
])('%s: the rest is kept', async (_, capture) => {
  const {keep, warnings} = rig(capture)
  expect(read(await keep()).screen).toEqual([])
  expect(warnings).toEqual([])
})

test('the screen is kept without what the session was given as environment, but with what its role sets', async () => {
  const screen = async () => ['key=sk-canary in /town', 'session gt-alpha-witness of alpha/witness']
  const env = {KEY: 'sk-canary', GT_ROOT: '/town', GT_SESSION: 'gt-alpha-witness', BD_ACTOR: 'alpha/witness'}
  const {keep} = rig(screen, async () => env)
  expect(read(await keep()).screen).toEqual(['key=*** in /town', 'session gt-alpha-witness of alpha/witness'])
})

test('a backend that does not tell the environment: no screen is kept', async () => {
  const {keep} = rig(undefined, null)
  expect(read(await keep()).screen).toEqual([])
})

test('the backend gives no answer: one line of warning', async () => {
  const {files, keep, warnings} = rig(() => Promise.reject(new Error('no answer\nat all')))
  expect(await keep()).toBeUndefined()
  expect(warnings).toEqual(["the post-mortem of session 'gt-alpha-witness' could not be kept: no answer"])
  expect(files()).toEqual([])
})

test('an incarnation that would lead elsewhere is only a name', async () => {
  const {folder, keep} = rig()
  const file = await keep({incarnation: 'created:1/../../../../x'})
  expect(dirname(file ?? '')).toBe(folder)
  expect(basename(file ?? '')).toBe('witness-20260120T120000Z-created-1-------------x.json')
})

test.each(['.runtime', '.runtime/post-mortem'])('%s is a link: refused, not followed', async (link) => {
  const {path, keep, warnings} = rig()
  const elsewhere = join(path, 'elsewhere')
  mkdirSync(elsewhere)
  mkdirSync(dirname(join(path, link)), {recursive: true})
  symlinkSync(elsewhere, join(path, link))
  expect(await keep()).toBeUndefined()
  expect(readdirSync(elsewhere)).toEqual([])
  expect(warnings).toEqual([expect.stringContaining(join(path, link))])
})

test('a file in the way: warned of, and nothing temporary is left', async () => {
  const {path, keep, warnings} = rig()
  writeFileSync(join(path, '.runtime'), '')
  expect(await keep()).toBeUndefined()
  expect(warnings).toHaveLength(1)
})

test('the newest ten are kept, of this role only', async () => {
  const {folder, files, keep} = rig()
  mkdirSync(folder, {recursive: true})
  const others = ['witness-2-20200101T000000Z-a.json', 'witness.json']
  for (const name of others) writeFileSync(join(folder, name), '')
  // None of ours, however much it is called like one.
  const odd = 'witness-20200101T000000Z-folder.json'
  mkdirSync(join(folder, odd))
  for (let day = 1; day <= 12; day++) {
    await keep({incarnation: `life-${day}`, createdAt: Date.UTC(2026, 0, day)})
  }
  const kept = files().filter((name) => ![...others, odd].includes(name))
  expect(kept).toHaveLength(10)
  expect(kept[0]).toBe('witness-20260103T000000Z-life-3.json')
  expect(files()).toEqual(expect.arrayContaining([...others, odd]))
})
