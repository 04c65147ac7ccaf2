import {entriesOf} from '../git-output.js'
import {isRuntimeFile, isRuntimePath} from '../runtime-paths.js'
import {compareWithHead} from './compare.js'
import {evidence, type Finding, nameFiles, reason, some} from './finding.js'
import {type GateContext, runGit, runGitWith} from './repository.js'

/** git's status with every file that differs from HEAD, and every ignored one. */
export async function readStatus(context: GateContext): Promise<string> {
  return await runGit(
    context,
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--ignored=matching',
    '--ignore-submodules=none',
    '--no-renames',
  )
}

/** Condition 2: all files are committed, except gt's own. Ignored files do not prevent a removal, but are listed. */
export async function checkFiles(
  context: GateContext,
  status: string,
  runtimePaths: readonly string[],
): Promise<Finding[]> {
  const entries = entriesOf(status)
  const ignored = entries.filter((entry) => entry.startsWith('!! ')).map(pathOf)
  const changed = (await changedEntries(context, status)).filter(
    (entry) => !isRuntimeFile(entry, runtimePaths),
  )
  const findings: Finding[] = []
  if (changed.length > 0)
    findings.push(reason(`not committed: ${some(changed)}`, nameFiles('files', changed.map(pathOf))))
  if (ignored.length > 0) {
    const work = ignored.filter((path) => !isRuntimePath(path, runtimePaths))
    findings.push(evidence(`ignored, and would be deleted: ${some(ignored)}`, nameFiles('ignored', work)))
  }
  return findings
}

/**
 * The entries of a status for what is not committed, without files that git would only write otherwise. They also leave
 * out what only other checks can tell: files that a filter stores in another form, which look changed to a git that runs
 * none (`checkHidden`), and submodules of which only files differ (`checkModuleFiles`).
 */
export async function changedEntries(context: GateContext, status: string): Promise<string[]> {
  const entries = entriesOf(status).filter((entry) => !entry.startsWith('!! '))
  const modified = entries.filter((entry) => entry.startsWith(' M ')).map(pathOf)
  if (modified.length === 0) return entries
  const filtered = await filtersOf(context, modified)
  const {same} = await compareWithHead(context, modified)
  const shallow = ['--untracked-files=no', '--ignore-submodules=dirty', '--no-renames']
  const listed = new Set(entriesOf(await runGit(context, 'status', '--porcelain', '-z', ...shallow)))
  const isElsewhere = (path: string) => filtered.has(path) || same.has(path)
  return entries.filter(
    (entry) => !entry.startsWith(' M ') || (listed.has(entry) && !isElsewhere(pathOf(entry))),
  )
}

/** The filters by the paths of files that git stores in another form. */
export async function filtersOf(
  context: GateContext,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const input = paths.map((path) => `${path}\0`).join('')
  const fields = (await runGitWith(context, input, 'check-attr', '-z', '--stdin', 'filter')).split('\0')
  const filters = new Map<string, string>()
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', , value = ''] = fields.slice(at, at + 3)
    if (!['unspecified', 'unset', 'set'].includes(value)) filters.set(path, value)
  }
  return filters
}

/** @param entry of `readStatus` */
const pathOf = (entry: string) => entry.slice(3)
