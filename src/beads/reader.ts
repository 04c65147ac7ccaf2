import {GtError, type Rig, shorten} from '@gtown/sdk'
import {reasonOf} from '@gtown/sdk/files'
import {type Bead, isKind, parseBeads} from './bead.js'
import {type BeadsStore, findStore, rigBeadId, stampOf} from './store.js'

export interface BdResult {
  code: number
  stdout: string
  stderr: string
}

/** Runs bd in a folder, on the beads of another. Rejects where it is not installed, or takes too long. */
export type Bd = (args: readonly string[], where: {cwd: string; beadsFolder: string}) => Promise<BdResult>

/** All beads of a rig, closed ones included; `unknown` where there are some that could not be read. */
export type BeadsRead =
  | {is: 'unused'}
  | {is: 'unknown'; detail: string}
  | {is: 'read'; beads: readonly Bead[]}

/** Answers of a server are asked for again after so long, since no file tells that they are old. */
const SERVED_MS = 60_000

interface Kept {
  stamp: string
  at: number
  read: BeadsRead
}

/** Reads the beads of rigs. While their files stay as they are, bd is not asked again. */
export class BeadsReader {
  readonly #bd: Bd
  readonly #kept = new Map<string, Kept>()
  /** Flags that this bd does not know. */
  readonly #refused = new Set<string>()

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
    const kept = this.#kept.get(rig.path)
    const isFresh = store.isInFiles || performance.now() - (kept?.at ?? 0) < SERVED_MS
    if (kept?.stamp === stamp && isFresh) return kept.read
    const read: BeadsRead = {is: 'read', beads: await this.#ask(rig, store)}
    this.#kept.set(rig.path, {stamp, at: performance.now(), read})
    return read
  }

  async #ask(rig: Rig, store: BeadsStore): Promise<Bead[]> {
    const beads = await this.#run(rig, store, ['list', '--json', '--status=all', '--limit=0', '--flat'])
    const id = await rigBeadId(rig)
    // Not every bd lists the beads that stand for rigs, or those that are not for long, such as merge requests.
    const isListed = id === undefined || beads.some((bead) => bead.id === id)
    const own = isListed ? [] : await this.#run(rig, store, ['show', id, '--json'])
    const requests = store.isInFiles ? [] : await this.#run(rig, store, ['sql', '--json', REQUESTS])
    return [...beads, ...own, ...requests]
  }

  async #run(rig: Rig, {folder, isInFiles}: BeadsStore, words: readonly string[]): Promise<Bead[]> {
    // A bd that keeps its beads in files would otherwise start a daemon, or refuse to read old ones.
    const args = [...(isInFiles ? ['--no-daemon', '--allow-stale'] : []), ...words]
    for (;;) {
      const known = args.filter((word) => !this.#refused.has(word))
      const result = await this.#bd(known, {cwd: rig.path, beadsFolder: folder})
      const refused = /unknown flag: (--[a-z-]+)/.exec(result.stderr)?.[1]
      if (refused === undefined || !known.includes(refused)) return beadsFrom(words, result)
      this.#refused.add(refused)
    }
  }
}

/** Of the beads that are not for long only merge requests matter. */
const REQUESTS =
  "SELECT w.id, w.status, w.assignee, w.description, w.updated_at, 'gt:merge-request' AS labels_csv FROM wisps w JOIN wisp_labels l ON w.id = l.issue_id WHERE l.label = 'gt:merge-request'"

function beadsFrom([command]: readonly string[], {code, stdout, stderr}: BdResult): Bead[] {
  // Some versions say so with exit code 0.
  const isMissing = command === 'show' && /not found|no issue/i.test(stderr)
  if (isMissing) return []
  const isSilent = stdout.trim() === '' && stderr.trim() !== ''
  const beads = code === 0 && !isSilent ? parseBeads(stdout) : undefined
  if (beads) return beads
  const said = stderr.trim().split('\n')[0] || 'what it printed is no list of beads'
  throw new GtError(`bd ${command} failed: ${shorten(said, 200)}`, {code: 'BEADS_UNREADABLE'})
}

/** The labels of the bead that stands for the rig. */
export function rigLabels(beads: readonly Bead[], rig: string): readonly string[] {
  return beads.find((bead) => isKind(bead, 'rig') && bead.id.endsWith(`-rig-${rig}`))?.labels ?? []
}
