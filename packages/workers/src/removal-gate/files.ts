import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {entriesOf} from '../git-output.js'
import {isRuntimeFile, isRuntimePath} from '../runtime-paths.js'
import {evidence, type Finding, nameFiles, onlyHere, reason, some} from './finding.js'
import {type GateContext, runGit} from './repository.js'

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
  const changed = entries.filter((entry) => !entry.startsWith('!! ') && !isRuntimeFile(entry, runtimePaths))
  const findings: Finding[] = []
  if (changed.length > 0)
    findings.push(reason(`not committed: ${some(changed)}`, nameFiles('files', changed.map(pathOf))))
  if (ignored.length > 0) {
    const work = ignored.filter((path) => !isRuntimePath(path, runtimePaths))
    findings.push(evidence(`ignored, and would be deleted: ${some(ignored)}`, nameFiles('ignored', work)))
  }
  return [...findings, ...(await checkHidden(context)), ...(await checkNested(context, ignored))]
}

/** @param entry of `readStatus` */
const pathOf = (entry: string) => entry.slice(3)

/** Files marked assume-unchanged or skip-worktree: git's status does not show their changes. */
async function checkHidden(context: GateContext): Promise<Finding[]> {
  const entries = entriesOf(await runGit(context, 'ls-files', '-v', '-z'))
  const hidden: string[] = []
  for (const entry of entries) {
    const [tag = '', path] = [entry[0], entry.slice(2)]
    const isSkipped = tag === 'S' && (await isThere(join(context.path, path)))
    if (isSkipped || /[a-z]/.test(tag)) hidden.push(path)
  }
  return hidden.length > 0
    ? [reason(`git was told to ignore changes of ${some(hidden)}`, nameFiles('files', hidden))]
    : []
}

/** A repository in an ignored directory may have commits that exist nowhere else. */
async function checkNested(context: GateContext, ignored: readonly string[]): Promise<Finding[]> {
  const nested: string[] = []
  for (const path of ignored) {
    if (path.endsWith('/') && (await holdsRepository(join(context.path, path)))) nested.push(path)
  }
  return nested.length > 0
    ? [reason(`other repositories are inside: ${some(nested)}`, nested.map(repositoryIn))]
    : []
}

const repositoryIn = (path: string) => onlyHere('repository', `a repository in ${path}`)

async function holdsRepository(directory: string): Promise<boolean> {
  const entries = await readdir(directory, {withFileTypes: true})
  if (entries.some(({name}) => name === '.git')) return true
  for (const entry of entries) {
    if (entry.isDirectory() && (await holdsRepository(join(directory, entry.name)))) return true
  }
  return false
}
