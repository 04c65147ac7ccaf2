import {setTimeout as sleep} from 'node:timers/promises'
import {checkSessionName, type Session} from '@gtown/sdk'
import {command, exactName, sequence} from './commands.js'
import {isAbsent, unexpected} from './errors.js'
import {agentPane, hasEnded, PANE_FORMAT, parsePanes, type SessionPanes} from './panes.js'
import {toSession} from './session.js'
import type {Tmux} from './tmux.js'
import type {TmuxResult} from './tmux-result.js'
import {untilAnswered} from './until-answered.js'
import {parseView, viewCommands} from './view.js'

/**
 * The session of that name; undefined when there certainly is none. Costs one tmux process, or a few when the session
 * is dead and tmux does not know how it ended.
 */
export async function inspect(
  tmux: Tmux,
  name: string,
  options: {view?: boolean} = {},
): Promise<Session | undefined> {
  checkSessionName(name)
  const target = exactName(name)
  const query = sequence(
    [command.listPanes, '-s', '-t', target, '-F', PANE_FORMAT],
    ...(options.view ? viewCommands(target) : []),
    [command.showEnvironment, '-t', target, 'GT_ROOT'],
  )
  const result = await untilAnswered(
    () => tmux.ask(query),
    (stdout) => parsePanes(stdout).length > 0,
  )
  const [panes] = parsePanes(result.stdout)
  if (!panes) {
    if (isAbsent(result)) return undefined
    throw unexpected(result)
  }
  const shown = options.view ? parseView(result.stdout) : undefined
  const environmentRoot = environmentValue(withoutView(result, shown), 'GT_ROOT')
  const settled = await withExit(tmux, panes)
  return {
    ...toSession(settled),
    // The view is of the active pane, which may not be the agent's.
    ...(shown && shown.pane === agentPane(settled)?.pane && {view: shown.view}),
    ...(environmentRoot !== undefined && {environmentRoot}),
  }
}

/** tmux's output after the screen. The screen itself may show text that looks like a variable. */
function withoutView(result: TmuxResult, shown: ReturnType<typeof parseView>): TmuxResult {
  return shown ? {...result, stdout: shown.rest} : result
}

/** Attempts to make tmux find out how a process ended. tmux 3.2 never learns of a signal. */
const EXIT_TRIES = 4

/**
 * A tmux that keeps login records (libutempter) can miss the end of a process while it writes one. It then does not
 * know how the process ended until another child of its own ends, so we start one.
 */
async function withExit(tmux: Tmux, panes: SessionPanes): Promise<SessionPanes> {
  let seen = panes
  for (let tries = 1; tries <= EXIT_TRIES; tries++) {
    const agent = agentPane(seen)
    if (!agent || !hasEnded(agent) || agent.exitCode !== '' || agent.exitSignal !== '') break
    const listing = [command.listPanes, '-s', '-t', `${agent.sessionId}:`, '-F', PANE_FORMAT]
    // tmux may answer before it has reaped that child.
    if (tries > 1) await sleep(10 * tries)
    const result = await tmux.run(sequence([command.runShell, 'true'], listing))
    seen = parsePanes(result.stdout)[0] ?? seen
  }
  return seen
}

/** The last line of a complete list. Only with it does an empty list mean that there are no sessions. */
const END = 'gt-end-of-list'

/**
 * All sessions, or those whose name begins with the prefix, from one tmux process. `environmentRoot` is left out,
 * since tmux shows the environment of one session at a time. The exit of a dead session may be missing, see `inspect`.
 */
export async function list(tmux: Tmux, prefix = ''): Promise<Session[]> {
  const query = sequence([command.listPanes, '-a', '-F', PANE_FORMAT], [command.displayMessage, '-p', END])
  const result = await untilAnswered(
    () => tmux.run(query),
    (stdout) => stdout.split('\n').includes(END),
  )
  if (result.code !== 0 && !isAbsent(result)) throw unexpected(result)
  return parsePanes(result.stdout)
    .map(toSession)
    .filter(({name}) => name.startsWith(prefix))
}

/**
 * The variable that `show-environment` printed at the end of the output; undefined when the session does not have it.
 * The value may have several lines.
 */
export function environmentValue({stdout, stderr, code}: TmuxResult, name: string): string | undefined {
  if (code !== 0 && !stderr.includes('unknown variable')) throw unexpected({stdout: '', stderr, code})
  const start = `\n${stdout}`.indexOf(`\n${name}=`)
  return start === -1 ? undefined : stdout.slice(start + name.length + 1).replace(/\n$/, '')
}
