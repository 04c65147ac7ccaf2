import {setTimeout as sleep} from 'node:timers/promises'
import type {Killer, KillTarget, Survivor} from '@gtown/sdk'
import {contain} from './contain.js'
import {ancestorsOf, Members} from './members.js'
import type {ProcessEntry, Processes} from './processes.js'

/** Milliseconds between two scans: few at first, since most processes end at once. */
const pauseOf = (round: number) => Math.min(2 ** round, 40)

/**
 * Makes the service that ends sessions' processes.
 *
 * @param rounds how often to retry on processes that do not end, such as one that hangs in the kernel or belongs to
 *   another user; 12 rounds take about five seconds. Rounds instead of a time limit give a machine under load the
 *   time it needs.
 */
export function createKiller(processes: Processes, rounds = 12): Killer {
  return {
    contain,
    async end(target, {graceMs}): Promise<Survivor[]> {
      const ending = new Ending(processes, target)
      if (graceMs > 0) await ending.terminate(graceMs, rounds)
      await ending.kill(rounds)
      return ending.survivors()
    },
  }
}

/** Ends one session: remembers which processes it found, and signals them. */
class Ending {
  readonly #processes: Processes
  readonly #roots: readonly number[]
  readonly #members: Members
  #found: ProcessEntry[] = []

  constructor(processes: Processes, target: KillTarget) {
    this.#processes = processes
    this.#roots = target.roots
    this.#members = new Members(target)
  }

  /** Sends SIGTERM to all members, and returns when all have ended or the grace period is over. */
  async terminate(graceMs: number, rounds: number): Promise<void> {
    const deadline = performance.now() + graceMs
    const terminated = new Map<number, string>()
    for (let round = 1; ; round++) {
      const members = this.#scan()
      const timeLeft = deadline - performance.now()
      if (members.length === 0 || timeLeft <= 0) return
      // A terminated process may start helpers to clean up. They are left alone until it has ended.
      if (!members.some(({pid, start}) => terminated.get(pid) === start)) {
        // A process that forks between the scan and its own end would leave a child that no scan has seen.
        const frozen = await this.#freeze(rounds, members)
        this.#processes.signal(frozen, 'SIGTERM')
        this.#processes.signal(
          frozen.filter(({stopped}) => stopped),
          'SIGCONT',
        )
        for (const {pid, start} of frozen) terminated.set(pid, start)
      }
      await sleep(Math.min(pauseOf(round), timeLeft))
    }
  }

  /** Sends SIGKILL to all members, until a scan finds none or the rounds are over. */
  async kill(rounds: number): Promise<void> {
    for (let round = 1; round <= rounds; round++) {
      const members = await this.#freeze(rounds)
      if (members.length === 0) return
      // Roots first: they are not stopped, and may replace a child that dies.
      members.sort((a, b) => Number(this.#isRoot(b)) - Number(this.#isRoot(a)))
      this.#processes.signal(members, 'SIGKILL')
      await sleep(pauseOf(round))
    }
    this.#scan()
  }

  /** The members that the last scan found. */
  survivors(): Survivor[] {
    return this.#found.map(({pid}) => ({pid, command: this.#processes.commandOf(pid)}))
  }

  /**
   * Stops the members until none is running, and returns them. A killed parent loses its children to pid 1; a
   * stopped one keeps them and cannot fork. Roots are not stopped, since tmux continues a stopped pane process.
   *
   * @param found the members of a scan made just before
   */
  async #freeze(rounds: number, found = this.#scan()): Promise<ProcessEntry[]> {
    let members = found
    for (let round = 1; round <= rounds; round++) {
      const awake = members.filter((member) => !member.stopped && !this.#isRoot(member))
      if (awake.length === 0) break
      this.#processes.signal(awake, 'SIGSTOP')
      await sleep(pauseOf(round))
      members = this.#scan()
    }
    return members
  }

  /** Finds the members, and returns those that may be signalled: not the caller, nor its ancestors. */
  #scan(): ProcessEntry[] {
    const scan = this.#processes.scan()
    this.#found = this.#members.find(scan)
    const untouchable = ancestorsOf(scan, this.#processes.self).add(this.#processes.self)
    return this.#found.filter(({pid}) => !untouchable.has(pid))
  }

  #isRoot({pid}: ProcessEntry): boolean {
    return this.#roots.includes(pid)
  }
}
