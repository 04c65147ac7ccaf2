/** What a person was told of and what is not over yet, by its id. */
export type OpenIncidents<Incident> = Readonly<Record<string, Incident>>

/** True where a person was told of it already. */
export function wasTold(open: OpenIncidents<unknown>, id: string): boolean {
  return Object.hasOwn(open, id)
}

/**
 * The open incidents that are over now, each with its id.
 *
 * @param raised ids of those that go on, since this look has found them again
 * @param isOver of another one: whether this look tells that it is over. One that tells nothing ends none.
 */
export function endedIncidents<Incident>(
  open: OpenIncidents<Incident>,
  raised: readonly string[],
  isOver: (incident: Incident) => boolean,
): [id: string, incident: Incident][] {
  return Object.entries(open).filter(([id, incident]) => !raised.includes(id) && isOver(incident))
}

/**
 * The open incidents after these changes.
 *
 * @param changes an incident that was told, or undefined for the end of one, each with its id
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
