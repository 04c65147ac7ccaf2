import {type Availability, defineSessionBackend, shorten} from '@gtown/sdk'

export const ptyRegistration = defineSessionBackend({
  name: 'pty',
  priority: 50,
  available: () => loadable(() => import('@lydell/node-pty')),
  load: async ({killer}) => (await import('./backend.js')).createPtyBackend({killer}),
  diagnose: async () => (await import('./diagnose.js')).diagnose(process.env),
})

/** Checks by loading the pty library: its files may be installed and still not work on this system. */
export async function loadable(load: () => Promise<unknown>): Promise<Availability> {
  try {
    await load()
    return {available: true}
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    return {
      available: false,
      reason: `@lydell/node-pty cannot be loaded: ${shorten(reason, 200)}`,
      hint: 'Install gt again with its optional packages (npm install --include=optional), or install tmux.',
    }
  }
}
