import {endedIncidents, wasNotified, withIncidents} from '@gtown/sdk/watchdog'
import type {Action, Verdict} from '../actions.js'
import type {Incidents, PolecatMemory} from './memory.js'

/** Verdicts that do not show whether an incident is over. */
const SILENT: ReadonlySet<Verdict> = new Set(['skipped', 'indeterminate', 'mass event'])

/**
 * The actions without repeated escalations, and with a resolve for every incident that is over. An incident is over when
 * the verdict is a different one, but not when the verdict is that nothing is known.
 */
export function withoutRepeats(
  actions: readonly Action[],
  {incidents: open, crashLooping}: Pick<PolecatMemory, 'incidents' | 'crashLooping'>,
  verdict: Verdict,
): Action[] {
  const raised = actions.flatMap((action) => (action.kind === 'escalate' ? [action.key] : []))
  const fresh = actions.filter((action) => action.kind !== 'escalate' || !wasNotified(open, action.key))
  if (SILENT.has(verdict) || actions.some(({kind}) => kind === 'observe')) return fresh
  // A crash loop ends when its crashes are forgotten, not with the next start.
  const lasts = (cause: string) => cause === 'crash-looping' && crashLooping
  const over = endedIncidents(
    open,
    raised,
    ({cause}) => !lasts(cause) && isOver(cause, verdict, raised.length === 0),
  )
  return [...fresh, ...over.map(([key, {cause}]): Action => ({kind: 'resolve', cause, key}))]
}

/** False while the verdict stays the same, unless it raised a new incident, such as for another commit. */
function isOver(cause: string, verdict: Verdict, nothingRaised: boolean): boolean {
  if (cause === 'indeterminate') return true
  return verdict !== 'unclear' && !(nothingRaised && cause.startsWith(verdict))
}

/** Resolves all these incidents. */
export function resolveAll(open: Incidents): Action[] {
  return Object.entries(open).map(([key, {cause}]) => ({kind: 'resolve', cause, key}))
}

/** The open incidents after these actions. */
export function incidentsAfter(open: Incidents, actions: readonly Action[], now: number): Incidents {
  return withIncidents(
    open,
    actions.flatMap((action): [string, Incidents[string] | undefined][] => {
      if (action.kind === 'escalate') return [[action.key, {cause: action.cause, since: now}]]
      return action.kind === 'resolve' ? [[action.key, undefined]] : []
    }),
  )
}
