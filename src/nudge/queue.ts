import {randomBytes} from 'node:crypto'
import {readdir, readFile, rename, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {GtError, type NudgeReceipt, type NudgeState, shorten, type Town} from '@gtown/sdk'
import {hasErrno, makeOwnFolder, replacePrivateFile, withLock} from '@gtown/sdk/files'

/** How many receipts are kept of a session. */
const KEPT = 500

const ID = /^[0-9a-z]{9}-[0-9a-f]{12}$/

/** What is kept of a nudge. */
export interface Nudge extends NudgeReceipt {
  text: string
  /** Typed even while a person's terminal shows the session. */
  force: boolean
}

/** True for a state that nothing follows. */
export function isFinal(state: NudgeState): boolean {
  return state === 'delivered' || state === 'expired' || state === 'failed'
}

/** The nudges of one session: a file each in `<town>/.runtime/nudges/<session>/`, in the order of their ids. */
export class NudgeQueue {
  readonly #folder: string
  readonly #warn: (message: string) => void

  constructor(town: Town, session: string, warn: (message: string) => void) {
    this.#folder = join(folderOf(town), session)
    this.#warn = warn
  }

  /** Adds a nudge. From here on it is not lost: it is delivered, expires or fails, and its receipt says which. */
  async add(nudge: Omit<Nudge, 'id'>): Promise<Nudge> {
    for (const folder of [dirname(dirname(this.#folder)), dirname(this.#folder), this.#folder, this.#done]) {
      await makeOwnFolder(folder, folder === dirname(dirname(this.#folder)) ? 0o755 : 0o700)
    }
    const queued = {...nudge, id: newId(nudge.queuedAt)}
    await this.write(queued)
    return queued
  }

  /** What is not final, the oldest first. A file that is none of ours is set aside and warned of. */
  async open(): Promise<Nudge[]> {
    const nudges: Nudge[] = []
    for (const name of await namesIn(this.#folder)) {
      const nudge = await this.#read(join(this.#folder, name))
      if (nudge) nudges.push(nudge)
    }
    return nudges
  }

  /** Puts the nudge's new state in the place of the old one. */
  async write(nudge: Nudge): Promise<void> {
    const file = join(this.#folder, `${nudge.id}.json`)
    await replacePrivateFile(file, `${JSON.stringify({version: 1, ...nudge}, null, 2)}\n`)
    if (!isFinal(nudge.state)) return
    await rename(file, join(this.#done, `${nudge.id}.json`))
    const old = (await namesIn(this.#done)).slice(0, -KEPT)
    for (const name of old) await rm(join(this.#done, name), {force: true})
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
    const busy = new GtError('another gt delivers here', {code: 'LOCKED'})
    try {
      await withLock(join(this.#folder, '.lock'), {waitMs: 0, refuse: () => busy}, work)
      return true
    } catch (error) {
      if (error === busy) return false
      throw error
    }
  }

  get #done(): string {
    return join(this.#folder, 'done')
  }

  async #read(file: string): Promise<Nudge | undefined> {
    const text = await readIfThere(file)
    if (text === undefined) return undefined
    const nudge = parse(text)
    if (nudge) return nudge
    const aside = `${file}.broken`
    await rename(file, aside)
    this.#warn(`${file} is no nudge: it is set aside as ${aside}`)
    return undefined
  }
}

/** The receipt with that id, of whatever session in the town. Rejects when there is none. */
export async function findReceipt(
  town: Town,
  id: string,
  warn: (message: string) => void,
): Promise<NudgeReceipt> {
  if (ID.test(id)) {
    for (const session of await entriesIn(folderOf(town))) {
      const nudge = await new NudgeQueue(town, session, warn).find(id)
      if (nudge) return receiptOf(nudge)
    }
  }
  throw new GtError(`there is no receipt '${shorten(id)}'`, {
    code: 'RECEIPT_NOT_FOUND',
    hint: `The newest ${KEPT} of each session are kept, in ${folderOf(town)}.`,
  })
}

/** What its sender is told: all but the text. */
export function receiptOf({text: _, force: __, ...receipt}: Nudge): NudgeReceipt {
  return receipt
}

function folderOf({root}: Town): string {
  return join(root, '.runtime', 'nudges')
}

/** Sorts by time: milliseconds in base 36, nine digits until the year 5188. */
function newId(now: number): string {
  return `${now.toString(36).padStart(9, '0')}-${randomBytes(6).toString('hex')}`
}

async function namesIn(folder: string): Promise<string[]> {
  return (await entriesIn(folder))
    .filter((name) => name.endsWith('.json') && ID.test(name.slice(0, -5)))
    .sort()
}

async function entriesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

function parse(text: string): Nudge | undefined {
  try {
    const {version, ...nudge} = JSON.parse(text) as Nudge & {version: unknown}
    return version === 1 && typeof nudge.text === 'string' && ID.test(nudge.id) ? nudge : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
