import {constants} from 'node:fs'
import {open, readdir, rename, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {
  createPrivateFile,
  hasErrno,
  makeOwnFolder,
  makeStamp,
  unreadable,
  unwritable,
} from '../files/index.js'
import {formatMessage, type Message, parseMessage} from './message.js'

/** A file of a mailbox that has not been put away yet: a message, or an unusable file. */
export type Letter = {file: string; message: Message} | {file: string; unusable: string}

/** Maximum number of messages read at once, oldest first, so that a flood costs little time. */
const AT_ONCE = 100

/** Maximum size of a message. */
const MAX_BYTES = 64 * 1024

/** Number of messages kept after they were put away. */
const KEPT = 200

/** Absolute path of the mailbox of a rig's witness. */
export const witnessMailbox = (rigPath: string) => join(rigPath, '.runtime', 'mail', 'witness')

/**
 * Delivers a message to a rig's witness. Atomic: a reader never sees part of it. Does not wait for the witness to
 * read it. Rejects with `UNWRITABLE`.
 */
export async function tellWitness(rigPath: string, message: Message): Promise<void> {
  const mailbox = witnessMailbox(rigPath)
  try {
    await makeOwnFolder(join(rigPath, '.runtime'), 0o755)
    await makeOwnFolder(join(rigPath, '.runtime', 'mail'), 0o700)
    await makeMailbox(mailbox)
  } catch (error) {
    throw unwritable(mailbox, error)
  }
  // Names sort by time of delivery.
  const name = `${message.at}.${await makeStamp()}`
  const draft = join(mailbox, 'tmp', name)
  await createPrivateFile(draft, formatMessage(message))
  try {
    await rename(draft, join(mailbox, 'new', name))
  } catch (error) {
    await rm(draft, {force: true})
    throw unwritable(mailbox, error)
  }
}

async function makeMailbox(mailbox: string): Promise<void> {
  await makeOwnFolder(mailbox, 0o700)
  for (const folder of ['tmp', 'new', 'cur', 'unusable']) await makeOwnFolder(join(mailbox, folder), 0o700)
}

/** The letters not put away yet, oldest first. Changes nothing. Empty if there is no such mailbox. */
export async function readMail(mailbox: string): Promise<Letter[]> {
  const names = await namesIn(join(mailbox, 'new'))
  return await Promise.all(names.slice(0, AT_ONCE).map((name) => readLetter(mailbox, name)))
}

/**
 * Puts letters away: messages to `cur`, other files to `unusable`, where the newest are kept. Idempotent.
 *
 * @returns the paths of the unusable letters now
 */
export async function putAway(mailbox: string, letters: readonly Letter[]): Promise<string[]> {
  if (letters.length === 0) return []
  try {
    await makeMailbox(mailbox)
    for (const letter of letters) await moveLetter(mailbox, letter)
    for (const folder of ['cur', 'unusable']) await removeOldest(join(mailbox, folder))
  } catch (error) {
    throw unwritable(mailbox, error)
  }
  return letters.flatMap((letter) => ('unusable' in letter ? [join(mailbox, 'unusable', letter.file)] : []))
}

async function moveLetter(mailbox: string, letter: Letter): Promise<void> {
  // The maildir flag S means "seen".
  const to = 'message' in letter ? join('cur', `${letter.file}:2,S`) : join('unusable', letter.file)
  try {
    await rename(join(mailbox, 'new', letter.file), join(mailbox, to))
  } catch (error) {
    if (!hasErrno(error, 'ENOENT')) throw error
  }
}

async function removeOldest(folder: string): Promise<void> {
  const names = await namesIn(folder)
  for (const name of names.slice(0, Math.max(0, names.length - KEPT))) {
    await rm(join(folder, name), {force: true, recursive: true})
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort()
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(folder, error)
  }
}

async function readLetter(mailbox: string, file: string): Promise<Letter> {
  try {
    // A link might lead anywhere, and opening a named pipe would wait for a writer.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
    const handle = await open(join(mailbox, 'new', file), flags)
    try {
      const facts = await handle.stat()
      if (!facts.isFile()) return {file, unusable: 'it is not a regular file'}
      if (facts.size > MAX_BYTES) return {file, unusable: 'it is too long for a message'}
      const text = await handle.readFile('utf8')
      const message = parseMessage(text, {id: file, at: facts.mtimeMs})
      return message ? {file, message} : {file, unusable: 'it is truncated or not a message'}
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    return {file, unusable: error.message}
  }
}
