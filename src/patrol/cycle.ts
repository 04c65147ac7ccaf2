import {isDeepStrictEqual} from 'node:util'
import {type HostEvent, inTurns, isGtError, type RigRef} from '@gtown/sdk'
import {type Letter, putAway, readMail, witnessMailbox} from '@gtown/sdk/mail'
import {appendEvents} from '../events/event-log.js'
import {appendTownLog, type TownLogEntry} from '../events/town-log.js'
import {carryOut} from './act/carry-out.js'
import {forgetRemoved} from './act/nuke.js'
import {purgeRemoved} from './act/purge-removed.js'
import {type Decision, decide, needsGate} from './decide/decide.js'
import type {PatrolState} from './memory/memory.js'
import {peekPatrolState, readPatrolState, writePatrolState} from './memory/state-file.js'
import {type GateAnswers, gitSignal, quietSignal, restsOnSilence} from './observe/costly-signals.js'
import {type FoundRig, type FoundWorker, observeRig} from './observe/observe-rig.js'
import {recallSnapshots, type Snapshots} from './observe/snapshots.js'
import {deathEvents, deathsOf} from './report/deaths.js'
import {eventsOf, mailEvents} from './report/events-of.js'
import {type CycleReport, writeReport} from './report/report.js'
import {townLogOf} from './report/town-log-of.js'
import type {PatrolServices} from './services.js'
import {type PatrolSettings, readPatrolSettings} from './settings/settings.js'
import type {PolecatSignals} from './signals.js'

/** One patrol of one rig. Snapshots and gate answers are kept in memory from cycle to cycle, decisions in the state file. */
export interface Patrol {
  services: PatrolServices
  ref: RigRef
  snapshots: Snapshots
  gates: GateAnswers
}

export function openPatrol(services: PatrolServices, ref: RigRef): Patrol {
  return {services, ref, snapshots: new Map(), gates: new Map()}
}

export interface CycleOptions {
  /** Report what would be done, and change nothing. */
  dryRun: boolean
  signal: AbortSignal
}

/** Number of sandboxes to check with git at the same time. */
const AT_ONCE = 4

/** Runs one cycle: observe, decide, act. Decisions are written to the state file before they are carried out. */
export async function runCycle(patrol: Patrol, {dryRun, signal}: CycleOptions): Promise<CycleReport> {
  const {services, ref} = patrol
  const {path} = ref.rig
  const begun = performance.now()
  const settings = await readPatrolSettings(ref.rig)
  const state = dryRun ? await peekPatrolState(path) : await readPatrolState(path, services.warn)
  const letters = await readLetters(patrol)
  const {found, decision} = await observeAndDecide(patrol, {settings, state, letters})
  if (dryRun) return reportOf(ref, decision, begun)
  await writePatrolState(path, decision.next)
  // Their effect is in the state file now. If gt is killed before this, the next cycle knows them by their ids.
  await putLettersAway(patrol, letters)
  const carried = await carryOut({services, ref, settings, found, decision, signal})
  if (carried.next !== decision.next) await writePatrolState(path, carried.next)
  const report = reportOf(ref, decision, begun, carried)
  await writeReport(path, report)
  await noteCycle(patrol, report, {found, before: state, after: decision.next})
  await tidy(patrol, found, settings, carried.next)
  return report
}

/** What is known before observing the rig. */
interface Before {
  settings: PatrolSettings
  state: PatrolState | undefined
  letters: readonly Letter[]
}

/** An unreadable mailbox is a warning, and the rig is patrolled without it. */
async function readLetters({services, ref}: Patrol): Promise<Letter[]> {
  try {
    return await readMail(witnessMailbox(ref.rig.path))
  } catch (error) {
    if (!isGtError(error)) throw error
    services.warn(error.message)
    return []
  }
}

async function putLettersAway({services, ref}: Patrol, letters: readonly Letter[]): Promise<void> {
  try {
    const unusable = await putAway(witnessMailbox(ref.rig.path), letters)
    for (const file of unusable) services.warn(`${file} cannot be used as a message`)
  } catch (error) {
    if (!isGtError(error)) throw error
    services.warn(error.message)
  }
}

async function noteCycle(
  {services, ref: {town, rig}}: Patrol,
  report: CycleReport,
  {found, before, after}: {found: FoundRig; before: PatrolState | undefined; after: PatrolState},
): Promise<void> {
  const deaths = deathsOf(found, before, after)
  const events = [...mailEvents(rig.name, found.applied), ...deathEvents(rig.name, deaths)]
  await appendEvents(town.root, [...events, ...eventsOf(report, before)])
  await noteForPeople(services, town.root, townLogOf(report, deaths, found.applied))
}

