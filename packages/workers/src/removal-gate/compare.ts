import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {lstat, readlink} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno} from '@gtown/sdk/files'
import {entriesOf} from '../git-output.js'
import {type LfsPointer, readLfsPointers} from './lfs-pointers.js'
import {type GateContext, runGit} from './repository.js'

interface Entry {
  mode: string
  blob: string
}

/** How files compare with what HEAD has of them. */
export interface Comparison {
  /** Paths of files with the bytes and the mode that HEAD has, or with the bytes that its pointer names. */
  same: ReadonlySet<string>
  /** Paths of files of which HEAD has only a pointer. */
  pointers: ReadonlySet<string>
}

/** Compares files with HEAD byte by byte, without any conversion. */
export async function compareWithHead(context: GateContext, paths: readonly string[]): Promise<Comparison> {
  const [same, large] = [new Set<string>(), new Set<string>()]
  if (paths.length === 0) return {same, pointers: large}
  const committed = await committedEntries(context)
  const blobs = paths.flatMap((path) => committed.get(path)?.blob ?? [])
  const pointers = await readLfsPointers(context, blobs)
  for (const path of paths) {
    const entry = committed.get(path)
    if (entry === undefined) continue
    const pointer = pointers.get(entry.blob)
    if (pointer) large.add(path)
    if (await isUnchanged(join(context.path, path), entry, pointer)) same.add(path)
  }
  return {same, pointers: large}
}

async function committedEntries(context: GateContext): Promise<Map<string, Entry>> {
  const entries = entriesOf(await runGit(context, 'ls-tree', '-r', '-z', '--full-tree', 'HEAD'))
  return new Map(
    entries.map((entry) => {
      const [mode = '', , blob = ''] = entry.slice(0, entry.indexOf('\t')).split(' ')
      return [entry.slice(entry.indexOf('\t') + 1), {mode, blob}]
    }),
  )
}

/** True if the file has the committed bytes, or those that the committed pointer names. */
async function isUnchanged(
  file: string,
  {mode, blob}: Entry,
  pointer: LfsPointer | undefined,
): Promise<boolean> {
  try {
    const stats = await lstat(file)
    if (stats.isSymbolicLink()) return mode === '120000' && (await idOfLink(file, blob)) === blob
    if (!stats.isFile() || mode === '120000') return false
    if (((stats.mode & 0o100) !== 0) !== (mode === '100755')) return false
    if (pointer?.size === stats.size && (await digest(file, 'sha256', '')) === pointer.oid) return true
    return (await digest(file, algorithmOf(blob), `blob ${stats.size}\0`)) === blob
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw error
  }
}

const algorithmOf = (id: string) => (id.length === 40 ? 'sha1' : 'sha256')

async function digest(file: string, algorithm: string, prefix: string): Promise<string> {
  const hash = createHash(algorithm).update(prefix)
  for await (const piece of createReadStream(file)) hash.update(piece)
  return hash.digest('hex')
}

async function idOfLink(file: string, blob: string): Promise<string> {
  const target = await readlink(file, {encoding: 'buffer'})
  return createHash(algorithmOf(blob)).update(`blob ${target.length}\0`).update(target).digest('hex')
}
