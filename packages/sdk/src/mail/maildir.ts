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

/** One file of a mailbox that nobody has put away yet: a message, or what cannot be used as one. */
export type Letter = {file: string; message: Message} | {file: string; unusable: string}

/** No more are read at once, the oldest first, so that a flood takes nobody's time. */
const AT_ONCE = 100

/** A message that is longer is none. */
const LONGEST_BYTES = 64 * 1024

/** So many messages that were put away are kept. */
const KEPT = 200

/** Where the messages to the witness of a rig are. */
export const witnessMailbox = (rigPath: string) => join(rigPath, '.runtime', 'mail', 'witness')

/**
 * Delivers a message to the witness of a rig, whole or not at all: a reader never sees a part of it. Whether a witness
 * ever reads it is not known. Rejects with `UNWRITABLE`.
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
  // Names in the order of delivery.
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

/** What nobody has put away yet, the oldest first; nothing is changed. None where there is no such mailbox. */
export async function readMail(mailbox: string): Promise<Letter[]> {
  const names = await namesIn(join(mailbox, 'new'))
  return await Promise.all(names.slice(0, AT_ONCE).map((name) => readLetter(mailbox, name)))
}

/**
 * Puts away what was read: messages are kept for a while in `cur`, what is none in `unusable`. Idempotent.
 *
 * @returns the paths of what is in `unusable` now
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
  // As in every maildir: S says that it was seen.
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
      if (!facts.isFile()) return {file, unusable: 'it is no file'}
      if (facts.size > LONGEST_BYTES) return {file, unusable: 'it is too long for a message'}
      const text = await handle.readFile('utf8')
      const message = parseMessage(text, {id: file, at: facts.mtimeMs})
      return message ? {file, message} : {file, unusable: 'it was cut, or is no message'}
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    return {file, unusable: error.message}
  }
}
