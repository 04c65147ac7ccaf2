import {join} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {entriesOf} from '../git-output.js'
import {compareWithHead} from './compare.js'
import {changedEntries, filtersOf} from './files.js'
import {type Finding, nameFiles, reason, some, unknownFinding} from './finding.js'
import {guarded} from './guarded-git.js'
import {withScratch} from './quarantine.js'
import {type GateContext, runGit} from './repository.js'

/** Minimum number of milliseconds for reading every file. */
const READ_ALL_MS = 300_000

/** Git's own index must not be believed, and not be changed: it may say that a file is unchanged, or to ignore it. */
const BELIEVE_NOTHING = [
  ['core.sparseCheckout', 'false'],
  ['index.sparse', 'false'],
] as const

/**
 * Changes that git's status does not show: in files that are marked skip-worktree or assume-unchanged, in files whose
 * size and time are as before, and those that a filter takes out again. Every file is read and compared with HEAD.
 *
 * @param context git must be guarded
 * @param status of `git status --porcelain -z`: what it shows is not repeated
 * @param shown what a message puts before a path: empty, or the path of a submodule
 */
export async function checkHidden(context: GateContext, status: string, shown = ''): Promise<Finding[]> {
  const known = new Set((await changedEntries(context, status)).map((entry) => entry.slice(3)))
  const differing = (await differingFiles(context)).filter((path) => !known.has(path))
  if (differing.length === 0) return []
  const suspects = await notSparse(context, differing)
  const {same, pointers} = await compareWithHead(context, suspects)
  const changed: Changed = {plain: [], large: [], filtered: []}
  const filters = await filtersOf(context, suspects)
  for (const path of suspects) {
    if (same.has(path)) continue
    const kind = !filters.has(path) ? 'plain' : pointers.has(path) ? 'large' : 'filtered'
    changed[kind].push(`${shown}${path}`)
  }
  return findingsOf(changed, new Set(filters.values()))
}

/** Paths of changed files, by what is known of the change. */
interface Changed {
  plain: string[]
  /** Files of which only a pointer is committed, which names other bytes. */
  large: string[]
  /** Files that a filter stores in another form. Only the filter, which is not run, knows whether they have changed. */
  filtered: string[]
}

function findingsOf({plain, large, filtered}: Changed, filters: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = []
  if (plain.length > 0)
    findings.push(reason(`changed, but hidden from git's status: ${some(plain)}`, nameFiles('files', plain)))
  if (large.length > 0) findings.push(reason(`not committed: ${some(large)}`, nameFiles('files', large)))
  if (filtered.length > 0) {
    const by = `stored by the filter ${some([...filters])}, which gt does not run`
    findings.push(unknownFinding(`cannot tell whether ${some(filtered)} changed: ${by}`))
  }
  return findings
}

/** Compares the files with HEAD by an index that knows nothing of them yet. */
async function differingFiles(context: GateContext): Promise<string[]> {
  return await withScratch(async (scratch) => {
    const env = {GIT_INDEX_FILE: join(scratch, 'index')}
    const fresh = {
      ...context,
      timeoutMs: Math.max(context.timeoutMs, READ_ALL_MS),
      git: guarded(context.git, BELIEVE_NOTHING, env),
    }
    await runGit(fresh, 'read-tree', 'HEAD')
    const options = ['--untracked-files=no', '--ignore-submodules=all', '--no-renames']
    const status = await runGit(fresh, 'status', '--porcelain', '-z', ...options)
    return entriesOf(status).map((entry) => entry.slice(3))
  })
}

/** Leaves out the files that a sparse checkout does not have. */
async function notSparse(context: GateContext, paths: readonly string[]): Promise<string[]> {
  const entries = entriesOf(await runGit(context, 'ls-files', '-v', '-z'))
  const skipped = new Set(entries.filter((entry) => /^[Ss] /.test(entry)).map((entry) => entry.slice(2)))
  const kept: string[] = []
  for (const path of paths) {
    const isSparse = skipped.has(path) && !(await isThere(join(context.path, path)))
    if (!isSparse) kept.push(path)
  }
  return kept
}
