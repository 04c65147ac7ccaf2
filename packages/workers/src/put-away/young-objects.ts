import {readdir, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {isThere, statIfThere} from '@gtown/sdk/files'

/**
 * Lists the loose objects and the objects in cruft packs that are newer than a given time. One of them may be the blob
 * of a file that was added to an index anywhere.
 *
 * @param common absolute path of the git directory
 * @param sinceMs milliseconds since the epoch
 */
export async function youngObjects(common: string, sinceMs: number): Promise<string[]> {
  const objects = join(common, 'objects')
  const found: string[] = []
  for (const entry of await readdir(objects)) {
    if (/^[0-9a-f]{2}$/.test(entry)) found.push(...(await youngLoose(objects, entry, sinceMs)))
  }
  const packs = join(objects, 'pack')
  const names = (await isThere(packs)) ? await readdir(packs) : []
  for (const name of names.filter((name) => name.endsWith('.mtimes'))) {
    found.push(...(await youngCruft(join(packs, name.slice(0, -'.mtimes'.length)), sinceMs)))
  }
  return found
}

async function youngLoose(objects: string, prefix: string, sinceMs: number): Promise<string[]> {
  // No object was added since then.
  if ((await stat(join(objects, prefix))).mtimeMs < sinceMs) return []
  const names = (await readdir(join(objects, prefix))).filter((name) => /^[0-9a-f]{38,62}$/.test(name))
  const young = await Promise.all(
    names.map(async (name) => ((await statIfThere(join(objects, prefix, name)))?.mtimeMs ?? 0) >= sinceMs),
  )
  return names.filter((_, index) => young[index]).map((name) => prefix + name)
}

/** Reads a cruft pack. Its `.mtimes` holds one time for each name in its `.idx`, in order: gitformat-pack(5). */
async function youngCruft(pack: string, sinceMs: number): Promise<string[]> {
  const [index, times] = await Promise.all([readFile(`${pack}.idx`), readFile(`${pack}.mtimes`)])
  if (index.readUInt32BE(0) !== 0xff744f63 || index.readUInt32BE(4) !== 2) return []
  const count = index.readUInt32BE(8 + 255 * 4)
  const size = times.readUInt32BE(8) === 1 ? 20 : 32
  const names = 8 + 256 * 4
  return Array.from({length: count}, (_, at) => at)
    .filter((at) => times.readUInt32BE(12 + at * 4) * 1000 >= sinceMs)
    .map((at) => index.toString('hex', names + at * size, names + (at + 1) * size))
}
