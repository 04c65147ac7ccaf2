import {readdir, realpath} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {entriesOf} from '../git-output.js'
import {isRealDirectory} from '../sandbox.js'
import {type GateContext, runGit} from './repository.js'

/** The repository of a submodule that goes with the sandbox. */
export interface ModuleRepository {
  /** How a message calls it: the path of its files, or the name of a submodule whose files are gone. */
  shown: string
  /** Name of the submodule in `.gitmodules`; undefined if only its path is known. */
  name: string | undefined
  /** Path of its files, relative to the files of its parent; undefined if they are gone. */
  path: string | undefined
  /** Absolute path of the directory with its files; undefined if they are gone. */
  files: string | undefined
  /** Absolute path without links. */
  gitDir: string
  /** Submodules of it. */
  inner: readonly ModuleRepository[]
}

/** A repository with its files, if it has any. */
interface Parent {
  gitDir: string
  files: string | undefined
  shown: string
}

/**
 * Finds the repositories of all submodules, at any depth: below `modules/` of the git directory, where those of removed
 * and deinited submodules stay, and in the files, where a submodule that was never absorbed keeps its own.
 *
 * @param context git must be guarded
 */
export async function findModules(context: GateContext, parent: Parent): Promise<ModuleRepository[]> {
  const {gitDir, files} = parent
  const withFiles = files === undefined ? [] : await filledSubmodules({...context, path: files})
  const byGitDir = new Map<string, string>()
  for (const path of withFiles) byGitDir.set(await gitDirOf(context, join(files ?? '', path)), path)
  const modules: ModuleRepository[] = []
  for (const [name, found] of await below(join(gitDir, 'modules'))) {
    const path = byGitDir.get(found)
    byGitDir.delete(found)
    modules.push(await describe(context, parent, {gitDir: found, name, path}))
  }
  for (const [found, path] of byGitDir) {
    modules.push(await describe(context, parent, {gitDir: found, name: undefined, path}))
  }
  return modules
}

async function describe(
  context: GateContext,
  parent: Parent,
  found: Pick<ModuleRepository, 'gitDir' | 'name' | 'path'>,
): Promise<ModuleRepository> {
  const {gitDir, name, path} = found
  const files = path === undefined ? undefined : join(parent.files ?? '', path)
  const shown = `${parent.shown}${path ?? name}`
  const inner = await findModules(context, {gitDir, files, shown: `${shown}/`})
  return {...found, files, shown, inner}
}

/** The git directories below a folder, by their path there: a submodule's name may contain slashes. */
async function below(folder: string, prefix = ''): Promise<[name: string, gitDir: string][]> {
  if (!(await isRealDirectory(folder))) return []
  const found: [string, string][] = []
  for (const entry of await readdir(folder, {withFileTypes: true})) {
    if (!entry.isDirectory()) continue
    const path = join(folder, entry.name)
    const name = `${prefix}${entry.name}`
    if (await isGitDirectory(path)) found.push([name, await realpath(path)])
    else found.push(...(await below(path, `${name}/`)))
  }
  return found
}

/** True for a git directory, by what git itself requires of one. */
async function isGitDirectory(path: string): Promise<boolean> {
  return (
    (await isThere(join(path, 'HEAD'))) &&
    (await isThere(join(path, 'objects'))) &&
    ((await isThere(join(path, 'refs'))) || (await isThere(join(path, 'reftable'))))
  )
}

async function gitDirOf(context: GateContext, files: string): Promise<string> {
  const answer = await runGit(
    {...context, path: files},
    'rev-parse',
    '--path-format=absolute',
    '--show-toplevel',
    '--absolute-git-dir',
  )
  const [top = '', gitDir = ''] = answer.split('\n')
  // Git would answer for the repository around a submodule whose `.git` is not usable.
  if (relative(top, await realpath(files)) !== '') return join(files, '.git')
  return await realpath(gitDir)
}

/** Paths of the submodules that have files. */
async function filledSubmodules(context: GateContext): Promise<string[]> {
  const filled: string[] = []
  for (const path of await gitlinks(context)) {
    if (await isThere(join(context.path, path, '.git'))) filled.push(path)
  }
  return filled
}

/** Paths of all submodules, with files or without. */
async function gitlinks(context: GateContext): Promise<string[]> {
  return entriesOf(await runGit(context, 'ls-files', '--stage', '-z'))
    .filter((entry) => entry.startsWith('160000 '))
    .map((entry) => entry.slice(entry.indexOf('\t') + 1))
}

/**
 * Paths of files in the folders of submodules that are not initialised, or are deinited. Git shows nothing that is in
 * such a folder, whose repository it expects to say it.
 */
export async function strayFiles(context: GateContext): Promise<string[]> {
  const strays: string[] = []
  for (const path of await gitlinks(context)) {
    const folder = join(context.path, path)
    if (!(await isRealDirectory(folder)) || (await isThere(join(folder, '.git')))) continue
    const entries = await readdir(folder, {recursive: true, withFileTypes: true})
    const files = entries.filter((entry) => !entry.isDirectory())
    strays.push(...files.map((entry) => relative(context.path, join(entry.parentPath, entry.name))))
  }
  return strays
}

/** All submodules, those of submodules included. */
export function flatten(modules: readonly ModuleRepository[]): ModuleRepository[] {
  return modules.flatMap((module) => [module, ...flatten(module.inner)])
}
