import {type BackendRegistration, defineSessionBackend} from '@gtown/sdk'

/** The answer to the hook `gt:backends`. The implementation is loaded only when a command needs it. */
export default async function backends(): Promise<BackendRegistration[]> {
  return [
    defineSessionBackend({
      name: 'plain',
      // Below tmux (100) and pty (50), so gt uses it only if the user asks for it.
      priority: 1,
      available: async () =>
        process.platform === 'win32'
          ? {available: false, reason: 'it needs a Unix', hint: 'Use another session backend.'}
          : {available: true},
      load: async ({killer}) => (await import('../backend.js')).createPlainBackend(killer),
      // Called by `gt doctor`, even if the backend cannot be used.
      diagnose: async () => (await import('../diagnose.js')).diagnose(),
    }),
  ]
}
