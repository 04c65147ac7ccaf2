import {processState} from '@gtown/process/state'
import type {Config} from '@oclif/core'
import {openBackends} from '../registry/backends.js'
import type {Services} from '../supervisor/services.js'

/**
 * Assembles the supervisor's services. Each part is loaded on first use, because `status` needs neither start nor
 * stop.
 */
export function createServices(config: Config): Services {
  const backends = openBackends(config)
  return {
    firstBackend: backends.first,
    backendNamed: backends.named,
    usableBackends: backends.usable,
    env: process.env,
    processState,
    identify: async (pid) => (await import('@gtown/process')).identify(pid),
    endStrays: async (...args) => (await import('./end-strays.js')).endStrays(...args),
    sessionProcesses: async (...args) => (await import('@gtown/process')).sessionProcesses(...args),
    runsUnder: async (pid) => (await import('@gtown/process')).runsUnder(pid),
    runAgainOutside: async (...args) => (await import('./run-again-outside.js')).runAgainOutside(...args),
    warn: (message) => process.stderr.write(`warning: ${message}\n`),
  }
}
