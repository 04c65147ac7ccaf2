import {constants} from 'node:os'
import type {Exit, Labels, Session} from '@gtown/sdk'
import {agentPane, hasEnded, type Pane, type SessionPanes} from './panes.js'

/** The labels as text that tmux neither expands nor splits, to be kept in a user option. */
export function encodeLabels(labels: Labels): string {
  return new URLSearchParams({...labels}).toString()
}

/** By hand: `URLSearchParams` takes three times as long, and there may be hundreds of sessions. */
function decodeLabels(text: string): Labels {
  const labels: Record<string, string> = {}
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=')
    if (equals !== -1) labels[decode(pair.slice(0, equals))] = decode(pair.slice(equals + 1))
  }
  return labels
}

function decode(word: string): string {
  if (!word.includes('%') && !word.includes('+')) return word
  try {
    return decodeURIComponent(word.replaceAll('+', ' '))
  } catch (error) {
    // Not necessarily written by gt.
    if (error instanceof URIError) return word
    throw error
  }
}

/** One session, made from its panes. */
export function toSession(panes: SessionPanes): Session {
  const [any] = panes
  const agent = agentPane(panes)
  const ended = !agent || hasEnded(agent)
  return {
    name: any.name,
    id: any.sessionId,
    incarnation: any.incarnation,
    pid: Number(agent?.pid ?? any.agentPid),
    createdAt: milliseconds(any.created),
    lastActivityAt: milliseconds((agent ?? any).activity),
    liveness: ended ? 'dead' : 'alive',
    ...(ended && {exit: agent ? exitOf(agent) : {}}),
    attached: Number(any.attached),
    stopping: any.stopping !== '',
    labels: decodeLabels(any.labels),
  }
}

function milliseconds(seconds: string): number {
  return Number(seconds) * 1000
}

function exitOf({exitCode, exitSignal}: Pane): Exit {
  return {
    ...(exitCode !== '' && {code: Number(exitCode)}),
    ...(exitSignal !== '' && {signal: signalName(exitSignal)}),
  }
}

/** tmux reports the number, or the name without SIG, depending on the system it was built for. */
function signalName(signal: string): string {
  const known = Object.entries(constants.signals).find(([, number]) => String(number) === signal)
  return known?.[0] ?? (signal.startsWith('SIG') ? signal : `SIG${signal}`)
}
