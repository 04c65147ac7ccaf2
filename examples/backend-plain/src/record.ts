import {mkdir, readdir, readFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import type {Exit, Labels} from '@gtown/sdk'
import {hasErrno, isAbandoned, replacePrivateFile} from '@gtown/sdk/files'

/** The record of a session, in a file that only its owner can read. */
export interface PlainRecord {
  name: string
  incarnation: string
  pid: number
  /** Distinguishes its process from a later one with the same pid. */
  stamp: string
  /** The stamp of the runner, its parent. */
  runner: string
  createdAt: number
  labels: Labels
  marker?: string
  environmentRoot?: string
  stopping?: boolean
}

export function folder(): string {
  return process.env.GT_PLAIN_DIR ?? `/tmp/gt-plain-${process.getuid?.() ?? 0}`
}

export function fileOf(name: string): string {
  return join(folder(), `${name}.json`)
}

/** The file with the output of the session's program. */
export function logOf(name: string): string {
  return join(folder(), `${name}.log`)
}

/** The file in which the runner records how the session's program ended. */
export function exitFileOf(name: string): string {
  return join(folder(), `${name}.exit`)
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
  return (await readJson(fileOf(name))) as PlainRecord | undefined
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

export async function write(record: PlainRecord): Promise<void> {
  await replacePrivateFile(fileOf(record.name), JSON.stringify(record))
}

export async function remove(name: string): Promise<void> {
  for (const file of [logOf(name), exitFileOf(name), `${exitFileOf(name)}.new`, fileOf(name)])
    await rm(file, {force: true})
}

/** How the program ended: undefined while it runs, and empty if no runner was there to record it. */
export async function exitOf({name, stamp, runner}: PlainRecord): Promise<Exit | undefined> {
  // Checked first: a runner that is gone has written the file already.
  const gone = (await isAbandoned(runner)) && (await isAbandoned(stamp))
  const exit = (await readJson(exitFileOf(name))) as Exit | undefined
  return exit ?? (gone ? {} : undefined)
}
