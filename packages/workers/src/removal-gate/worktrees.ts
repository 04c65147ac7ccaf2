import {entriesOf} from '../git-output.js'
import {type GateContext, runGit} from './repository.js'

/** A worktree in the list of its repository. */
export interface ListedWorktree {
  path: string
  /** Full name of the ref; undefined when HEAD is detached. */
  branch: string | undefined
  locked: boolean
}

/** All worktrees of the repository, the main one first. */
export async function listWorktrees(context: GateContext): Promise<ListedWorktree[]> {
  const text = await runGit(context, 'worktree', 'list', '--porcelain', '-z')
  return text
    .split('\0\0')
    .map(entriesOf)
    .filter((fields) => fields.length > 0)
    .map((fields) => ({
      path: fields[0]?.replace(/^worktree /, '') ?? '',
      branch: fields.find((field) => field.startsWith('branch '))?.slice('branch '.length),
      locked: fields.some((field) => field === 'locked' || field.startsWith('locked ')),
    }))
}
