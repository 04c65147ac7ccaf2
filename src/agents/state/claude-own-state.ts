import type {AgentState, StateEvidence} from '@gtown/sdk'

/** Which process the file must be about. */
export interface ClaudeIdentity {
  pid: number
}

/**
 * Reads what Claude Code keeps of its own state, as parsed from JSON. Undefined where the file is about another
 * process, or says nothing that is known: it is undocumented, so that a new version may write it in another way.
 */
export function claudeOwnState(file: unknown, {pid}: ClaudeIdentity): StateEvidence | undefined {
  if (!isRecord(file) || file.pid !== pid || typeof file.statusUpdatedAt !== 'number') return
  const {status, waitingFor, statusUpdatedAt: at} = file
  const reason = typeof waitingFor === 'string' ? waitingFor : ''
  const state = stateOf(status, reason)
  return state && {source: 'own', state, value: [status, reason].filter(Boolean).join(': '), at}
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function stateOf(status: unknown, reason: string): AgentState | undefined {
  if (status === 'idle' || status === 'busy') return status
  if (status !== 'waiting') return
  if (/permission|approv|sandbox|worker/i.test(reason)) return 'permission'
  return /dialog/i.test(reason) ? 'dialog' : 'question'
}
