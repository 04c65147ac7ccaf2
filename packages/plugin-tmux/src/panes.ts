import {checkVersion} from './version.js'

/**
 * A tmux format for what identifies one life of a session: our own label, or the creation time for a session that gt
 * did not start.
 */
export const INCARNATION = '#{?#{==:#{@gt_incarnation},},created:#{session_created},#{@gt_incarnation}}'

/** The fields read from every pane. The name comes last, since a foreign session's name may contain the separator. */
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

/** The panes of one session: at least one. */
export type SessionPanes = readonly [Pane, ...Pane[]]

const TAG = 'pane|'
const fields = Object.keys(formats) as (keyof typeof formats)[]

/** The format for `list-panes` that `parsePanes` reads. */
export const PANE_FORMAT = TAG + Object.values(formats).join('|')

/** Finds the panes in tmux's output, grouped by session. Throws when the server is too old. */
export function parsePanes(stdout: string): SessionPanes[] {
  const sessions = new Map<string, [Pane, ...Pane[]]>()
  for (const line of stdout.split('\n')) {
    // Hooks and errors of the user's tmux.conf may print other lines here.
    if (!line.startsWith(TAG)) continue
    const pane = parsePane(line.slice(TAG.length))
    const panes = sessions.get(pane.sessionId)
    if (panes) panes.push(pane)
    else sessions.set(pane.sessionId, [pane])
  }
  const found = [...sessions.values()]
  // All sessions are on one server, so one version check is enough.
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
  // Same as `INCARNATION`, whose condition would cost tmux as much as three fields.
  pane.incarnation ||= `created:${pane.created}`
  return pane as Pane
}

/** The pane of the session's first process; undefined when that pane is gone and other panes keep the session alive. */
export function agentPane(panes: SessionPanes): Pane | undefined {
  const [first] = panes
  return first.agentPane === '' ? first : panes.find(({pane}) => pane === first.agentPane)
}

/** True when the pane's process has ended and the pane was kept. `pid` then still is that of the ended process. */
export function hasEnded(pane: Pane): boolean {
  return pane.dead === '1'
}
