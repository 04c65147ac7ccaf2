import {join} from 'node:path'
import type {StateEvidence} from '@gtown/sdk'
import {readForeignJson} from './foreign-files.js'
import {claudeOwnState} from './state/claude-own-state.js'

export interface OwnStateQuery {
  kind: string
  /** The agent's process on this machine. */
  pid: number
  /** Milliseconds since the epoch: older words are about an earlier process with the same number. */
  bornAt: number
  env: Readonly<Record<string, string | undefined>>
}

/** What the agent itself keeps of its state; undefined where it keeps nothing that gt can read. */
export async function ownState({kind, pid, bornAt, env}: OwnStateQuery): Promise<StateEvidence | undefined> {
  if (kind !== 'claude') return undefined
  const folder = env.CLAUDE_CONFIG_DIR || (env.HOME && join(env.HOME, '.claude'))
  if (!folder) return undefined
  // The file may be written while it is read: no evidence is better than half of one.
  const evidence = claudeOwnState(readForeignJson(join(folder, 'sessions', `${pid}.json`)), {pid})
  return evidence && evidence.at >= bornAt ? evidence : undefined
}
