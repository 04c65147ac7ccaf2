import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {SessionBackend, TerminalView} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {observe} from '../../../src/typing/observe.js'
import {aSession} from '../../support/refs.js'
import {sandbox} from '../../support/sandbox.js'

const view: TerminalView = {
  at: 5,
  columns: 80,
  rows: ['>'],
  styledRows: ['>'],
  cursor: {column: 2, row: 0, visible: true},
  title: '',
  command: 'node',
  alternateScreen: false,
  inMode: false,
}

function paper(more: Partial<SessionBackend> = {}) {
  return {name: 'paper', local: false, ...more} as SessionBackend
}

const prompted = {...aSession().labels, kind: 'it', prompt: '> '}

test('a view that came with the session is used, without another call', async () => {
  const backend = paper({view: () => Promise.reject(new Error('a second look'))})
  const seen = await observe({env: {}}, backend, aSession({labels: prompted, view}))
  expect(seen).toMatchObject({reading: {state: 'idle'}, view})
})

test('without one the backend is called', async () => {
  const seen = await observe({env: {}}, paper({view: async () => view}), aSession({labels: prompted}))
  expect(seen.reading.state).toBe('idle')
})

test('a backend that shows no screens: unknown, with a reason', async () => {
  expect((await observe({env: {}}, paper(), aSession())).reading).toMatchObject({
    state: 'unknown',
    text: 'paper shows no screens',
  })
})

test('an agent that has ended is dead, whatever its screen shows', async () => {
  const seen = await observe({env: {}}, paper(), aSession({liveness: 'dead', labels: prompted, view}))
  expect(seen.reading.state).toBe('dead')
})

test('an agent that has ended is not observed any more', async () => {
  const backend = paper({view: () => Promise.reject(new Error('a look'))})
  expect((await observe({env: {}}, backend, aSession({liveness: 'dead'}))).reading.state).toBe('dead')
})

test('an agent’s own state is read only if it runs on this machine', async () => {
  const home = sandbox().dir
  mkdirSync(join(home, '.claude/sessions'), {recursive: true})
  const kept = {pid: 4711, status: 'busy', statusUpdatedAt: 9}
  writeFileSync(join(home, '.claude/sessions/4711.json'), JSON.stringify(kept))
  const session = aSession({labels: {...aSession().labels, kind: 'claude', agent_version: '2.1.330'}, view})
  const sources = async (local: boolean) =>
    (await observe({env: {HOME: home}}, paper({local}), session)).reading.evidence.map(({source}) => source)
  expect(await sources(true)).toContain('own')
  expect(await sources(false)).not.toContain('own')
})

test('unknown liveness: it is not read as alive', async () => {
  const seen = await observe({env: {}}, paper(), aSession({liveness: 'unknown', labels: prompted, view}))
  expect(seen.reading.state).toBe('dead')
})

test('a session without labels is identified by its foreground process', async () => {
  const claude = {...view, command: 'claude'}
  const seen = await observe({env: {}}, paper(), aSession({labels: {}, view: claude}))
  expect(seen.reading.evidence[0]?.source).toBe('screen')
})

test('an uncovered version: unknown, with a reason', async () => {
  const labels = {...aSession().labels, kind: 'claude', agent_version: '9.0.0'}
  const {reading} = await observe({env: {}}, paper(), aSession({labels, view}))
  expect(reading).toMatchObject({state: 'unknown', text: expect.stringContaining('detector out of date')})
})
