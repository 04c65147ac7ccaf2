import {mkdir, readdir, readFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import type {Exit, Labels} from '@gtown/sdk'
import {hasErrno, isAbandoned, replacePrivateFile} from '@gtown/sdk/files'

/** What is kept of a session, in one file that only its owner can read. */
export interface PlainRecord {
  name: string
  incarnation: string
  pid: number
  /** Tells its process from a later one with the same number. */
  stamp: string
  /** The same of the runner that is its parent. */
  runner: string
  createdAt: number
  labels: Labels
  marker?: string
  environmentRoot?: string
  stopping?: boolean
  exit?: Exit
}

export function folder(): string {
  return process.env.GT_PLAIN_DIR ?? `/tmp/gt-plain-${process.getuid?.() ?? 0}`
}

export function fileOf(name: string): string {
  return join(folder(), `${name}.json`)
}

/** What the session's program prints. */
export function logOf(name: string): string {
  return join(folder(), `${name}.log`)
}

export async function makeFolder(): Promise<void> {
  await mkdir(folder(), {recursive: true, mode: 0o700})
}

export async function names(): Promise<string[]> {
  try {
    return (await readdir(folder()))
      .filter((name) => /^\w.*\.json$/.test(name))
      .map((name) => name.slice(0, -5))
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return []
    throw error
  }
}

export async function read(name: string): Promise<PlainRecord | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(name), 'utf8')) as PlainRecord
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

export async function write(record: PlainRecord): Promise<void> {
  await replacePrivateFile(fileOf(record.name), JSON.stringify(record))
}

export async function remove(name: string): Promise<void> {
  await rm(logOf(name), {force: true})
  await rm(fileOf(name), {force: true})
}

/** As long as the runner lives, it is the one to say that the program has ended, and how. */
export async function hasEnded({exit, stamp, runner}: PlainRecord): Promise<boolean> {
  return exit !== undefined || ((await isAbandoned(runner)) && (await isAbandoned(stamp)))
}
