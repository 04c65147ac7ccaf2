import {setTimeout as sleep} from 'node:timers/promises'
import type {Killer, KillTarget, Survivor} from '@gtown/sdk'
import {contain} from './contain.js'
import {ancestorsOf, Members} from './members.js'
import type {ProcessEntry, Processes} from './processes.js'

/** Milliseconds between two looks: few at first, since most processes end at once. */
const pauseOf = (round: number) => Math.min(2 ** round, 40)

/**
 * Makes the service that ends sessions' processes.
 *
 * @param rounds how often stopping and killing are tried on what does not obey, such as a process that hangs in
 *   the kernel or that is not ours to signal; 12 take about five seconds. Counted in rounds, so that a machine
 *   under load gets its time.
 */
export function createKiller(processes: Processes, rounds = 12): Killer {
  return {
    contain,
    async end(target, {graceMs}): Promise<Survivor[]> {
      const ending = new Ending(processes, target)
      if (graceMs > 0) await ending.ask(graceMs, rounds)
      await ending.make(rounds)
      return ending.survivors()
    },
  }
}

/** The end of one session: what it has seen of it, and the signals that it sends. */
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

  /** Asks all members to end, and returns when all have ended or the time is over. */
  async ask(graceMs: number, rounds: number): Promise<void> {
    const deadline = performance.now() + graceMs
    const asked = new Map<number, string>()
    for (let round = 1; ; round++) {
      const members = this.#look()
      const timeLeft = deadline - performance.now()
      if (members.length === 0 || timeLeft <= 0) return
      // What those who were asked start in order to clean up is left in peace until they have ended.
      if (!members.some(({pid, start}) => asked.get(pid) === start)) {
        // What forks between the look and its end would leave a child that nobody has seen.
        const frozen = await this.#freeze(rounds, members)
        this.#processes.signal(frozen, 'SIGTERM')
        this.#processes.signal(
          frozen.filter(({stopped}) => stopped),
          'SIGCONT',
        )
        for (const {pid, start} of frozen) asked.set(pid, start)
      }
      await sleep(Math.min(pauseOf(round), timeLeft))
    }
  }

  /** Kills all members, until a look finds none or the rounds are over. */
  async make(rounds: number): Promise<void> {
    for (let round = 1; round <= rounds; round++) {
      const members = await this.#freeze(rounds)
      if (members.length === 0) return
      // The roots first: they are awake, and would answer the death of a child with a new one.
      members.sort((a, b) => Number(this.#isRoot(b)) - Number(this.#isRoot(a)))
      this.#processes.signal(members, 'SIGKILL')
      await sleep(pauseOf(round))
    }
    this.#look()
  }

  /** What the last look found. */
  survivors(): Survivor[] {
    return this.#found.map(({pid}) => ({pid, command: this.#processes.commandOf(pid)}))
  }

  /**
   * Stops the members until none is awake, and returns them. A killed parent loses its children to pid 1, a
   * stopped one keeps them, and forks no more. The roots are left out: tmux wakes what it finds stopped.
   *
   * @param found the members of a look that was taken just now
   */
  async #freeze(rounds: number, found = this.#look()): Promise<ProcessEntry[]> {
    let members = found
    for (let round = 1; round <= rounds; round++) {
      const awake = members.filter((member) => !member.stopped && !this.#isRoot(member))
      if (awake.length === 0) break
      this.#processes.signal(awake, 'SIGSTOP')
      await sleep(pauseOf(round))
      members = this.#look()
    }
    return members
  }

  /** Finds the members, and returns those that may be signalled: not the caller, nor what it runs under. */
  #look(): ProcessEntry[] {
    const scan = this.#processes.scan()
    this.#found = this.#members.find(scan)
    const untouchable = ancestorsOf(scan, this.#processes.self).add(this.#processes.self)
    return this.#found.filter(({pid}) => !untouchable.has(pid))
  }

  #isRoot({pid}: ProcessEntry): boolean {
    return this.#roots.includes(pid)
  }
}
