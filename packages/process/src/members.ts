import type {KillTarget} from '@gtown/sdk'
import type {ProcessEntry, Scan} from './processes.js'

/** Which processes belong to a session: decided anew from each scan, with the memory of those before. */
export class Members {
  readonly #roots: readonly number[]
  readonly #keeper: number | undefined
  readonly #marker: string | undefined
  /** Start times by pid. A process whose parent has ended has lost its place in the tree, and is still a member. */
  readonly #known = new Map<number, string>()
  #ownMarkers: ReadonlySet<string | undefined> | undefined

  constructor({roots, keeper, marker}: KillTarget) {
    this.#roots = roots.filter((pid) => pid > 1)
    this.#keeper = keeper
    this.#marker = marker || undefined
  }

  /**
   * The session's living processes: its roots, what shares a root's session or terminal, what carries its marker,
   * what was found before, and all their descendants. Left out are pid 1, the ancestors of the roots (they hold
   * the session's terminals), and each process that carries another session's marker; what is below such a
   * process is a member only by itself. Left out, too, is a tmux server that the session happened to start, with
   * all that runs in it: it has become other people's.
   */
  find(scan: Scan): ProcessEntry[] {
    const keepers = this.#keepers(scan)
    const own = this.#own(scan)
    const all = [...scan.processes.values()]
    const eligible = all.filter(
      ({pid, marker}) => !keepers.has(pid) && (marker === undefined || own.has(marker)),
    )
    const found = withDescendants(eligible, eligible.filter(this.#evidence(scan, eligible, keepers)))
    const servers = [...found].filter(({isTmuxServer}) => isTmuxServer)
    const hosted = withDescendants(all, servers)
    const members = [...found].filter((entry) => !hosted.has(entry))
    for (const {pid, start} of members) this.#known.set(pid, start)
    return members
  }

  /** What tells, without a look at the parent, that a process is a member. */
  #evidence(scan: Scan, eligible: readonly ProcessEntry[], keepers: ReadonlySet<number>) {
    const roots = eligible.filter((entry) => this.#isRoot(entry))
    const ended = this.#roots.filter((pid) => !scan.processes.has(pid))
    const sessions = new Set([...roots.map(({pid}) => pid), ...ended])
    // Only of roots that live: the system gives the terminal of a dead one to somebody else.
    const terminals = new Set(roots.flatMap(({terminal}) => terminal ?? []))
    const isOrphanOnTerminal = ({pid, parent}: ProcessEntry) =>
      terminals.size > 0 && keepers.has(parent) && scan.openTerminals(pid).some((path) => terminals.has(path))

    return (entry: ProcessEntry) =>
      sessions.has(entry.pid) ||
      sessions.has(entry.session) ||
      (this.#marker && entry.marker === this.#marker) ||
      this.#known.get(entry.pid) === entry.start ||
      (entry.terminal && terminals.has(entry.terminal)) ||
      isOrphanOnTerminal(entry)
  }

  /** A root that was not there at the first look, or that another process started, is a later one with its number. */
  #isRoot({pid, start, parent}: ProcessEntry): boolean {
    if (!this.#roots.includes(pid)) return false
    if (this.#known.size > 0) return this.#known.get(pid) === start
    return this.#keeper === undefined || this.#keeper === parent
  }

  /** A session that was started without a marker may have inherited one, which then does not make it foreign. */
  #own({processes}: Scan): ReadonlySet<string | undefined> {
    this.#ownMarkers ??= new Set(
      this.#marker
        ? [this.#marker]
        : [...processes.values()].filter(this.#isRoot, this).map(({marker}) => marker),
    )
    return this.#ownMarkers
  }

  /** What the session runs under: the system gives it the children of the dead. It is never a part of the session. */
  #keepers(scan: Scan): ReadonlySet<number> {
    const chains = this.#roots.map((root) => ancestorsOf(scan, root))
    const outside = chains.filter((chain) => !this.#roots.some((root) => chain.has(root)))
    return new Set([1, ...outside.flatMap((chain) => [...chain])])
  }
}

/** The processes above this one. */
export function ancestorsOf({processes}: Scan, pid: number): Set<number> {
  const ancestors = new Set<number>()
  let parent = processes.get(pid)?.parent
  while (parent && !ancestors.has(parent)) {
    ancestors.add(parent)
    parent = processes.get(parent)?.parent
  }
  return ancestors
}

function withDescendants(
  eligible: readonly ProcessEntry[],
  seeds: readonly ProcessEntry[],
): Set<ProcessEntry> {
  const children = Map.groupBy(eligible, ({parent}) => parent)
  const members = new Set(seeds)
  // The walk over a set comes to what is added on the way.
  for (const {pid} of members) {
    for (const child of children.get(pid) ?? []) members.add(child)
  }
  return members
}
