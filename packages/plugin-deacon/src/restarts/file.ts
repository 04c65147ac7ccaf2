import {join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {peekStateFile, readStateFile, withFileLock, writeStateFile} from '@gtown/sdk/files'
import {readState} from '../state-folder.js'
import type {Restarts} from './back-off.js'

/** By address, such as `greenplace/witness`. */
export type AllRestarts = ReadonlyMap<string, Restarts>

/** The file in which the original, too, keeps the restarts of its agents. */
export const restartsFile = ({root}: Town) => join(root, 'daemon', 'restart_state.json')

interface RestartsFile {
  agents: Map<string, Restarts>
  /** What else stands in it. */
  others: object
}

/** What is remembered of all restarts. A file that cannot be used is renamed to `setAside`. */
export async function readRestarts(town: Town): Promise<{restarts: AllRestarts; setAside?: string}> {
  const {state, setAside} = await readStateFile(restartsFile(town), parseFile)
  return {restarts: state?.agents ?? new Map(), ...(setAside !== undefined && {setAside})}
}

/** The same for whoever must change nothing. */
export async function peekRestarts(town: Town): Promise<AllRestarts> {
  return (await peekStateFile(restartsFile(town), parseFile))?.agents ?? new Map()
}

/** Changes what is remembered, while no other command does, and writes it where `change` says that it did. */
export async function updateRestarts(
  town: Town,
  change: (agents: Map<string, Restarts>) => boolean,
  warn: (message: string) => void,
): Promise<void> {
  const file = restartsFile(town)
  await withFileLock(file, async () => {
    const state = await readState(file, parseFile, warn)
    const {agents, others} = state ?? {agents: new Map<string, Restarts>(), others: {}}
    if (change(agents)) await writeStateFile(file, {...others, agents: Object.fromEntries(agents)})
  })
}

function parseFile(value: unknown): RestartsFile | undefined {
  if (!isObject(value)) return undefined
  const {agents, ...others} = value
  // The original writes null for none.
  const entries = Object.entries(agents ?? {}).map(([agent, entry]) => [agent, parseEntry(entry)] as const)
  if (!entries.every((entry): entry is [string, Restarts] => entry[1] !== undefined)) return undefined
  return {agents: new Map(entries), others}
}

function parseEntry(value: unknown): Restarts | undefined {
  if (!isObject(value)) return undefined
  const {last_restart, restart_count, backoff_until, crash_loop_since, ...others} = value
  if (!Number.isSafeInteger(restart_count)) return undefined
  return {
    ...others,
    ...(isTime(last_restart) && {last_restart}),
    restart_count: restart_count as number,
    ...(isTime(backoff_until) && {backoff_until}),
    ...(isTime(crash_loop_since) && {crash_loop_since}),
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The original writes the year 1 for what never happened. */
function isTime(value: unknown): value is string {
  return typeof value === 'string' && Date.parse(value) > 0
}
