// Compares the time of each operation with tmux, beside running sessions. The backends take turns, also in going first.
import {median} from '../support/town.js'
import {spec} from './world.js'

const ARRIVED_MS = 10_000
const OPERATIONS = ['start', 'inspect', 'type', 'text is shown', 'capture', 'view', 'stop']

export async function measureTimes({backends}, {rounds}) {
  const {pty, tmux} = backends
  const wrongs = []
  const times = Object.fromEntries([pty, tmux].map(({name}) => [name, []]))
  for (const backend of [pty, tmux]) await backend.start(spec('keeper'))
  for (let round = 0; round < rounds; round++) {
    for (const backend of round % 2 === 0 ? [pty, tmux] : [tmux, pty])
      times[backend.name].push(await oneSession(backend, `round-${round}`, wrongs))
  }
  const rows = OPERATIONS.map((operation) => {
    const [ours, theirs] = [pty, tmux].map(({name}) => times[name].map((taken) => taken[operation]))
    return [operation, median(ours), Math.max(...ours), median(theirs), median(ours) / median(theirs)]
  })
  return {heads: ['operation', 'pty, ms', 'pty, slowest', 'tmux, ms', 'ratio'], rows, wrongs}
}

async function oneSession(backend, name, wrongs) {
  const taken = {}
  const timed = async (operation, work) => {
    const begun = performance.now()
    const result = await work()
    taken[operation] = performance.now() - begun
    return result
  }
  const session = await timed('start', () => backend.start(spec(name)))
  const text = `the text of ${name}`
  const found = await timed('inspect', () => backend.inspect(name))
  await timed('text is shown', async () => {
    await timed('type', () => backend.type(session, text))
    for (const end = performance.now() + ARRIVED_MS; performance.now() < end; ) {
      if ((await backend.capture(session, {lines: 1}))[0] === text) return
    }
    wrongs.push(`${backend.name}: '${text}' is not shown`)
  })
  await timed('capture', () => backend.capture(session, {lines: 24}))
  await timed('view', () => backend.view(session))
  const ended = await timed('stop', () => backend.stop(session, {graceMs: 0}))
  if (found?.liveness !== 'alive' || ended !== 'stopped') {
    wrongs.push(`${backend.name}: ${name} was ${found?.liveness}, then ${ended}`)
  }
  return taken
}