async function observeAndDecide(
  patrol: Patrol,
  {settings, state, letters}: Before,
): Promise<{found: FoundRig; decision: Decision}> {
  const {services, ref} = patrol
  const thresholds = settings.thresholds.values
  const draw = services.random()
  const random = () => draw
  recallSnapshots(patrol.snapshots, ref, state)
  let found = await observeRig(services, ref, {snapshots: patrol.snapshots, letters, mail: state?.mail})
  const context = {signals: found.signals, state, thresholds}
  found = await amended(
    found,
    ({signals}) => needsGate(signals, context),
    async (worker) => ({git: await gitSignal(services, worker, {answers: patrol.gates, rig: ref.rig})}),
  )
  const draft = decide({signals: found.signals, state, thresholds, random})
  const silent = new Set(draft.polecats.filter(restsOnSilence).map(({name}) => name))
  if (silent.size === 0) return {found, decision: draft}
  const now = found.signals.clock.wallMs
  found = await amended(
    found,
    ({name}) => silent.has(name),
    async (worker) => ({quiet: await quietSignal(services, worker, now)}),
  )
  return {found, decision: decide({signals: found.signals, state, thresholds, random})}
}

/** The rig with additional signals for the picked workers. */
async function amended(
  {signals, workers, applied}: FoundRig,
  isPicked: (worker: FoundWorker) => boolean,
  look: (worker: FoundWorker) => Promise<Partial<PolecatSignals>>,
): Promise<FoundRig> {
  const all = await inTurns(AT_ONCE, [...workers.values()], async (worker) =>
    isPicked(worker) ? {...worker, signals: {...worker.signals, ...(await look(worker))}} : worker,
  )
  return {
    applied,
    signals: {...signals, polecats: all.map((worker) => worker.signals)},
    workers: new Map(all.map((worker) => [worker.name, worker])),
  }
}

function reportOf(
  {rig}: RigRef,
  {cycle, doubt, polecats, rigActions}: Decision,
  begun: number,
  carried?: Awaited<ReturnType<typeof carryOut>>,
): CycleReport {
  return {
    version: 1,
    rig: rig.name,
    cycle,
    at: new Date().toISOString(),
    tookMs: Math.round(performance.now() - begun),
    dryRun: carried === undefined,
    ...(doubt !== undefined && {doubt}),
    polecats: polecats.map((polecat) => ({
      ...polecat,
      actions: carried?.polecats.get(polecat.name) ?? polecat.actions.map((action) => ({action})),
    })),
    rigActions: carried?.rigActions ?? rigActions.map((action) => ({action})),
  }
}

/**
 * Removes the records of workers that are done and have neither sandbox nor session any more, and purges sandboxes that
 * were put away long ago.
 */
async function tidy(
  {services, ref}: Patrol,
  {workers, signals}: FoundRig,
  {thresholds}: PatrolSettings,
  state: PatrolState,
): Promise<void> {
  if (signals.standing.value !== 'operational') return
  for (const {name, record, sandbox, signals: of} of workers.values()) {
    const isLeft = record?.exit !== undefined && sandbox.is === 'absent' && of.session.value === 'absent'
    if (isLeft) await forgetRemoved({services, ref}, name)
  }
  const duty = {services, ref, thresholds: thresholds.values, state}
  const {events, failed} = await purgeRemoved(duty)
  await noteRemovals({services, ref}, events)
  if (isDeepStrictEqual(failed, state.purges)) return
  await writePatrolState(ref.rig.path, {...state, purges: failed})
}

/** Writes to both logs what became of sandboxes that were put away. */
async function noteRemovals(
  {services, ref: {town, rig}}: Pick<Patrol, 'services' | 'ref'>,
  events: readonly HostEvent[],
): Promise<void> {
  const actor = `${rig.name}/witness`
  await appendEvents(
    town.root,
    events.map(({type, payload}) => ({
      type,
      actor,
      payload: {rig: rig.name, ...payload},
      visibility: 'feed',
    })),
  )
  const lines = events.flatMap(({line, payload}) =>
    line ? [{type: line.kind, agent: `${rig.name}/${payload.polecat}`, context: line.text}] : [],
  )
  await noteForPeople(services, town.root, lines)
}

/** A log for people that cannot be written is only a warning: the events contain the same. */
async function noteForPeople(
  services: Pick<PatrolServices, 'warn'>,
  root: string,
  lines: readonly TownLogEntry[],
): Promise<void> {
  try {
    await appendTownLog(root, lines, new Date())
  } catch (error) {
    if (!isGtError(error)) throw error
    services.warn(error.message)
  }
}
