import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {isRuntimeFile} from '../runtime-paths.js'
import {evidence, type Finding, reason, some} from './finding.js'
import {ask, entriesOf, type GateContext} from './repository.js'

/** Every file that differs from HEAD, and every ignored one, as git says it. */
export async function readStatus(context: GateContext): Promise<string> {
  return await ask(
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

/** Condition 2: no file is anywhere but in a commit, but for gt's own; ignored ones are named before they go. */
export async function checkFiles(
  context: GateContext,
  status: string,
  runtimePaths: readonly string[],
): Promise<Finding[]> {
  const entries = entriesOf(status)
  const ignored = entries.filter((entry) => entry.startsWith('!! ')).map((entry) => entry.slice(3))
  const changed = entries.filter((entry) => !entry.startsWith('!! ') && !isRuntimeFile(entry, runtimePaths))
  const findings: Finding[] = []
  if (changed.length > 0) findings.push(reason(`not committed: ${some(changed)}`))
  if (ignored.length > 0) findings.push(evidence(`ignored, and would go: ${some(ignored)}`))
  return [...findings, ...(await checkHidden(context)), ...(await checkNested(context, ignored))]
}

/** Files that git was told not to look at: their changes stand in no status. */
async function checkHidden(context: GateContext): Promise<Finding[]> {
  const entries = entriesOf(await ask(context, 'ls-files', '-v', '-z'))
  const hidden: string[] = []
  for (const entry of entries) {
    const [tag = '', path] = [entry[0], entry.slice(2)]
    const isSkipped = tag === 'S' && (await isThere(join(context.path, path)))
    if (isSkipped || /[a-z]/.test(tag)) hidden.push(path)
  }
  return hidden.length > 0 ? [reason(`git was told to overlook changes of ${some(hidden)}`)] : []
}

/** A repository in an ignored directory has commits that stand nowhere else. */
async function checkNested(context: GateContext, ignored: readonly string[]): Promise<Finding[]> {
  const nested: string[] = []
  for (const path of ignored) {
    if (path.endsWith('/') && (await holdsRepository(join(context.path, path)))) nested.push(path)
  }
  return nested.length > 0 ? [reason(`other repositories are inside: ${some(nested)}`)] : []
}

async function holdsRepository(directory: string): Promise<boolean> {
  const entries = await readdir(directory, {withFileTypes: true})
  if (entries.some(({name}) => name === '.git')) return true
  for (const entry of entries) {
    if (entry.isDirectory() && (await holdsRepository(join(directory, entry.name)))) return true
  }
  return false
}
