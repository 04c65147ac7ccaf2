import {killer, strayMarkers} from '@gtown/process'
import {GtError} from '@gtown/sdk'

/** See `Services.endStrays`. Rejects, naming the survivors, when something lives on. */
export async function endStrays(prefix: string, {graceMs}: {graceMs: number}): Promise<number> {
  const markers = await strayMarkers(prefix)
  for (const marker of markers) {
    const survivors = await killer.end({roots: [], marker}, {graceMs})
    if (survivors.length === 0) continue
    const list = survivors.map(({pid, command}) => `${pid} (${command})`).join(', ')
    throw new GtError(`processes of an earlier session could not be ended: ${list}`, {
      code: 'SURVIVORS',
      details: {survivors},
    })
  }
  return markers.length
}
