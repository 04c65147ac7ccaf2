import type {Git} from '@gtown/sdk/git'
import {entriesOf} from '../git-output.js'
import {type GateContext, runGitIfAny} from './repository.js'

/** Git must not fetch what a partial clone lacks: the configuration chooses the program that fetches it. */
const OFFLINE = {GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: ''}

/** Settings that could make git start a program, or hide a change from it. */
const HARMLESS = [
  ['log.showSignature', 'false'],
  ['core.ignoreStat', 'false'],
  ['core.splitIndex', 'false'],
  ['core.untrackedCache', 'false'],
] as const

type Settings = readonly (readonly [key: string, value: string])[]

/** Git with settings over those of every file, and with variables over those of the environment. */
export function guarded(git: Git, settings: Settings, env: Readonly<Record<string, string>>): Git {
  return async (args, options) =>
    await git(args, {
      ...options,
      settings: [...(options.settings ?? []), ...settings],
      env: {...options.env, ...env},
    })
}

/**
 * The context for git in a place that an agent can write. Git then contacts no remote, and runs none of the programs
 * that the configuration names there. It runs no clean or smudge filters either, so a file that is stored in another
 * form may look changed.
 *
 * @param repositories git directories of the submodules, whose configuration may name filters, too
 */
export async function guardedContext<Context extends GateContext>(
  context: Context,
  repositories: readonly string[] = [],
): Promise<Context> {
  const git = guarded(context.git, HARMLESS, OFFLINE)
  const keys = await filterKeys({...context, git})
  for (const repository of repositories)
    keys.push(...(await filterKeys(repositoryContext(context, repository))))
  const names = new Set(keys.map((key) => key.slice('filter.'.length, key.lastIndexOf('.'))))
  const filters = [...names].flatMap((name) => [
    [`filter.${name}.clean`, ''] as const,
    [`filter.${name}.smudge`, ''] as const,
    [`filter.${name}.process`, ''] as const,
    [`filter.${name}.required`, 'false'] as const,
  ])
  return {...context, git: guarded(git, filters, {})}
}

/** The context for a git directory as such, whether it has files somewhere or not. */
export function repositoryContext<Context extends GateContext>(context: Context, gitDir: string): Context {
  const env = {...OFFLINE, GIT_DIR: gitDir, GIT_WORK_TREE: gitDir}
  return {...context, path: gitDir, git: guarded(context.git, HARMLESS, env)}
}

async function filterKeys(context: GateContext): Promise<string[]> {
  return entriesOf(
    await runGitIfAny(context, 'config', '--includes', '--name-only', '-z', '--get-regexp', '^filter\\.'),
  )
}
