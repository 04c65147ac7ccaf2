import type {Stats} from 'node:fs'
import {readFile, stat} from 'node:fs/promises'
import {hasErrno} from './errno.js'

/** The text of a file; undefined if there is none. Rejects as `readFile` does if it cannot be read. */
export function readIfThere(file: string): Promise<string | undefined> {
  return ifThere(readFile(file, 'utf8'))
}

/** The `stat` of a file or folder; undefined if there is none. Follows links. */
export function statIfThere(path: string): Promise<Stats | undefined> {
  return ifThere(stat(path))
}

async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}
