import type {RoleRef, Session} from '@gtown/sdk'
import type {Services} from './services.js'

/** The sessions that their labels mark as the rig's, whatever their role. */
export async function sessionsOf(services: Services, {rig}: RoleRef): Promise<Session[]> {
  const sessions = await (await services.backend()).list()
  return sessions.filter(({labels}) => labels.town === rig.town.realRoot && labels.rig === rig.name)
}
