import {shorten} from '@gtown/sdk'
import {countOf} from '../count-of.js'

/**
 * What kind of work it is. After a purge, `commits` and `stash` still exist: the rig's repository keeps them. Everything
 * else is gone, `ignored` included, which alone does not refuse a removal.
 */
export type OnlyHereKind =
  | 'files'
  | 'ignored'
  | 'commits'
  | 'submodule'
  | 'lfs'
  | 'repository'
  | 'stash'
  | 'operation'
  | 'refs'

/** Something that may exist only in a sandbox. */
export interface OnlyHere {
  kind: OnlyHereKind
  /** A few printable words that fit into a list, such as `.env`, `out/` or `2 commits in lib/`. */
  what: string
}

/** The result of one check of a sandbox. */
export interface Finding {
  /** `evidence`: nothing against a removal; `reason`: must not be removed; `unknown`: check failed, so not removed. */
  is: 'evidence' | 'reason' | 'unknown'
  text: string
  /** What the finding is about, one by one. */
  only: readonly OnlyHere[]
}

export const evidence = (text: string, only: readonly OnlyHere[] = []): Finding => ({
  is: 'evidence',
  text,
  only,
})
export const reason = (text: string, only: readonly OnlyHere[] = []): Finding => ({is: 'reason', text, only})
export const unknownFinding = (text: string): Finding => ({is: 'unknown', text, only: []})

/** One thing that may exist only in the sandbox. */
export const onlyHere = (kind: OnlyHereKind, what: string): OnlyHere => ({kind, what: shorten(what)})

/** The first few names, and the number of the others. */
export function some(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => shorten(name))
  const more = names.length - shown.length
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** Names files one by one, but several in the same folder by their number: `notes, 3 files in src/`. */
export function nameFiles(kind: OnlyHereKind, paths: readonly string[]): OnlyHere[] {
  const folders = new Map<string, string[]>()
  for (const path of paths) {
    const top = /^[^/]+\/(?=.)/.exec(path)?.[0] ?? path
    folders.set(top, [...(folders.get(top) ?? []), path])
  }
  return [...folders].map(([top, inside]) => {
    const [first = '', ...others] = inside
    return onlyHere(kind, others.length === 0 ? first : `${countOf(inside.length, 'file')} in ${top}`)
  })
}
