import {accessSync, constants, statSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {type Availability, defineSessionBackend} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import {notInstalled} from './errors.js'

export const tmuxRegistration = defineSessionBackend({
  name: 'tmux',
  priority: 100,
  available: () => findTmux(process.env.PATH ?? ''),
  load: async ({killer}) => (await import('./backend.js')).createTmuxBackend({killer}),
  diagnose: async () => (await import('./diagnose.js')).diagnose(process.env),
})

/** Looks for tmux in the folders of a PATH. Starts no process. */
export async function findTmux(path: string): Promise<Availability> {
  for (const folder of path.split(delimiter)) {
    if (isExecutable(join(folder || '.', 'tmux'))) return {available: true}
  }
  return {available: false, ...notInstalled}
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return false
    throw error
  }
}
