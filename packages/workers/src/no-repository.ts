import {GtError, type Rig} from '@gtown/sdk'

/** The error for a rig without a repository for worktrees. */
export function noRepository({name, path}: Pick<Rig, 'name' | 'path'>): GtError {
  return new GtError(`rig '${name}' has no repository: neither .repo.git nor mayor/rig is in ${path}`, {
    code: 'NO_REPOSITORY',
    hint: 'Add the rig with gt rig add, which creates one.',
  })
}
