import {dirname, join} from 'node:path'
import {shorten} from '@gtown/sdk'
import {makeOwnFolder, unwritable} from '@gtown/sdk/files'
import {appendLines} from './rotating-log.js'

/** One line of the town's log for people, in the original's words. */
export interface TownLogEntry {
  type:
    | 'done'
    | 'crash'
    | 'kill'
    | 'nudge'
    | 'wake'
    | 'escalation_sent'
    | 'mass_death'
    | 'removed'
    | 'restored'
    | 'purged'
    | 'purge_blocked'
  /** The agent's address, such as `greenplace/nux`. */
  agent: string
  /** Reason or details. */
  context: string
}

const townLog = (townRoot: string) => join(townRoot, 'logs', 'town.log')

/** Appends entries to `logs/town.log` in the format that the original's `gt log` reads. Rejects with `UNWRITABLE`. */
export async function appendTownLog(
  townRoot: string,
  entries: readonly TownLogEntry[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return
  const file = townLog(townRoot)
  try {
    await makeOwnFolder(dirname(file), 0o755)
  } catch (error) {
    throw unwritable(file, error)
  }
  await appendLines(
    file,
    entries.map((entry) => `${localSecond(now)} [${entry.type}] ${entry.agent} ${wordsOf(entry)}`),
    0o600,
  )
}

function wordsOf({type, context}: TownLogEntry): string {
  const text = shorten(context, 200)
  switch (type) {
    case 'removed':
    case 'restored':
    case 'purged':
    case 'purge_blocked':
      // Whole: it ends with a command.
      return shorten(context, 2000)
    case 'done':
      return `completed ${text}`
    case 'crash':
      return `exited unexpectedly (${text})`
    case 'kill':
      return `killed (${text})`
    case 'nudge':
      return `nudged with ${JSON.stringify(shorten(context, 47))}`
    case 'wake':
      return `resumed (${text})`
    case 'escalation_sent':
      return `escalated (${text})`
    case 'mass_death':
      return `MASS SESSION DEATH (${text})`
  }
}

/** Local time, such as `2026-11-22 16:36:05`. */
function localSecond(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  return `${date} ${[now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(':')}`
}
