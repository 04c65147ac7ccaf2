import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'

/** True where the user has ever installed or linked a plugin: the file in which oclif keeps which ones is there. */
export function hasUserPlugins(env: NodeJS.ProcessEnv): boolean {
  return existsSync(join(dataFolder(env), 'package.json'))
}

/** As oclif finds it, which tells nobody before it has loaded the plugins. */
function dataFolder({GT_DATA_DIR, XDG_DATA_HOME, LOCALAPPDATA, HOME}: NodeJS.ProcessEnv): string {
  if (GT_DATA_DIR) return GT_DATA_DIR
  const windows = process.platform === 'win32' ? LOCALAPPDATA : undefined
  return join(XDG_DATA_HOME || windows || join(HOME || homedir(), '.local', 'share'), 'gtown')
}
