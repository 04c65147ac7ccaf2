import * as v from '@gtown/sdk/schema'
import {mayRestart, type Restarts} from '../restarts/back-off.js'
import {duration} from '../words.js'
import {type Finding, type Judgement, judge} from './judge.js'
import type {Observation} from './observation.js'

export const actionFormat = v.union([
  v.openObject({kind: v.literal('none'), reason: v.exactOptional(v.text)}),
  /** `incarnation`: the life to end before the restart. */
  v.openObject({kind: v.literal('restart'), incarnation: v.exactOptional(v.text)}),
  /** `cause`: why a witness that should be running needs a person. */
  v.openObject({kind: v.literal('escalate'), cause: v.picklist(['crash-looping', 'held by a terminal'])}),
  /** An action of another version of the deacon. */
  v.pipe(
    v.openObject({}),
    v.transform((): {kind: 'none'; reason?: string} => ({kind: 'none'})),
  ),
])

type Action = v.InferOutput<typeof actionFormat>

export interface Decision extends Judgement {
  rig: string
  action: Action
  /** True until its crashes are forgotten, even while it runs. */
  crashLooping: boolean
}

export interface Context {
  /** Milliseconds since the epoch. */
  now: number
  /** Milliseconds without a new cycle, by name of the rig. */
  unchangedMs: ReadonlyMap<string, number>
  /** Restarts by address. */
  restarts: ReadonlyMap<string, Restarts>
  /** Why nothing may be done; absent when actions are allowed. */
  doubt?: string
}

const MAX_RESTARTS_PER_CYCLE = 2

const BAD: ReadonlySet<Finding> = new Set(['gone', 'frozen', 'silent', 'half stopped'])

/** The address of a rig's witness. */
export const witnessOf = (rig: string) => `${rig}/witness`

/** True for a finding that needs an action. */
export const isBad = ({finding}: Pick<Judgement, 'finding'>) => BAD.has(finding)

/** Decides what each witness needs. At most two are restarted, those with the fewest restarts first. */
export function decide(observations: readonly Observation[], context: Context): Decision[] {
  const decisions = observations.map((observation) => decideOne(observation, context))
  const count = ({rig}: Decision) => context.restarts.get(witnessOf(rig))?.restart_count ?? 0
  const chosen = decisions
    .filter(({action}) => action.kind === 'restart')
    .sort((one, other) => count(one) - count(other))
    .slice(0, MAX_RESTARTS_PER_CYCLE)
  return decisions.map((decision) =>
    decision.action.kind === 'restart' && !chosen.includes(decision)
      ? {...decision, action: {kind: 'none', reason: 'its turn is in the next cycle'}}
      : decision,
  )
}

function decideOne(observation: Observation, context: Context): Decision {
  const {rig} = observation
  const permission = mayRestart(context.restarts.get(witnessOf(rig)), context.now)
  const judgement = judge(observation, context.unchangedMs.get(rig) ?? 0)
  const decided = {rig, ...judgement, crashLooping: permission.is === 'crash-looping'}
  const none = (reason?: string) => ({...decided, action: {kind: 'none', ...(reason && {reason})} as const})
  if (!isBad(judgement) || observation.is === 'unknown') return none()
  if (!observation.desired) return none('it was not started to be kept running')
  if (context.doubt !== undefined) return none(context.doubt)
  if (permission.is === 'crash-looping') {
    return {...decided, action: {kind: 'escalate', cause: 'crash-looping'}}
  }
  if (observation.attached) return {...decided, action: {kind: 'escalate', cause: 'held by a terminal'}}
  if (permission.is === 'too early')
    return none(`the next restart is allowed in ${duration(permission.waitMs)}`)
  const {incarnation} = observation
  return {...decided, action: {kind: 'restart', ...(incarnation !== undefined && {incarnation})}}
}

/** The decisions of the second observation, with no action where the first one differs, since the witness is changing. */
export function confirmed(first: readonly Decision[], second: readonly Decision[]): Decision[] {
  return second.map((decision) => {
    const before = first.find(({rig}) => rig === decision.rig)
    const same = before?.finding === decision.finding && before.action.kind === decision.action.kind
    if (decision.action.kind === 'none' || same) return decision
    return {...decision, action: {kind: 'none', reason: 'it was not so a moment ago'}}
  })
}
