import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {killer} from '@gtown/process'
import type {KillTarget, Survivor} from '@gtown/sdk'
import {expect, onTestFinished, test} from 'vitest'
import {endStrays} from '../../../src/host/end-strays.js'

/** Strays of these sessions, of which some cannot be ended. */
function strays(markers: readonly string[], survivors: Record<string, Survivor[]> = {}) {
  const calls: unknown[] = []
  const system = {
    strayMarkers: async (prefix: string) => markers.filter((marker) => marker.startsWith(prefix)),
    killer: {
      async end(target: KillTarget, options: {graceMs: number}) {
        calls.push({...target, ...options})
        return survivors[target.marker ?? ''] ?? []
      },
    },
  }
  return {calls, system}
}

test('the strays of each session are ended by its own marker, with the time of grace', async () => {
  const {calls, system} = strays(['/town/a/1', '/town/b/2', '/other/c/3'])
  expect(await endStrays('/town/', {graceMs: 500}, system)).toBe(2)
  expect(calls).toEqual([
    {roots: [], marker: '/town/a/1', graceMs: 500},
    {roots: [], marker: '/town/b/2', graceMs: 500},
  ])
})

test.each(['/town/a/1', '/town/b/2'])('what lives on of %s is a failure that names it', async (marker) => {
  const survivors = [
    {pid: 42, command: 'vim'},
    {pid: 43, command: 'make'},
  ]
  const {system} = strays(['/town/a/1', '/town/b/2'], {[marker]: survivors})
  await expect(endStrays('/town/', {graceMs: 0}, system)).rejects.toMatchObject({
    code: 'SURVIVORS',
    message: expect.stringContaining('42 (vim), 43 (make)'),
    details: {survivors},
  })
})

test('a real stray ends, and its neighbour lives', async () => {
  const [marker, other] = ['1', '2'].map((number) => `/town-of-strays/${process.pid}/${number}`)
  const [stray, neighbour] = [marker, other].map((GT_SESSION_ID) =>
    spawn('sleep', ['600'], {stdio: 'ignore', env: {...process.env, GT_SESSION_ID}}),
  )
  onTestFinished(() => void neighbour?.kill('SIGKILL'))
  const end = stray && once(stray, 'exit')
  const strayMarkers = async () => [marker ?? '']
  expect(await endStrays('/town-of-strays/', {graceMs: 5000}, {killer, strayMarkers})).toBe(1)
  expect(await end).toEqual([null, 'SIGTERM'])
  expect(neighbour?.exitCode).toBeNull()
  expect(neighbour?.signalCode).toBeNull()
})
