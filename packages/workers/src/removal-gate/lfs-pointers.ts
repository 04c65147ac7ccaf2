import {createHash} from 'node:crypto'
import {linesOf} from '../git-output.js'
import {type GateContext, runGitWith} from './repository.js'

/** The text that git stores in place of a large file. */
export interface LfsPointer {
  /** Object id of the text. */
  blob: string
  text: string
  /** SHA-256 of the file. */
  oid: string
  /** Bytes of the file. */
  size: number
}

/** Maximum length of a pointer in bytes, by the specification of Git LFS. */
const LONGEST = 1024

const POINTER =
  /^([0-9a-f]{40,64}) blob \d+\n(version https:\/\/(?:git-lfs\.github|hawser\.github)\.com\/spec\/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\nsize (\d{1,15})\n)/gm

/** The pointers of Git LFS among objects, by the id of the object. */
export async function readLfsPointers(
  context: Pick<GateContext, 'git' | 'path' | 'timeoutMs'>,
  ids: Iterable<string>,
): Promise<Map<string, LfsPointer>> {
  const small = await smallBlobs(context, [...new Set(ids)])
  if (small.length === 0) return new Map()
  const contents = await runGitWith(context, `${small.join('\n')}\n`, 'cat-file', '--batch')
  const pointers = [...contents.matchAll(POINTER)].map(([, blob = '', text = '', oid = '', size]) => ({
    blob,
    text,
    oid,
    size: Number(size),
  }))
  // A file may contain what looks like another object.
  return new Map(pointers.filter(isItself).map((pointer) => [pointer.blob, pointer]))
}

async function smallBlobs(
  context: Pick<GateContext, 'git' | 'path' | 'timeoutMs'>,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return []
  const format = '--batch-check=%(objectname) %(objecttype) %(objectsize)'
  const answer = await runGitWith(context, `${ids.join('\n')}\n`, 'cat-file', format)
  return linesOf(answer)
    .map((line) => line.split(' '))
    .filter(([, type, size]) => type === 'blob' && Number(size) <= LONGEST)
    .map(([id = '']) => id)
}

function isItself({blob, text}: LfsPointer): boolean {
  const hash = createHash(blob.length === 40 ? 'sha1' : 'sha256')
  return hash.update(`blob ${Buffer.byteLength(text)}\0${text}`).digest('hex') === blob
}
