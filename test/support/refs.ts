import type {AgentSettings, RigRef, Session} from '@gtown/sdk'

/** The witness of rig alpha in a town without files. */
export function alphaRef(settings: AgentSettings[] = []): RigRef {
  const agentSettings = async () => settings
  const town = {root: '/town', realRoot: '/real/town', agentSettings}
  return {
    town,
    rig: {
      name: 'alpha',
      path: '/town/alpha',
      town,
      workers: async () => [],
      agentSettings,
    },
  }
}

export function aSession(more: Partial<Session> = {}): Session {
  return {
    name: 'gt-alpha-witness',
    id: '$1',
    incarnation: 'one',
    pid: 4711,
    createdAt: 0,
    lastActivityAt: 0,
    liveness: 'alive',
    attached: 0,
    stopping: false,
    labels: {town: '/real/town', rig: 'alpha', role: 'witness'},
    ...more,
  }
}
