import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {StateEvidence} from '@gtown/sdk'
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
  const text = folder ? await readIfThere(join(folder, 'sessions', `${pid}.json`)) : undefined
  const evidence = text === undefined ? undefined : claudeOwnState(parse(text), {pid})
  return evidence && evidence.at >= bornAt ? evidence : undefined
}

/** The file is being written while it is read: no evidence is better than half of one. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return undefined
    throw error
  }
}
