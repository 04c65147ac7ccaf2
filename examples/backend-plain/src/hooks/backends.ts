import {type BackendRegistration, defineSessionBackend} from '@gtown/sdk'

/** What gt asks every plugin for. The implementation is loaded only when a command needs it. */
export default async function backends(): Promise<BackendRegistration[]> {
  return [
    defineSessionBackend({
      name: 'plain',
      // Below tmux (100) and pty (50): chosen only where somebody asks for it.
      priority: 1,
      available: async () =>
        process.platform === 'win32'
          ? {available: false, reason: 'it needs a Unix', hint: 'Use another session backend.'}
          : {available: true},
      load: async ({killer}) => (await import('../backend.js')).createPlainBackend(killer),
      // Asked by `gt doctor`, where the backend cannot be used, too.
      diagnose: async () => (await import('../diagnose.js')).diagnose(),
    }),
  ]
}
