import {lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'

const UNUSED_DAYS = 30
const SUM_BYTES = 4
/** The checksum covers one word in 256, that is, four in each 4 KiB disk block. */
const SAMPLE_WORDS = 256

/**
 * The folder for compiled files in the user's cache; created if missing. Undefined if another user owns it or may
 * write to it, because files from there are executed.
 */
export function compiledFolder(env: NodeJS.ProcessEnv): string | undefined {
  return env.NODE_DISABLE_COMPILE_CACHE ? undefined : ownFolder(cacheHome(env))
}

/** The compiled code of that name; undefined if it is missing or damaged, which would crash V8. */
export function readCompiled(folder: string, name: string): Buffer | undefined {
  try {
    const kept = readFileSync(join(folder, name))
    const compiled = kept.subarray(0, -SUM_BYTES)
    return sampleSum(compiled) === kept.readInt32LE(compiled.length) ? compiled : undefined
  } catch {
    // Missing or unreadable. gt only starts slower.
    return undefined
  }
}

/**
 * Saves compiled code for later starts, and removes files unused for a long time, which come from other versions of
 * gt.
 */
export function keepCompiled(folder: string, name: string, compiled: Buffer): void {
  const temporary = join(folder, `${name}.${process.pid}`)
  try {
    const sum = Buffer.alloc(SUM_BYTES)
    sum.writeInt32LE(sampleSum(compiled))
    writeFileSync(temporary, Buffer.concat([compiled, sum]), {flag: 'wx', mode: 0o600})
    renameSync(temporary, join(folder, name))
    dropOld(folder)
  } catch {
    // For example, the disk is full. gt only starts slower.
    rmSync(temporary, {force: true})
  }
}

/** A checksum of every byte would load `node:zlib` and streams, which costs two milliseconds. */
function sampleSum(compiled: Buffer): number {
  const words = new Int32Array(compiled.buffer, compiled.byteOffset, compiled.length >> 2)
  let sum = compiled.length
  for (let at = 0; at < words.length; at += SAMPLE_WORDS) sum = (Math.imul(sum, 31) + (words[at] ?? 0)) | 0
  return sum
}

function dropOld(folder: string): void {
  const limit = Date.now() - UNUSED_DAYS * 86_400_000
  for (const name of readdirSync(folder)) {
    const stats = lstatSync(join(folder, name), {throwIfNoEntry: false})
    if (stats?.isFile() && stats.mtimeMs < limit) rmSync(join(folder, name), {force: true})
  }
}

function cacheHome({XDG_CACHE_HOME: given = '', HOME}: NodeJS.ProcessEnv): {home: string; cache: string} {
  if (isAbsolute(given)) return {home: given, cache: given}
  const home = HOME || homedir()
  return {home, cache: join(home, '.cache')}
}

function ownFolder({home, cache}: {home: string; cache: string}): string | undefined {
  const folder = join(cache, 'gtown', 'compiled')
  try {
    if (isOwn(folder) === undefined) {
      // When root runs gt in another user's home, it must not leave a folder there that the user cannot write to. An
      // explicitly named cache directory may be created; a home may not.
      if (!(isOwn(home) ?? home === cache)) return undefined
      mkdirSync(folder, {recursive: true, mode: 0o700})
    }
    return isOwn(folder) ? folder : undefined
  } catch {
    // For example, the home is read-only. gt only starts slower.
    return undefined
  }
}

/** True for a folder that only this user can write to; undefined if nothing is there. */
function isOwn(path: string): boolean | undefined {
  const stats = lstatSync(path, {throwIfNoEntry: false})
  if (stats === undefined) return undefined
  return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0
}
