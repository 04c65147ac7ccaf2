import {setTimeout as sleep} from 'node:timers/promises'
import type {Town} from '@gtown/sdk'
import {setAsideText} from '@gtown/sdk/files'
import {readPause} from '@gtown/sdk/watchdog'
import {beat} from '../heartbeat.js'
import {pauseFile} from '../pause.js'
import {type AllRestarts, peekRestarts, readRestarts, restartsFile} from '../restarts/file.js'
import {carryOut, type Job, noteRestarts, notifyAll} from './act.js'
import {readClock} from './clock.js'
import {confirmed, type Decision, decide, isBad} from './decide.js'
import {afterwards, failuresAfter, newNotices} from './incidents.js'
import {type Mark, mark, unchanged} from './marks.js'
import {observeWitnesses} from './observation.js'
import {type CycleReport, isWell, witnessReport} from './report.js'
import {peekWatchState, readWatchState, type WatchState, watchStateFile, writeWatchState} from './state.js'
import {summaryText} from './view.js'
import type {Watch} from './watch.js'

export interface CycleOptions {
  /** Report the intended actions, and change nothing. */
  dryRun: boolean
  signal: AbortSignal
  /** Milliseconds between the two observations before a restart. */
  secondLookAfterMs?: number
}

/** Long enough for a restart by somebody else to begin. */
const SECOND_LOOK_AFTER_MS = 1000

/** Knowledge from earlier cycles. */
interface Known {
  state: WatchState | undefined
  restarts: AllRestarts
  /** Why nothing may be done: earlier knowledge is lost. */
  doubt?: string
}

/** Observes the witnesses of all rigs, decides what each one needs, and does it. */
export async function runCycle(
  watch: Watch,
  {dryRun, signal, secondLookAfterMs = SECOND_LOOK_AFTER_MS}: CycleOptions,
): Promise<CycleReport> {
  const {town, host} = watch
  const begun = performance.now()
  const pause = await readPause(pauseFile(town))
  const known = dryRun || pause ? await peek(town) : await recall(watch)
  const base = {cycle: (known.state?.cycle ?? 0) + 1, at: new Date().toISOString(), dryRun}
  const done = () => ({...base, tookMs: Math.round(performance.now() - begun)})
  if (pause) return {...done(), paused: pause.reason, witnesses: [], told: []}
  const refs = await host.rigs()
  const job: Job = {...watch, signal, refs: new Map(refs.map((ref) => [ref.rig.name, ref]))}
  const looked = await lookTwice(job, known, secondLookAfterMs)
  const {decisions} = looked
  const doubt = known.doubt === undefined ? {} : {doubt: known.doubt}
  const {incidents: open = {}, failures = {}} = known.state ?? {}
  const incidents = newNotices(decisions, {open, failures})
  if (dryRun) {
    const told = incidents.map((incident) => ({...incident, told: false}))
    return {...done(), ...doubt, witnesses: decisions.map((decision) => witnessReport(decision)), told}
  }
  await noteRestarts(job, decisions, known.restarts)
  const witnesses = await carryOut(job, decisions)
  const told = await notifyAll(job, incidents)
  const report = {...done(), ...doubt, witnesses, told}
  await remember(watch, report, {known, looked})
  return report
}

async function recall({town, warn}: Watch): Promise<Known> {
  const [watch, restarts] = await Promise.all([readWatchState(town), readRestarts(town)])
  const lost = [
    ...(watch.setAside === undefined ? [] : [setAsideText(watchStateFile(town), watch.setAside)]),
    ...(restarts.setAside === undefined ? [] : [setAsideText(restartsFile(town), restarts.setAside)]),
  ]
  for (const message of lost) warn(message)
  return {
    state: watch.state,
    restarts: restarts.restarts,
    ...(lost.length > 0 && {doubt: 'the record of earlier restarts is lost'}),
  }
}

async function peek(town: Town): Promise<Known> {
  const [state, restarts] = await Promise.all([peekWatchState(town), peekRestarts(town)])
  return {state, restarts}
}

interface Looked {
  decisions: Decision[]
  marks: Record<string, Mark>
  boot: string
}

/** Observes once, and again before a restart. */
async function lookTwice(
  {host, witness, refs, signal}: Job,
  known: Known,
  secondLookAfterMs: number,
): Promise<Looked> {
  const look = async (): Promise<Looked> => {
    const observations = await observeWitnesses(host, witness, [...refs.values()])
    const clock = readClock()
    const marks = mark(observations, known.state, clock)
    const decisions = decide(observations, {...known, now: Date.now(), unchangedMs: unchanged(marks, clock)})
    return {decisions, marks, boot: clock.boot}
  }
  const first = await look()
  if (first.decisions.every(({action}) => action.kind !== 'restart')) return first
  await sleep(secondLookAfterMs, undefined, {signal}).catch(() => signal.throwIfAborted())
  const second = await look()
  return {...second, decisions: confirmed(first.decisions, second.decisions)}
}

/** Stores the findings for the next cycle, for other programs and for `status`. */
async function remember(
  {town, warn}: Watch,
  {cycle, at, witnesses, told}: CycleReport,
  {known, looked}: {known: Known; looked: Looked},
): Promise<void> {
  const incidents = afterwards(
    known.state?.incidents ?? {},
    told.filter((incident) => incident.told),
  )
  const failures = failuresAfter(known.state?.failures ?? {}, witnesses)
  const {marks, boot} = looked
  await writeWatchState(town, {version: 1, cycle, at, boot, marks, incidents, failures, witnesses})
  const healthy = witnesses.filter(isWell).length
  const unhealthy = witnesses.filter((witness) => isBad(witness) && !isWell(witness)).length
  await beat(town, {action: `watch: ${summaryText(witnesses)}`, healthy, unhealthy}, warn)
}
