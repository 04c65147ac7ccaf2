import {GtError, type Rig, shorten} from '@gtown/sdk'
import {reasonOf} from '@gtown/sdk/files'
import {type Bead, isKind, parseBeads} from './bead.js'
import {type BeadsStore, findStore, rigBeadId, stampOf} from './store.js'

export interface BdResult {
  code: number
  stdout: string
  stderr: string
}

/** Runs bd in `cwd` on the beads in `beadsFolder`. Rejects when bd is not installed or takes too long. */
export type Bd = (args: readonly string[], where: {cwd: string; beadsFolder: string}) => Promise<BdResult>

/** All beads of a rig, including closed ones; `unknown` when they could not be read. */
export type BeadsRead =
  | {is: 'unused'}
  | {is: 'unknown'; detail: string}
  | {is: 'read'; beads: readonly Bead[]}

/** Maximum age of a cached answer from a server, since no file shows that it is outdated. */
const SERVER_CACHE_MS = 60_000

interface CachedRead {
  stamp: string
  at: number
  read: BeadsRead
}

/** Reads the beads of rigs. It runs bd again only when their files have changed. */
export class BeadsReader {
  readonly #bd: Bd
  readonly #cache = new Map<string, CachedRead>()
  /** Flags that this bd does not know. */
  readonly #unknownFlags = new Set<string>()

  constructor(bd: Bd) {
    this.#bd = bd
  }

  async read(rig: Rig): Promise<BeadsRead> {
    try {
      const store = await findStore(rig)
      return store ? await this.#readStore(rig, store) : {is: 'unused'}
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return {is: 'unknown', detail: reasonOf(error)}
    }
  }

  async #readStore(rig: Rig, store: BeadsStore): Promise<BeadsRead> {
    const stamp = await stampOf(store)
    const cached = this.#cache.get(rig.path)
    const isFresh = store.isInFiles || performance.now() - (cached?.at ?? 0) < SERVER_CACHE_MS
    if (cached?.stamp === stamp && isFresh) return cached.read
    const read: BeadsRead = {is: 'read', beads: await this.#list(rig, store)}
    this.#cache.set(rig.path, {stamp, at: performance.now(), read})
    return read
  }

  async #list(rig: Rig, store: BeadsStore): Promise<readonly Bead[]> {
    const beads = await this.#run(rig, store, ['list', '--json', '--status=all', '--limit=0', '--flat'])
    const id = await rigBeadId(rig)
    // Some versions of bd do not list the beads of rigs, or short-lived beads (wisps) such as merge requests.
    const isListed = id === undefined || beads.some((bead) => bead.id === id)
    const own = isListed ? [] : await this.#run(rig, store, ['show', id, '--json'])
    const requests = store.isInFiles ? [] : await this.#run(rig, store, ['sql', '--json', REQUESTS])
    return [...beads, ...own, ...requests]
  }

  async #run(rig: Rig, {folder, isInFiles}: BeadsStore, words: readonly string[]): Promise<readonly Bead[]> {
    // A bd with beads in files would otherwise start a daemon, or refuse to read stale data.
    const args = [...(isInFiles ? ['--no-daemon', '--allow-stale'] : []), ...words]
    for (;;) {
      const known = args.filter((word) => !this.#unknownFlags.has(word))
      const result = await this.#bd(known, {cwd: rig.path, beadsFolder: folder})
      const unknown = /unknown flag: (--[a-z-]+)/.exec(result.stderr)?.[1]
      if (unknown === undefined || !known.includes(unknown)) return beadsFrom(words, result)
      this.#unknownFlags.add(unknown)
    }
  }
}

/** The only short-lived beads (wisps) that matter are merge requests. */
const REQUESTS =
  "SELECT w.id, w.status, w.assignee, w.description, w.updated_at, 'gt:merge-request' AS labels_csv FROM wisps w JOIN wisp_labels l ON w.id = l.issue_id WHERE l.label = 'gt:merge-request'"

function beadsFrom([command]: readonly string[], {code, stdout, stderr}: BdResult): readonly Bead[] {
  // Some versions report this with exit code 0.
  const isMissing = command === 'show' && /not found|no issue/i.test(stderr)
  if (isMissing) return []
  const isSilent = stdout.trim() === '' && stderr.trim() !== ''
  const beads = code === 0 && !isSilent ? parseBeads(stdout) : undefined
  if (beads) return beads
  const said = stderr.trim().split('\n')[0] || 'its output is not a list of beads'
  throw new GtError(`bd ${command} failed: ${shorten(said, 200)}`, {code: 'BEADS_UNREADABLE'})
}

/** The labels of the rig's own bead. */
export function rigLabels(beads: readonly Bead[], rig: string): readonly string[] {
  return beads.find((bead) => isKind(bead, 'rig') && bead.id.endsWith(`-rig-${rig}`))?.labels ?? []
}
