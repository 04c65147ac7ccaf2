// Sessions full of processes, for measuring how they end. The programs are those of the killer's tests.
import {readdirSync, readFileSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'

const fixtures = new URL('../../packages/process/test/fixtures/', import.meta.url)

export const fixture = (name) => fileURLToPath(new URL(name, fixtures))

/** Every kind of tree: its program, its arguments, and the number of its living processes. */
export const trees = JSON.parse(readFileSync(fixture('trees.json'), 'utf8'))

let count = 0

/** Starts a tree as a session of its own; returns the session, and a word that all its processes have in their arguments. */
export async function startTree(backend, {program, args}) {
  const canary = `canary-${process.pid}-${++count}-`
  const session = await backend.start({
    name: 'victim',
    cwd: '/',
    command: [fixture(program), canary, ...args],
    env: {GT_SESSION_ID: `town/victim/${canary}`},
    unsetEnv: [],
    labels: {},
  })
  return {session, canary}
}

/** Waits until it sees that many processes twice in a row, because some trees pass through the number while growing. */
export async function untilGrown(canary, processes) {
  let before = 0
  await until(`${processes} processes`, () => {
    const now = carriers(canary).length
    const grown = before === processes && now === processes
    before = now
    return grown
  })
}

/** The living processes that have the word in their arguments. */
export function carriers(word) {
  // A zombie has no arguments.
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid && argumentsOf(pid).includes(word))
}

/** Kills all processes that have the word in their arguments. */
export async function killCarriers(word) {
  await until(`the end of ${word}`, () => {
    const pids = carriers(word)
    for (const pid of pids) signal(pid, 'SIGKILL')
    return pids.length === 0
  })
}

/** Sends the signal to a process that may have ended meanwhile. */
export function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

export async function until(what, probe) {
  const end = Date.now() + 20_000
  while (!(await probe())) {
    if (Date.now() > end) throw new Error(`waited 20 s for ${what}`)
    await sleep(20)
  }
}

function argumentsOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return ''
    throw error
  }
}
