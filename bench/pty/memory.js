// Measures the memory of the processes that hold terminals, for several sessions at once.
import {setTimeout as sleep} from 'node:timers/promises'
import {median} from '../support/town.js'
import {memoryOf, spec, stopAll, sum, terminalPidOf} from './world.js'

/** How long it takes until the garbage of a start is collected. */
const SETTLED_MS = 1500

export async function measureMemory(world, {sessions}) {
  const rows = []
  const wrongs = []
  for (const count of sessions) {
    const {pty, tmux} = world.backends
    const names = Array.from({length: count}, (_, number) => `memory-${number}`)
    for (const backend of [pty, tmux]) {
      for (const name of names) await backend.start(spec(name))
    }
    await sleep(SETTLED_MS)
    const shims = names.map((name) => memoryOf(terminalPidOf(world, pty, name)))
    const server = memoryOf(terminalPidOf(world, tmux, names[0])).proportional
    const all = sum(shims.map(({proportional}) => proportional))
    rows.push([count, median(shims.map(({own}) => own)), all / count, all, server / count, server])
    for (const backend of [pty, tmux]) {
      const alive = (await backend.list()).filter(({liveness}) => liveness === 'alive')
      if (alive.length !== count)
        wrongs.push(`${backend.name}: ${alive.length} of ${count} sessions are alive`)
      await stopAll(backend)
    }
  }
  const heads = [
    'sessions',
    'shim’s own, MiB',
    'shim with its part, MiB',
    'all shims, MiB',
    'tmux a session, MiB',
    'tmux server, MiB',
  ]
  return {heads, rows, wrongs}
}
