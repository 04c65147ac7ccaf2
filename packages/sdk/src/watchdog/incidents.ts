/** Open incidents of which a person was notified, by id. */
export type OpenIncidents<Incident> = Readonly<Record<string, Incident>>

/** True when a person was notified of this incident. */
export function wasNotified(open: OpenIncidents<unknown>, id: string): boolean {
  return Object.hasOwn(open, id)
}

/**
 * The incidents that are over now, with their ids.
 *
 * @param raised ids of incidents that continue, since they were found again
 * @param isOver whether another incident is over; false when nothing is known
 */
export function endedIncidents<Incident>(
  open: OpenIncidents<Incident>,
  raised: readonly string[],
  isOver: (incident: Incident) => boolean,
): [id: string, incident: Incident][] {
  return Object.entries(open).filter(([id, incident]) => !raised.includes(id) && isOver(incident))
}

/**
 * The open incidents with these changes applied.
 *
 * @param changes pairs of an id and a new incident, or undefined for one that is over
 */
export function withIncidents<Incident>(
  open: OpenIncidents<Incident>,
  changes: Iterable<readonly [id: string, incident: Incident | undefined]>,
): OpenIncidents<Incident> {
  const next = new Map(Object.entries(open))
  for (const [id, incident] of changes) {
    if (incident === undefined) next.delete(id)
    else next.set(id, incident)
  }
  return Object.fromEntries(next)
}
