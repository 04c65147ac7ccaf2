import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {
  FleetEntry,
  Host,
  HostEvent,
  ReviveOptions,
  ReviveResult,
  RigIncident,
  RigPatrol,
  RigRef,
  RoleDefinition,
  RoleStatus,
  Session,
  Town,
} from '@gtown/sdk'
import {sandbox} from '../../../../test/support/sandbox.js'
import {type CycleOptions, runCycle} from '../../src/watch/cycle.js'
import type {Watch} from '../../src/watch/watch.js'

/** What is true of one rig's witness. */
export interface Witness {
  desired: boolean
  liveness: RoleStatus['liveness']
  /** The life of its session, where there is one. */
  incarnation: string
  attached: number
  stopping: boolean
  process: 'running' | 'stopped' | 'ended'
  kind: string
  patrol: RigPatrol
  /** A look at it fails. */
  error?: unknown
  /** A look at its rig fails. */
  patrolError?: unknown
  /** A restart of it fails. */
  startError?: unknown
}

const well: Witness = {
  desired: true,
  liveness: 'alive',
  incarnation: 'one',
  attached: 0,
  stopping: false,
  process: 'running',
  kind: 'ai',
  patrol: {standing: 'operational', intervalMs: 30_000, keepRemovedDays: 14},
}

/** Some methods of a host. */
type HostParts = {[Part in keyof Host]?: Partial<Host[Part]>}

/** A town of its own, whose host tells the truth of made-up witnesses, and notes what it is asked to do. */
export function watched(witnesses: Record<string, Partial<Witness>>) {
  const {dir} = sandbox()
  const town = {root: join(dir, 'town'), name: 'town'} as unknown as Town
  mkdirSync(town.root)
  const rigs = new Map(Object.entries(witnesses).map(([rig, more]) => [rig, {...well, ...more}]))
  const revived: {rig: string; options: ReviveOptions}[] = []
  const told: RigIncident[] = []
  const warnings: string[] = []
  const noted: string[] = []
  /** What happens right before a look, a restart, or a telling. */
  const before = {look: () => {}, revive: () => {}, rigs: () => {}, escalate: () => ({told: true})}
  const host = {
    rigs: async () => {
      before.rigs()
      return [...rigs.keys()].map((name) => ({town, rig: {name}}) as unknown as RigRef)
    },
    sessions: {
      fleetStatus: async (_: RoleDefinition, refs: readonly RigRef[]) => {
        before.look()
        return refs.map((ref) => entryOf(ref, rigs.get(ref.rig.name) ?? well))
      },
      revive: async (_: RoleDefinition, {rig}: RigRef, options: ReviveOptions): Promise<ReviveResult> => {
        before.revive()
        revived.push({rig: rig.name, options})
        return revive(rigs.get(rig.name) ?? well, options)
      },
    },
    patrol: {
      read: async ({rig}: RigRef) => {
        const {patrol, patrolError} = rigs.get(rig.name) ?? well
        if (patrolError) throw patrolError
        return patrol
      },
      escalate: async (_: RigRef, incident: RigIncident) => {
        told.push(incident)
        return before.escalate()
      },
    },
    events: {
      append: async (_: RoleDefinition, __: RigRef, {type}: HostEvent) => void noted.push(type),
    },
  } as HostParts as Host
  const warn = (message: string) => void warnings.push(message)
  const watch: Watch = {host, town, warn, witness: {name: 'witness'} as RoleDefinition}
  const file = (name: string) => join(town.root, name)
  return {
    town,
    watch,
    before,
    revived,
    told,
    noted,
    warnings,
    witness: (rig: string) => rigs.get(rig) as Witness,
    file,
    write(name: string, value: unknown) {
      mkdirSync(dirname(file(name)), {recursive: true})
      writeFileSync(file(name), typeof value === 'string' ? value : JSON.stringify(value))
    },
    read: (name: string) =>
      existsSync(file(name)) ? JSON.parse(readFileSync(file(name), 'utf8')) : undefined,
    cycle: (more: Partial<CycleOptions> = {}) =>
      runCycle(watch, {dryRun: false, signal: new AbortController().signal, secondLookAfterMs: 1, ...more}),
  }
}

function entryOf(ref: RigRef, witness: Witness): FleetEntry {
  if (witness.error) return {ref, error: witness.error}
  const {liveness, desired, attached, stopping, incarnation, kind} = witness
  const hasSession = liveness === 'alive' || liveness === 'dead'
  const session = {attached, stopping, incarnation, labels: {kind}} as Partial<Session> as Session
  const status: Partial<RoleStatus> = {
    liveness,
    evidence: {
      session: {value: hasSession ? 'present' : 'absent', source: 'fake', at: 0},
      process: {value: witness.process, source: 'fake', at: 0},
    },
    ...(hasSession && {session}),
    ...(desired && {desired: 'running'}),
  }
  return {ref, status: status as RoleStatus}
}

/** As the real one: what should not run is left alone, and so is another life than was named. */
function revive(witness: Witness, {incarnation}: ReviveOptions): ReviveResult {
  const session = {} as Session
  if (!witness.desired) return {outcome: 'not_desired'}
  if (witness.liveness === 'alive' && witness.incarnation !== incarnation)
    return {outcome: 'already_running', session}
  if (witness.startError) throw witness.startError
  Object.assign(witness, {...well, incarnation: `${witness.incarnation}+`})
  return {outcome: 'revived', session, agent: 'echo'}
}
