import {isGtError, type RigRef} from '@gtown/sdk'
import {afterRestart, asCrashLoop, isStable, type Restarts} from '../restarts/back-off.js'
import {type AllRestarts, updateRestarts} from '../restarts/file.js'
import {deacon} from '../role.js'
import {type Decision, witnessOf} from './decide.js'
import {type CycleReport, type Notice, type Outcome, type WitnessReport, witnessReport} from './report.js'
import type {Watch} from './watch.js'

/** Time limit for a witness to become ready. The other rigs wait meanwhile. */
const READY_WITHIN_MS = 60_000

export interface Job extends Watch {
  /** Rigs by name. */
  refs: ReadonlyMap<string, RigRef>
  signal: AbortSignal
}

/** Records the consequences of these decisions for later restarts, before any of them is carried out. */
export async function noteRestarts(
  {town, warn}: Watch,
  decisions: readonly Decision[],
  known: AllRestarts,
): Promise<void> {
  const changing = decisions.filter((decision) => changes(decision, known))
  if (changing.length === 0) return
  const now = Date.now()
  const change = (agents: Map<string, Restarts>) => {
    for (const {rig, action} of changing) {
      const agent = witnessOf(rig)
      const before = agents.get(agent)
      if (action.kind === 'restart') agents.set(agent, afterRestart(before, now, Math.random()))
      else if (action.kind === 'escalate' && before) agents.set(agent, asCrashLoop(before, now))
      else agents.delete(agent)
    }
    return true
  }
  await updateRestarts(town, change, warn)
}

function changes({rig, finding, action}: Decision, known: AllRestarts): boolean {
  const restarts = known.get(witnessOf(rig))
  if (action.kind === 'restart') return true
  if (!restarts) return false
  if (action.kind === 'escalate') return action.cause === 'crash-looping' && !restarts.crash_loop_since
  // The restarts of a stable witness are forgotten.
  return (finding === 'well' || finding === 'late') && isStable(restarts, Date.now())
}

/** Carries out all restarts at once. A failed restart does not affect the others. */
export async function carryOut(job: Job, decisions: readonly Decision[]): Promise<WitnessReport[]> {
  return await Promise.all(
    decisions.map(async (decision) => {
      const ref = job.refs.get(decision.rig)
      if (decision.action.kind !== 'restart' || !ref) return witnessReport(decision)
      const outcome = await restart(job, ref, decision.action.incarnation)
      const payload = {why: decision.finding, outcome}
      await job.host.events.append(deacon, ref, {type: 'witness_restarted', payload})
      return witnessReport(decision, outcome)
    }),
  )
}

async function restart(
  {host, witness, signal}: Job,
  ref: RigRef,
  incarnation: string | undefined,
): Promise<Outcome> {
  try {
    const options = {timeoutMs: READY_WITHIN_MS, signal, ...(incarnation !== undefined && {incarnation})}
    const {outcome} = await host.sessions.revive(witness, ref, options)
    if (outcome === 'revived') return {is: 'done'}
    const detail = outcome === 'already_running' ? 'somebody else started it' : 'it was stopped on purpose'
    return {is: 'nothing to do', detail}
  } catch (error) {
    // Whatever the error is, the restart counts as an attempt, and the other rigs go on.
    return {is: 'failed', detail: (error as Error).message.split('\n', 1)[0] ?? ''}
  }
}

/** Notifies a person of new and resolved incidents. A failed notification is repeated in the next cycle. */
export async function notifyAll(
  {host, refs}: Job,
  incidents: readonly Notice[],
): Promise<CycleReport['told']> {
  return await Promise.all(
    incidents.map(async (incident) => {
      const {rig, ...of} = incident
      const ref = refs.get(rig)
      if (!ref) return {...incident, told: true}
      const {told, detail} = await host.patrol
        .escalate(ref, {...of, worker: 'witness', teller: 'Deacon'})
        .catch((error) => {
          if (!isGtError(error)) throw error
          return {told: false, detail: error.message}
        })
      const type = of.status === 'open' ? 'escalation_sent' : 'escalation_resolved'
      const payload = {cause: of.cause, told, ...(detail !== undefined && {detail})}
      await host.events.append(deacon, ref, {type, payload})
      return {...incident, told, ...(detail !== undefined && {why: detail})}
    }),
  )
}
