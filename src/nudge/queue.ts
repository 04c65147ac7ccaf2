import {existsSync} from 'node:fs'
import {readdir, rename, rm, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {GtError, type Town} from '@gtown/sdk'
import {hasErrno, makeOwnFolder, replacePrivateFile, unwritable, withLock} from '@gtown/sdk/files'
import {isFinal, isNudgeId, type Nudge, newNudgeId, readNudge, textOf} from './nudge-file.js'

/** How many receipts are kept of a session. */
export const KEPT = 500

/** A dispatcher ends when another is at work; it waits this long, since a look for one holds the lock for a moment. */
const DISPATCHER_WAIT_MS = 1000

/** How long a dispatcher that was called may take to begin. */
const CALLED_WITHIN_MS = 5000

/** The nudges of one session: a file each in `<town>/.runtime/nudges/<session>/`, in the order of their ids. */
export class NudgeQueue {
  readonly #folder: string
  readonly #warn: (message: string) => void

  constructor(town: Town, session: string, warn: (message: string) => void) {
    this.#folder = join(nudgesFolder(town), session)
    this.#warn = warn
  }

  /** Adds a nudge. From here on it is not lost: it is delivered, expires or fails, and its receipt says which. */
  async add(nudge: Omit<Nudge, 'id'>): Promise<Nudge> {
    await this.#makeFolders()
    const queued = {...nudge, id: newNudgeId(nudge.queuedAt)}
    await this.write(queued)
    return queued
  }

  /** What is not final, the oldest first. A file that is none of ours is set aside and warned of. */
  async open(): Promise<Nudge[]> {
    const nudges: Nudge[] = []
    for (const name of await namesIn(this.#folder)) {
      const nudge = await this.#read(join(this.#folder, name))
      // Whoever wrote its end was killed before it was put away.
      if (nudge && isFinal(nudge.state)) await this.#putAway(nudge)
      else if (nudge) nudges.push(nudge)
    }
    return nudges
  }

  /** Puts the nudge's new state in the place of the old one. */
  async write(nudge: Nudge): Promise<void> {
    await replacePrivateFile(join(this.#folder, `${nudge.id}.json`), textOf(nudge))
    if (isFinal(nudge.state)) await this.#putAway(nudge)
  }

  /** The nudge with that id as it is now; undefined when its receipt is gone. */
  async find(id: string): Promise<Nudge | undefined> {
    // It may be moved between the two looks, and then is in the second place.
    for (const folder of [this.#folder, this.#done]) {
      const nudge = await this.#read(join(folder, `${id}.json`))
      if (nudge) return nudge
    }
    return undefined
  }

  /**
   * Runs work while nobody else gives anything to this session.
   *
   * @returns false at once when somebody else does
   */
  async whileAlone(work: () => Promise<void>): Promise<boolean> {
    return await this.#whileHolding('.lock', 0, work)
  }

  /**
   * Runs work as this session's dispatcher.
   *
   * @returns false when there is one already
   */
  async asDispatcher(work: () => Promise<void>): Promise<boolean> {
    return await this.#whileHolding('.courier', DISPATCHER_WAIT_MS, work)
  }

  /** True for one caller where no dispatcher is at work and none was called a moment ago: that caller is to call one. */
  async callsForDispatcher(): Promise<boolean> {
    let calls = false
    await this.#whileHolding('.courier', 0, async () => {
      const mark = join(this.#folder, '.called')
      calls = Date.now() - (await changedAt(mark)) > CALLED_WITHIN_MS
      if (calls) await replacePrivateFile(mark, '')
    })
    return calls
  }

  async #whileHolding(name: string, waitMs: number, work: () => Promise<void>): Promise<boolean> {
    // The lock would make the folder of a town again that was removed meanwhile.
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
    const old = (await namesIn(this.#done)).slice(0, -KEPT)
    for (const name of old) await rm(join(this.#done, name), {force: true})
  }

  async #read(file: string): Promise<Nudge | undefined> {
    const read = await readNudge(file)
    if (read !== 'broken') return read
    const aside = `${file}.broken`
    if (await renameIfThere(file, aside)) this.#warn(`${file} is no nudge: it is set aside as ${aside}`)
    return undefined
  }
}

/** The folder of a town's nudges: one folder in it a session. */
export function nudgesFolder({root}: Pick<Town, 'root'>): string {
  return join(root, '.runtime', 'nudges')
}

async function namesIn(folder: string): Promise<string[]> {
  return (await entriesIn(folder))
    .filter((name) => name.endsWith('.json') && isNudgeId(name.slice(0, -'.json'.length)))
    .sort()
}

/** The names in a folder; none where there is no such folder. */
export async function entriesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}

/** False where another process was faster. */
async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return false
    throw error
  }
}

async function changedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return 0
    throw error
  }
}
