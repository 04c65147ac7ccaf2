import {existsSync} from 'node:fs'
import {readdir, rename, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {GtError, type Town} from '@gtown/sdk'
import {
  hasErrno,
  makeOwnFolder,
  parseStateFile,
  replacePrivateFile,
  setAsideFile,
  setAsideText,
  statIfThere,
  unwritable,
  withLock,
} from '@gtown/sdk/files'
import {isFinal, isNudgeId, type Nudge, newNudgeId, nudgeOf, textOf} from './nudge-file.js'

/** Number of receipts to keep per session. */
export const KEPT = 500

/** How long a dispatcher waits for its lock before it gives up. A mere check for one holds the lock for a moment, too. */
const DISPATCHER_WAIT_MS = 1000

/** How long a dispatcher may take to start. */
const DISPATCHER_START_MS = 5000

/** The nudges of one session: one file each in `<town>/.runtime/nudges/<session>/`, ordered by id. */
export class NudgeQueue {
  readonly #folder: string
  readonly #warn: (message: string) => void

  constructor(town: Town, session: string, warn: (message: string) => void) {
    this.#folder = join(nudgesFolder(town), session)
    this.#warn = warn
  }

  /** Adds a nudge. From now on it cannot get lost: it is delivered, expires or fails, as its receipt says. */
  async add(nudge: Omit<Nudge, 'id'>): Promise<Nudge> {
    await this.#makeFolders()
    const queued = {...nudge, id: newNudgeId(nudge.queuedAt)}
    await this.write(queued)
    return queued
  }

  /** The nudges that are not final, the oldest first. A broken file is set aside with a warning. */
  async open(): Promise<Nudge[]> {
    const nudges: Nudge[] = []
    for (const id of await idsIn(this.#folder)) {
      const nudge = this.#read(this.#folder, id)
      // The process that wrote the final state was killed before it moved the file.
      if (nudge && isFinal(nudge.state)) await this.#putAway(nudge)
      else if (nudge) nudges.push(nudge)
    }
    return nudges
  }

  /** Stores the nudge's new state. */
  async write(nudge: Nudge): Promise<void> {
    await replacePrivateFile(join(this.#folder, `${nudge.id}.json`), textOf(nudge))
    if (isFinal(nudge.state)) await this.#putAway(nudge)
  }

  /** The nudge with that id; undefined when its receipt is gone. */
  async find(id: string): Promise<Nudge | undefined> {
    // If it is moved meanwhile, the second lookup finds it.
    for (const folder of [this.#folder, this.#done]) {
      const nudge = this.#read(folder, id)
      if (nudge) return nudge
    }
    return undefined
  }

  /**
   * Runs `work` while no other process delivers to this session.
   *
   * @returns false at once when another process does
   */
  async whileAlone(work: () => Promise<void>): Promise<boolean> {
    return await this.#whileHolding('.lock', 0, work)
  }

  /**
   * Runs `work` as this session's dispatcher.
   *
   * @returns false when there is already one
   */
  async asDispatcher(work: () => Promise<void>): Promise<boolean> {
    return await this.#whileHolding('.courier', DISPATCHER_WAIT_MS, work)
  }

  /** True when no dispatcher is at work or being started. Only one caller gets true, and must then start one. */
  async claimDispatcherStart(): Promise<boolean> {
    let claimed = false
    await this.#whileHolding('.courier', 0, async () => {
      const mark = join(this.#folder, '.called')
      claimed = Date.now() - ((await statIfThere(mark))?.mtimeMs ?? 0) > DISPATCHER_START_MS
      if (claimed) await replacePrivateFile(mark, '')
    })
    return claimed
  }

  async #whileHolding(name: string, waitMs: number, work: () => Promise<void>): Promise<boolean> {
    // The lock would recreate the folder of a town that was removed meanwhile.
    if (!existsSync(this.#folder)) return false
    const taken = new GtError('another gt is at work here', {code: 'LOCKED'})
    try {
      await withLock(join(this.#folder, name), {waitMs, refuse: () => taken}, work)
      return true
    } catch (error) {
      if (error === taken) return false
      throw error
    }
  }

  get #done(): string {
    return join(this.#folder, 'done')
  }

  async #makeFolders(): Promise<void> {
    const [runtime, nudges] = [dirname(dirname(this.#folder)), dirname(this.#folder)]
    try {
      await makeOwnFolder(runtime, 0o755)
      for (const folder of [nudges, this.#folder, this.#done]) await makeOwnFolder(folder, 0o700)
    } catch (error) {
      throw unwritable(this.#folder, error)
    }
  }

  async #putAway({id}: Nudge): Promise<void> {
    await renameIfThere(join(this.#folder, `${id}.json`), join(this.#done, `${id}.json`))
    const old = (await idsIn(this.#done)).slice(0, -KEPT)
    for (const each of old) await rm(join(this.#done, `${each}.json`), {force: true})
  }

  #read(folder: string, id: string): Nudge | undefined {
    const file = join(folder, `${id}.json`)
    const content = parseStateFile(file, nudgeOf(id))
    if (content.is === 'usable') return content.state
    const aside = content.is === 'absent' ? undefined : setAsideFile(file)
    if (aside !== undefined) this.#warn(setAsideText(file, aside))
    return undefined
  }
}

/** The folder of a town's nudges, with one folder per session. */
export function nudgesFolder({root}: Pick<Town, 'root'>): string {
  return join(root, '.runtime', 'nudges')
}

/** The nudges that have a file in a folder, the oldest first. */
async function idsIn(folder: string): Promise<string[]> {
  const files = (await entriesIn(folder)).filter((name) => name.endsWith('.json'))
  return files
    .map((name) => name.slice(0, -'.json'.length))
    .filter(isNudgeId)
    .sort()
}

/** The names in a folder; empty when it does not exist. */
export async function entriesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}

/** False when another process was faster. */
async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return false
    throw error
  }
}
