import {killer, strayMarkers} from '@gtown/process'
import {GtError, type Killer} from '@gtown/sdk'

/** The services that find and end stray processes. */
interface System {
  strayMarkers: (prefix: string) => Promise<readonly string[]>
  killer: Pick<Killer, 'end'>
}

/** See `Services.endStrays`. Rejects with the survivors if any process cannot be ended. */
export async function endStrays(
  prefix: string,
  {graceMs}: {graceMs: number},
  system: System = {strayMarkers, killer},
): Promise<number> {
  const markers = await system.strayMarkers(prefix)
  for (const marker of markers) {
    const survivors = await system.killer.end({roots: [], marker}, {graceMs})
    if (survivors.length === 0) continue
    const list = survivors.map(({pid, command}) => `${pid} (${command})`).join(', ')
    throw new GtError(`processes of an earlier session could not be ended: ${list}`, {
      code: 'SURVIVORS',
      details: {survivors},
    })
  }
  return markers.length
}
