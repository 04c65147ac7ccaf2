import {isSafeName, type Place} from '@gtown/sdk'
import {isDirectory} from '../files/is-directory.js'
import {withoutCredentials} from '../git/source.js'
import {compareBytes} from '../polecats.js'
import {readRegistry} from '../registry.js'
import {rigOf} from '../rig.js'
import {findWorkspace} from '../workspace/discover.js'

/** One rig as `gt rig list --json` shows it. */
export interface ListedRig {
  name: string
  /** Without passwords. Null when the registry has none. */
  git_url: string | null
  /** Null for a name that cannot be a directory's. Only a hand-edited registry has such names. */
  path: string | null
  /** True when the rig's directory exists. */
  exists: boolean
  polecats: string[]
}

/** The registered rigs of the town at this place, in byte order. */
export async function listRegisteredRigs(place: Place): Promise<{town: string; rigs: ListedRig[]}> {
  const workspace = await findWorkspace(place)
  const {rigs} = await readRegistry(workspace)
  const listed: ListedRig[] = []
  for (const name of [...rigs.keys()].sort(compareBytes)) {
    const url = rigs.get(name)?.git_url
    const git_url = url ? withoutCredentials(url) : null
    if (!isSafeName(name)) {
      listed.push({name, git_url, path: null, exists: false, polecats: []})
      continue
    }
    const rig = rigOf(workspace, name)
    const exists = await isDirectory(rig.path)
    listed.push({name, git_url, path: rig.path, exists, polecats: await rig.workers()})
  }
  return {town: workspace.town.root, rigs: listed}
}
