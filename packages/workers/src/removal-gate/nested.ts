import {readdir} from 'node:fs/promises'
import {basename, dirname, join, relative} from 'node:path'
import {entriesOf} from '../git-output.js'
import {type Finding, onlyHere, reason, some, unknownFinding} from './finding.js'
import {type GateContext, runGit} from './repository.js'

/** Limits of the search for repositories in a sandbox. */
export interface SearchLimits {
  folders: number
  milliseconds: number
}

const LIMITS: SearchLimits = {folders: 200_000, milliseconds: 60_000}

/** Folders in which other version control systems keep a history. */
const OTHERS = ['.jj', '.hg', '.svn', '.bzr', '_darcs', '.pijul', '.sl']

/** Files in which Fossil keeps the state of a checkout. */
const FOSSIL = ['.fslckout', '_FOSSIL_']

/** Names that make the folder around them a repository or a checkout. */
const MARKS: ReadonlySet<string> = new Set(['.git', ...OTHERS, ...FOSSIL])

/**
 * Finds repositories anywhere in the sandbox, in ignored folders, too: they may have commits that exist nowhere else. Git
 * does not show one in a folder with tracked files. Test data that is tracked does not count.
 *
 * @param known absolute paths of the sandbox itself and of its submodules' files
 */
export async function checkNested(
  context: GateContext,
  known: ReadonlySet<string>,
  limits: SearchLimits = LIMITS,
): Promise<Finding[]> {
  const tracked = await trackedPaths(context, known)
  const {found, isComplete} = await search(context.path, known, limits)
  const nested = found.filter((path) => basename(path) === '.git' || !tracked.has(path)).map(holderOf)
  const findings: Finding[] = []
  if (nested.length > 0) {
    const only = nested.map((path) => onlyHere('repository', `a repository in ${path}`))
    findings.push(reason(`other repositories are inside: ${some(nested)}`, only))
  }
  if (!isComplete)
    findings.push(unknownFinding('too many folders to look through them all for other repositories'))
  return findings
}

/** Tracked files and the folders around them, relative to the sandbox. */
async function trackedPaths(context: GateContext, known: ReadonlySet<string>): Promise<Set<string>> {
  const tracked = new Set<string>()
  for (const path of known) {
    const files = entriesOf(await runGit({...context, path}, 'ls-files', '-z'))
    for (const file of files) {
      let way = join(relative(context.path, path), file)
      for (; way !== '.' && !tracked.has(way); way = dirname(way)) tracked.add(way)
    }
  }
  return tracked
}

/** The folder that a repository belongs to. */
function holderOf(path: string): string {
  const holder = MARKS.has(basename(path)) ? dirname(path) : path
  return `${holder}/`
}

interface Folder {
  /** Absolute path: a name need not be valid UTF-8. */
  path: Buffer
  /** Path relative to the sandbox, as text. */
  shown: string
}

/** @returns paths relative to the top of what makes a folder a repository */
async function search(
  top: string,
  known: ReadonlySet<string>,
  {folders, milliseconds}: SearchLimits,
): Promise<{found: string[]; isComplete: boolean}> {
  const found: string[] = []
  const until = performance.now() + milliseconds
  const waiting: Folder[] = [{path: Buffer.from(top), shown: ''}]
  for (let count = 0; ; count++) {
    const folder = waiting.pop()
    if (folder === undefined) return {found, isComplete: true}
    if (count >= folders || performance.now() > until) return {found, isComplete: false}
    const entries = await readdir(folder.path, {withFileTypes: true, encoding: 'buffer'})
    const names = new Set(entries.map(({name}) => name.toString()))
    const isKnown = known.has(join(top, folder.shown))
    found.push(...marksIn(folder, names).filter((mark) => !(isKnown && basename(mark) === '.git')))
    for (const entry of entries) {
      if (entry.isDirectory() && !MARKS.has(entry.name.toString())) waiting.push(within(folder, entry.name))
    }
  }
}

function within({path, shown}: Folder, name: Buffer): Folder {
  return {path: Buffer.concat([path, Buffer.from('/'), name]), shown: join(shown, name.toString())}
}

/** What makes a folder a repository: itself, if it is a bare one, and names in it. */
function marksIn({shown}: Folder, names: ReadonlySet<string>): string[] {
  const marks = [...names].filter((name) => MARKS.has(name)).map((name) => join(shown, name))
  return isBare(names) ? [shown, ...marks] : marks
}

/** By what git requires of a repository. */
const isBare = (names: ReadonlySet<string>) =>
  names.has('HEAD') && names.has('objects') && (names.has('refs') || names.has('reftable'))
