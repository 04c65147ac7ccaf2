import {GtError, prefixed} from '@gtown/sdk'
import {type GitOptions, git} from './git.js'
import {withoutCredentials} from './source.js'

/**
 * Clones a repository bare, but with remote-tracking branches, so that `origin/<branch>` works as in any clone. Rejects
 * for a repository without commits.
 *
 * @param directory absolute path, created by the clone
 * @returns the name of the default branch
 */
export async function cloneBare(source: string, directory: string, options: GitOptions): Promise<string> {
  const shown = withoutCredentials(source)
  const refspec = 'remote.origin.fetch=+refs/heads/*:refs/remotes/origin/*'
  try {
    await git(['clone', '--bare', '--progress', '--config', refspec, '--', source, directory], options)
    return await settleDefaultBranch({...options, cwd: directory})
  } catch (error) {
    throw prefixed(`cannot clone ${shown}`, error)
  }
}

/** The branch that HEAD names. When it names none, as after cloning a detached HEAD, HEAD is set to the likely one. */
async function settleDefaultBranch(options: GitOptions): Promise<string> {
  const lines = await git(['for-each-ref', '--format=%(HEAD)%(refname:strip=2)', 'refs/heads'], options)
  const branches = lines.split('\n').filter((line) => line !== '')
  const current = branches.find((line) => line.startsWith('*'))
  if (current) return current.slice(1)
  const likely = chooseBranch(branches.map((line) => line.slice(1)))
  await git(['symbolic-ref', 'HEAD', `refs/heads/${likely}`], options)
  return likely
}

function chooseBranch(branches: string[]): string {
  const only = branches.length === 1 ? branches[0] : undefined
  const likely = only ?? ['main', 'master'].find((name) => branches.includes(name))
  if (likely !== undefined) return likely
  throw branches.length === 0
    ? new GtError('it has no commits', {
        code: 'SOURCE_EMPTY',
        hint: 'Push a first commit there, then try again.',
      })
    : new GtError('its default branch is unknown', {
        code: 'NO_DEFAULT_BRANCH',
        hint: 'Set HEAD of that repository to a branch, then try again.',
      })
}
