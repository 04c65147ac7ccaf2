import {isGtError, type Rig} from '@gtown/sdk'
import {type GateResult, lastFileChange, lookThroughGate, withGateLock} from '@gtown/workers'
import type {PolecatDecision} from '../actions.js'
import type {PatrolServices} from '../services.js'
import {known, unknown} from '../signal.js'
import type {PolecatSignals} from '../signals.js'
import {gateRequest} from './gate-request.js'
import type {FoundWorker} from './observe-rig.js'

/** The gate's result, and the state of the sandbox that it is about. */
interface GateAnswer {
  subject: string
  at: number
  result: GateResult
}

/** Cached gate answers by worker, since each check queries the remote. */
export type GateAnswers = Map<string, GateAnswer>

/** Maximum age of a cached gate answer. A removal always checks again. */
const KEPT_MS = 5 * 60_000

/** Signal G, the removal gate. `unknown` is never cached. */
export async function gitSignal(
  services: PatrolServices,
  worker: FoundWorker,
  {answers, rig}: {answers: GateAnswers; rig: Rig},
): Promise<PolecatSignals['git']> {
  const {sandbox, signals, name} = worker
  if (sandbox.is !== 'present') return unknown('git', 'there is no worktree')
  const subject = JSON.stringify([sandbox.path, sandbox.head, sandbox.branch, signals.mergeRequest.value])
  const now = services.clock().monotonicMs
  const kept = answers.get(name)
  if (kept?.subject === subject && now - kept.at < KEPT_MS) return signalOf(kept.result, now - kept.at)
  const request = gateRequest({services, worker}, sandbox.path)
  const result = await orUnknown(withGateLock({rig, name}, () => lookThroughGate(request)))
  if (result.verdict === 'unknown') answers.delete(name)
  else answers.set(name, {subject, at: now, result})
  return signalOf(result, 0)
}

/** `unknown` when another command holds the sandbox's lock for too long. */
async function orUnknown(look: Promise<GateResult>): Promise<GateResult> {
  try {
    return await look
  } catch (error) {
    if (!isGtError(error)) throw error
    return {verdict: 'unknown', reasons: [error.message]}
  }
}

function signalOf(result: GateResult, ageMs: number): PolecatSignals['git'] {
  const texts = result.verdict === 'safe' ? result.evidence : result.reasons
  return {value: result.verdict, source: 'git', ageMs, detail: texts.join('; ')}
}

/** Verdicts that are based on a lack of activity. */
const SILENCE_VERDICTS = new Set(['stalled', 'hung', 'lingering'])

/** True when an action is based on a lack of activity. Then changes of files must be checked, too. */
export function restsOnSilence({verdict, actions}: PolecatDecision): boolean {
  return SILENCE_VERDICTS.has(verdict) && actions.some(({kind}) => kind !== 'none' && kind !== 'observe')
}

/** Signal X including changes of uncommitted files; unknown when git fails. */
export async function quietSignal(
  {git}: PatrolServices,
  {sandbox, signals}: FoundWorker,
  now: number,
): Promise<PolecatSignals['quiet']> {
  const {quiet} = signals
  if (sandbox.is !== 'present') return quiet
  try {
    const at = await lastFileChange(git, sandbox.path)
    const ageMs = at === undefined ? undefined : Math.max(0, Math.round(now - at))
    const isNewer = ageMs !== undefined && (quiet.value === 'unknown' || ageMs < quiet.value)
    return isNewer ? known(ageMs, 'worktree') : quiet
  } catch (error) {
    if (!isGtError(error)) throw error
    return unknown('git', error.message)
  }
}
