import {checkVersion} from './version.js'

/**
 * What tells one life of a session from another, in tmux's format language: our own label, or for a session
 * that gt did not start the time of its birth.
 */
export const INCARNATION = '#{?#{==:#{@gt_incarnation},},created:#{session_created},#{@gt_incarnation}}'

/** What is read of every pane. The name stands last: only a stranger's name may contain the separator. */
const formats = {
  version: '#{version}',
  server: '#{pid}',
  sessionId: '#{session_id}',
  incarnation: '#{@gt_incarnation}',
  created: '#{session_created}',
  attached: '#{session_attached}',
  stopping: '#{@gt_stopping}',
  labels: '#{@gt_labels}',
  agentPane: '#{@gt_pane}',
  agentPid: '#{@gt_pid}',
  pane: '#{pane_id}',
  pid: '#{pane_pid}',
  dead: '#{pane_dead}',
  exitCode: '#{pane_dead_status}',
  exitSignal: '#{pane_dead_signal}',
  activity: '#{window_activity}',
  name: '#{session_name}',
} as const

/** One pane, in tmux's own words. */
export type Pane = Record<keyof typeof formats, string>

/** The panes of one session: there is always one. */
export type SessionPanes = readonly [Pane, ...Pane[]]

const TAG = 'pane|'
const fields = Object.keys(formats) as (keyof typeof formats)[]

/** The format whose lines `parsePanes` reads. */
export const PANE_FORMAT = TAG + Object.values(formats).join('|')

/** Finds the panes in what tmux wrote, grouped by session. Rejects when the server is too old to be trusted. */
export function parsePanes(stdout: string): SessionPanes[] {
  const sessions = new Map<string, [Pane, ...Pane[]]>()
  for (const line of stdout.split('\n')) {
    // Another line is not ours: a hook or a fault of the user's tmux.conf may write here as well.
    if (!line.startsWith(TAG)) continue
    const pane = parsePane(line.slice(TAG.length))
    const panes = sessions.get(pane.sessionId)
    if (panes) panes.push(pane)
    else sessions.set(pane.sessionId, [pane])
  }
  const found = [...sessions.values()]
  // One server, one version.
  if (found[0]) checkVersion(found[0][0].version)
  return found
}

function parsePane(line: string): Pane {
  const values = line.split('|')
  const name = values.splice(fields.length - 1).join('|')
  const pane: Partial<Pane> = {}
  fields.forEach((field, index) => {
    pane[field] = values[index] ?? name
  })
  // As `INCARNATION` says, which would cost tmux as much as three fields.
  pane.incarnation ||= `created:${pane.created}`
  return pane as Pane
}

/** The pane of the session's first process, or undefined when it is gone and other panes keep the session. */
export function agentPane(panes: SessionPanes): Pane | undefined {
  const [first] = panes
  return first.agentPane === '' ? first : panes.find(({pane}) => pane === first.agentPane)
}

/** True when the pane's process has ended and the pane was kept. It still has the process's number then. */
export function hasEnded(pane: Pane): boolean {
  return pane.dead === '1'
}
