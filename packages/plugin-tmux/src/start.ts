import {setTimeout as sleep} from 'node:timers/promises'
import {incarnationOf, type Session, type SessionSpec, sessionExists} from '@gtown/sdk'
import {command, sequence} from './commands.js'
import {checkSuccess, classify, isAbsent, lost, unavailable, unexpected} from './errors.js'
import {PANE_FORMAT, parsePanes, type SessionPanes} from './panes.js'
import {toSession} from './session.js'
import {checkSpec} from './spec.js'
import {adoptPane, type Birth, parseBirth, startScript} from './start-script.js'
import {type StopServices, stop} from './stop.js'
import type {Tmux} from './tmux.js'
import type {TmuxResult} from './tmux-result.js'
import {checkInstalled} from './version.js'

/** One attempt to start a session, with what identifies the session that it made. */
interface Attempt {
  spec: SessionSpec
  incarnation: string
  /** Set once tmux has created the session. */
  birth?: Birth
}

/**
 * Starts a session. It never checks for the name first: tmux's refusal of a taken name is the lock.
 *
 * @throws `SESSION_EXISTS` when the name is taken; the signal's reason when it is aborted. Nothing of the session is
 *   left behind, unless tmux cannot be reached (`BACKEND_UNAVAILABLE`): then it is unknown.
 */
export async function start(
  services: StopServices,
  spec: SessionSpec,
  signal?: AbortSignal,
): Promise<Session> {
  signal?.throwIfAborted()
  await checkSpec(spec)
  const incarnation = incarnationOf(spec)
  await checkInstalled(services.tmux)
  const contained = await services.killer.contain(spec.command)
  const attempt: Attempt = {spec: {...spec, command: contained}, incarnation}
  signal?.throwIfAborted()
  try {
    const result = await create(services.tmux, attempt, signal)
    signal?.throwIfAborted()
    return await confirm(services.tmux, attempt, result)
  } catch (error) {
    await remove(services, attempt, error)
    throw error
  }
}

const MAX_TRIES = 5

async function create(tmux: Tmux, attempt: Attempt, signal?: AbortSignal): Promise<TmuxResult> {
  const {spec, incarnation} = attempt
  const args = sequence([command.startServer], [command.sourceFile, '-'])
  const input = startScript(spec, incarnation)
  for (let tries = 1; ; tries++) {
    // The directory is set on the tmux process itself: as an option (-c) it would be expanded as a format.
    const result = await tmux.run(args, {input, cwd: spec.cwd})
    const birth = parseBirth(result.stdout)
    if (birth) {
      attempt.birth = birth
      return result
    }
    const failure = classify(result.stderr)
    if (failure === 'duplicate') throw sessionExists(spec.name)
    // A server that is just exiting, since its last session ended, may drop this client.
    if (failure !== 'noServer' || tries === MAX_TRIES) throw unexpected(result)
    await sleep(20 * tries)
    signal?.throwIfAborted()
  }
}

/** Checks the created session instead of tmux's exit code, which is also 1 when a hook of the user's fails. */
async function confirm(
  tmux: Tmux,
  {spec, incarnation, birth}: Attempt,
  result: TmuxResult,
): Promise<Session> {
  const [panes] = parsePanes(result.stdout)
  if (!panes && isAbsent(result)) throw lost(spec.name, 'it ended as soon as it was made')
  if (!panes || !birth) throw unexpected(result)
  const [{sessionId, incarnation: found, agentPane}] = panes
  if (sessionId !== birth.id || found !== incarnation) throw lost(spec.name)
  return toSession(agentPane === birth.pane ? panes : await adoptAgain(tmux, birth, agentPane))
}

/** Repairs the options when a hook of the user's split the window first, so that the wrong pane was adopted. */
async function adoptAgain(tmux: Tmux, {id, pane, pid}: Birth, wrongPane: string): Promise<SessionPanes> {
  const result = await tmux.run(
    sequence(
      ...adoptPane(pane, pane, pid),
      [command.setOption, '-p', '-u', '-t', wrongPane, 'remain-on-exit'],
      [command.setOption, '-p', '-u', '-q', '-t', wrongPane, 'remain-on-exit-format'],
      [command.setHook, '-p', '-u', '-t', wrongPane, 'pane-died'],
      [command.listPanes, '-s', '-t', `${id}:`, '-F', PANE_FORMAT],
    ),
  )
  checkSuccess(result)
  const [panes] = parsePanes(result.stdout)
  if (!panes) throw unexpected(result)
  return panes
}

/** Removes the session that this attempt created, and no other one of the same name. */
async function remove(
  services: StopServices,
  {spec, incarnation, birth}: Attempt,
  error: unknown,
): Promise<void> {
  if (!birth) return
  const handle = {name: spec.name, id: birth.id}
  try {
    // By its label, and by its creation time in case the labelling failed.
    await stop(services, {...handle, incarnation}, 0)
    await stop(services, {...handle, incarnation: birth.incarnation}, 0)
  } catch (failure) {
    const [first, second] = [error, failure].map((reason) =>
      reason instanceof Error ? reason.message : reason,
    )
    throw unavailable(`${first}; and its session may be left behind: ${second}`, {cause: error})
  }
}
