import type {SessionBackend} from '@gtown/sdk'
import {afterEach, expect, test, vi} from 'vitest'
import {outsideEnvironment, runAgainOutside} from '../../../src/host/run-again-outside.js'

afterEach(() => vi.unstubAllEnvs())

/** A backend that keeps what it is to run outside of its sessions. */
function backend() {
  const ran: {command: readonly string[]; env: Readonly<Record<string, string>>}[] = []
  const runOutside: SessionBackend['runOutside'] = async (command, {env}) => void ran.push({command, env})
  return {ran, backend: {name: 'fake', runOutside} as unknown as SessionBackend}
}

const argv = (...words: string[]) => [process.execPath, '/gt', ...words]

function insideSession(): void {
  for (const name of ['GT_SESSION_ID', 'TMUX', 'TMUX_PANE', 'OTHER']) vi.stubEnv(name, 'set')
}

test('the same command line runs again, without what belongs to the session', async () => {
  insideSession()
  const {ran, backend: outside} = backend()
  const run = runAgainOutside(outside, {waitMs: 1}, argv('witness', 'stop', 'a b'))
  await expect(run).rejects.toMatchObject({code: 'NOT_ENDED'})
  expect(ran).toEqual([
    {command: [process.execPath, '/gt', 'witness', 'stop', 'a b'], env: outsideEnvironment()},
  ])
  expect(outsideEnvironment()).toMatchObject({OTHER: 'set'})
  expect(Object.keys(outsideEnvironment())).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(GT_SESSION_ID|TMUX|TMUX_PANE)$/)]),
  )
})

test.each([
  [['--env', 'KEY=s3cret']],
  [['--env=KEY=s3cret']],
  [['alpha', '--agent', 'x', '--env=KEY=s3cret']],
])('%j is refused before anything runs, and without the value', async (words) => {
  const {ran, backend: outside} = backend()
  const run = runAgainOutside(outside, {waitMs: 1}, argv('witness', 'restart', ...words))
  await expect(run).rejects.toMatchObject({
    code: 'INSIDE_SESSION',
    message: expect.not.stringContaining('s3cret'),
  })
  expect(ran).toEqual([])
})

test('a backend that cannot run anything outside of its sessions: refused', async () => {
  const run = runAgainOutside({name: 'fake'} as SessionBackend, {waitMs: 1}, argv('witness', 'stop'))
  await expect(run).rejects.toMatchObject({code: 'INSIDE_SESSION', message: expect.stringContaining('fake')})
})

test('who is interrupted while they wait is told that', async () => {
  const controller = new AbortController()
  const runOutside = async () => controller.abort(new Error('interrupted'))
  const outside = {name: 'fake', runOutside} as unknown as SessionBackend
  const run = runAgainOutside(outside, {waitMs: 60_000, signal: controller.signal}, argv('witness', 'stop'))
  await expect(run).rejects.toThrow('interrupted')
})
