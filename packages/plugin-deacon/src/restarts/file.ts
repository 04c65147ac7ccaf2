import {join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {peekStateFile, readStateFile, readStateOrWarn, withFileLock, writeStateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {type Restarts, restartsFormat} from './back-off.js'

/** Restarts by address, such as `greenplace/witness`. */
export type AllRestarts = ReadonlyMap<string, Restarts>

/** Path of the file with the restarts, which the original uses, too. */
export const restartsFile = ({root}: Town) => join(root, 'daemon', 'restart_state.json')

const format = v.pipe(
  // The original writes null when there are none.
  v.openObject({agents: v.nullish(v.recordOf(restartsFormat))}),
  v.transform(({agents, ...others}) => ({agents: new Map(Object.entries(agents ?? {})), others})),
)

/** The restarts of all agents. An unusable file is renamed to `setAside`. */
export async function readRestarts(town: Town): Promise<{restarts: AllRestarts; setAside?: string}> {
  const {state, setAside} = await readStateFile(restartsFile(town), format)
  return {restarts: state?.agents ?? new Map(), ...(setAside !== undefined && {setAside})}
}

/** Like `readRestarts`, but changes nothing. */
export async function peekRestarts(town: Town): Promise<AllRestarts> {
  return (await peekStateFile(restartsFile(town), format))?.agents ?? new Map()
}

/** Changes the restarts under a lock, and writes them if `change` returns true. */
export async function updateRestarts(
  town: Town,
  change: (agents: Map<string, Restarts>) => boolean,
  warn: (message: string) => void,
): Promise<void> {
  const file = restartsFile(town)
  await withFileLock(file, async () => {
    const state = await readStateOrWarn(file, format, warn)
    const {agents, others} = state ?? {agents: new Map<string, Restarts>(), others: {}}
    if (change(agents)) await writeStateFile(file, {...others, agents: Object.fromEntries(agents)})
  })
}
