import type {RigRef, Session} from '@gtown/sdk'
import type {Services} from './services.js'

/** The sessions labelled with this rig, from every available backend. One round trip to each. */
export async function sessionsOf(services: Services, {rig}: RigRef): Promise<Session[]> {
  const backends = await services.usableBackends()
  const lists = await Promise.all(backends.map((backend) => backend.list()))
  return lists.flat().filter(({labels}) => labels.town === rig.town.realRoot && labels.rig === rig.name)
}
