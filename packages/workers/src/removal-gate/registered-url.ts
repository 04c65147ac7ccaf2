import {basename, dirname, join} from 'node:path'
import {readForeignFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'

const registry = v.objectOf({rigs: v.nullish(v.recordOf(v.objectOf({git_url: v.nullish(v.text)})))})

/**
 * The address of a rig's origin as the town's registry has it; undefined if the registry does not name the rig. Git's
 * remotes are no source: whoever works in a sandbox can rename them, or point them elsewhere.
 *
 * @param commonDir git directory of the rig's repository, in one of the two layouts
 */
export function registeredUrl(commonDir: string): string | undefined {
  const rig = rigOf(commonDir)
  if (rig === undefined) return undefined
  const content = readForeignFile(join(dirname(rig), 'mayor', 'rigs.json'), registry)
  return content?.rigs?.[basename(rig)]?.git_url ?? undefined
}

function rigOf(commonDir: string): string | undefined {
  if (basename(commonDir) === '.repo.git') return dirname(commonDir)
  const suffix = join('mayor', 'rig', '.git')
  return commonDir.endsWith(`/${suffix}`) ? commonDir.slice(0, -suffix.length - 1) : undefined
}
