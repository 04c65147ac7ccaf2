import {lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'

const UNUSED_DAYS = 30
const SUM_BYTES = 4
/** Of 256 words one is summed up: four of each block of 4 KiB that a disk could lose. */
const SAMPLE_WORDS = 256

/**
 * The folder of the user's cache in which compiled files are kept, made where it is missing. What is read there is run:
 * a folder that another user owns or may write to is not used, and then this is undefined.
 */
export function compiledFolder(env: NodeJS.ProcessEnv): string | undefined {
  return env.NODE_DISABLE_COMPILE_CACHE ? undefined : ownFolder(cacheHome(env))
}

/** What is kept under that name; undefined where that is nothing, or damaged: V8 would crash of it. */
export function readCompiled(folder: string, name: string): Buffer | undefined {
  try {
    const kept = readFileSync(join(folder, name))
    const compiled = kept.subarray(0, -SUM_BYTES)
    return sampleSum(compiled) === kept.readInt32LE(compiled.length) ? compiled : undefined
  } catch {
    // Nothing, or nothing that can be read: gt only starts slower.
    return undefined
  }
}

/** Keeps it for later starts, and drops what has been there for long: another version of gt has left it. */
export function keepCompiled(folder: string, name: string, compiled: Buffer): void {
  const temporary = join(folder, `${name}.${process.pid}`)
  try {
    const sum = Buffer.alloc(SUM_BYTES)
    sum.writeInt32LE(sampleSum(compiled))
    writeFileSync(temporary, Buffer.concat([compiled, sum]), {flag: 'wx', mode: 0o600})
    renameSync(temporary, join(folder, name))
    dropOld(folder)
  } catch {
    // A full disk, say: gt only starts slower.
    rmSync(temporary, {force: true})
  }
}

/** A checksum of every byte would need `node:zlib`, and streams with it: two milliseconds. */
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
      // Run by root in somebody's home, gt must not leave a folder there that they cannot write to. A cache directory
      // that the user names may be made, a home may not.
      if (!(isOwn(home) ?? home === cache)) return undefined
      mkdirSync(folder, {recursive: true, mode: 0o700})
    }
    return isOwn(folder) ? folder : undefined
  } catch {
    // Whatever keeps it from being used, such as a read-only home: gt only starts slower.
    return undefined
  }
}

/** True for a folder that only this user can write to; undefined where there is nothing. */
function isOwn(path: string): boolean | undefined {
  const stats = lstatSync(path, {throwIfNoEntry: false})
  if (stats === undefined) return undefined
  return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0
}
