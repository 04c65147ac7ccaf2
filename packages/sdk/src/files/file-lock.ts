import {mkdir, readdir, rm, rmdir, writeFile} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {GtError} from '../errors.js'
import {hasErrno, unreadable, unwritable} from './errno.js'
import {isAbandoned, makeStamp, pidOf} from './process-stamp.js'

export interface LockOptions {
  /** Milliseconds to wait for the lock. */
  waitMs: number
  /** Makes the error for a wait that timed out. `holders` are the known pids. */
  refuse: (holders: readonly number[]) => Error
}

/**
 * Runs work while holding the lock of the file, which excludes other processes and other calls in this process. Waits
 * up to 10 s for the lock, then rejects with `LOCKED`. The lock of a killed process is free at once.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const directory = join(dirname(file), `.${basename(file)}.lock`)
  const refuse = () =>
    new GtError(`${file} is being changed by another gt`, {
      code: 'LOCKED',
      hint: `Try again. If no other gt runs, remove ${directory}.`,
    })
  return await withLock(directory, {waitMs: 10_000, refuse}, work)
}

/**
 * Runs work while holding the lock that is this directory, which excludes other processes and other calls in this
 * process. Creates the directory and removes it afterwards. The lock of a killed process is free at once; that of a
 * process on another machine is not.
 */
export async function withLock<T>(
  directory: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const claim = await acquire(directory, options)
  try {
    return await work()
  } finally {
    await withdraw(directory, claim)
  }
}

async function acquire(directory: string, {waitMs, refuse}: LockOptions): Promise<string> {
  const deadline = Date.now() + waitMs
  for (;;) {
    const claim = await tryToClaim(directory)
    if (claim !== undefined) return claim
    if (Date.now() > deadline) throw refuse((await claimsIn(directory)).map(pidOf).filter((pid) => pid > 0))
    await sleep(5 + Math.random() * 20)
  }
}

/**
 * Each contender creates a claim with a unique name, then looks for other claims, and holds the lock if there are
 * none. The later of two claims always sees the earlier one, so two never hold the lock. Removing an abandoned claim
 * is safe, because its name is never used again.
 */
async function tryToClaim(directory: string): Promise<string | undefined> {
  if ((await claimsIn(directory)).length > 0) return undefined
  const claim = await makeStamp()
  try {
    await mkdir(directory, {recursive: true})
    await writeFile(join(directory, claim), '', {flag: 'wx'})
  } catch (error) {
    // The previous holder removed the empty directory between the two calls.
    if (hasErrno(error, 'ENOENT')) return undefined
    throw unwritable(directory, error)
  }
  if ((await claimsIn(directory)).every((name) => name === claim)) return claim
  await withdraw(directory, claim)
  return undefined
}

async function claimsIn(directory: string): Promise<string[]> {
  const claims: string[] = []
  for (const name of await readNames(directory)) {
    if (await isAbandoned(name)) await rm(join(directory, name), {force: true})
    else claims.push(name)
  }
  return claims
}

async function readNames(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return []
    throw unreadable(directory, error)
  }
}

async function withdraw(directory: string, claim: string): Promise<void> {
  await rm(join(directory, claim), {force: true})
  try {
    await rmdir(directory)
  } catch (error) {
    // Other contenders are waiting, or have removed it first.
    if (!hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error
  }
}
