import type {KillTarget} from '@gtown/sdk'
import type {ProcessEntry, Scan} from './processes.js'

/** Which processes belong to a session: decided from each new scan and from what earlier scans found. */
export class Members {
  readonly #roots: readonly number[]
  readonly #parentPid: number | undefined
  readonly #marker: string | undefined
  /** Start times by pid. A process whose parent has ended has lost its place in the tree, and is still a member. */
  readonly #known = new Map<number, string>()
  #ownMarkers: ReadonlySet<string | undefined> | undefined

  constructor({roots, parentPid, marker}: KillTarget) {
    this.#roots = roots.filter((pid) => pid > 1)
    this.#parentPid = parentPid
    this.#marker = marker || undefined
  }

  /**
   * The session's living processes: its roots, processes that share a root's session id or terminal, processes that
   * carry its marker, members found before, and the descendants of all these.
   *
   * Excluded are pid 1, the ancestors of the roots (they hold the session's terminals), and each process that carries
   * another session's marker. A descendant of an excluded process needs evidence of its own. A tmux server that the
   * session happened to start is excluded too, with all that runs in it: other people's sessions may live there.
   */
  find(scan: Scan): ProcessEntry[] {
    const ancestors = this.#ancestors(scan)
    const own = this.#own(scan)
    const all = [...scan.processes.values()]
    const eligible = all.filter(
      ({pid, marker}) => !ancestors.has(pid) && (marker === undefined || own.has(marker)),
    )
    const found = withDescendants(eligible, eligible.filter(this.#evidence(scan, eligible, ancestors)))
    const servers = [...found].filter(({isTmuxServer}) => isTmuxServer)
    const hosted = withDescendants(all, servers)
    const members = [...found].filter((entry) => !hosted.has(entry))
    for (const {pid, start} of members) this.#known.set(pid, start)
    return members
  }

  /** A predicate that recognises a member by itself, whatever its parent is. */
  #evidence(scan: Scan, eligible: readonly ProcessEntry[], ancestors: ReadonlySet<number>) {
    const roots = eligible.filter((entry) => this.#isRoot(entry))
    const ended = this.#roots.filter((pid) => !scan.processes.has(pid))
    const sessions = new Set([...roots.map(({pid}) => pid), ...ended])
    // Living roots only: the system reuses the terminal of a dead one.
    const terminals = new Set(roots.flatMap(({terminal}) => terminal ?? []))
    const isOrphanOnTerminal = ({pid, parent}: ProcessEntry) =>
      terminals.size > 0 &&
      ancestors.has(parent) &&
      scan.openTerminals(pid).some((path) => terminals.has(path))

    return (entry: ProcessEntry) =>
      sessions.has(entry.pid) ||
      sessions.has(entry.session) ||
      (this.#marker && entry.marker === this.#marker) ||
      this.#known.get(entry.pid) === entry.start ||
      (entry.terminal && terminals.has(entry.terminal)) ||
      isOrphanOnTerminal(entry)
  }

  /** False for a later process with a root's pid: one that the first scan did not show, or that has another parent. */
  #isRoot({pid, start, parent}: ProcessEntry): boolean {
    if (!this.#roots.includes(pid)) return false
    if (this.#known.size > 0) return this.#known.get(pid) === start
    return this.#parentPid === undefined || this.#parentPid === parent
  }

  /** The markers that are the session's own. One started without a marker owns those that its roots inherited. */
  #own({processes}: Scan): ReadonlySet<string | undefined> {
    this.#ownMarkers ??= new Set(
      this.#marker
        ? [this.#marker]
        : [...processes.values()].filter(this.#isRoot, this).map(({marker}) => marker),
    )
    return this.#ownMarkers
  }

  /** The processes above the session. They adopt its orphans and are never members. */
  #ancestors(scan: Scan): ReadonlySet<number> {
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
  // Iterating over a set also visits the elements added meanwhile.
  for (const {pid} of members) {
    for (const child of children.get(pid) ?? []) members.add(child)
  }
  return members
}
