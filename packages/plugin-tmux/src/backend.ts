import {checkTerminal, type Killer, type SessionBackend} from '@gtown/sdk'
import {attach} from './attach.js'
import {environment} from './environment.js'
import {inspect, list} from './inspect.js'
import {runOutside} from './run-outside.js'
import {capture} from './screen.js'
import {start} from './start.js'
import {stop} from './stop.js'
import {openTmux} from './tmux.js'
import {press, type} from './typing.js'
import {view} from './view.js'
import {views} from './views.js'

export interface TmuxBackendOptions {
  killer: Killer
  /** Source of PATH, GT_TMUX_SOCKET, TMUX_TMPDIR and TMUX. A server that has to be started inherits it. */
  env?: NodeJS.ProcessEnv
}

/**
 * Sessions on tmux 3.2 or newer, on the server that `GT_TMUX_SOCKET` names, else on tmux's default one.
 * Rejects and throws as `SessionBackend` says, and also with `TMUX_TOO_OLD`, and with `NO_TERMINAL` from attach.
 */
export function createTmuxBackend({killer, env = process.env}: TmuxBackendOptions): Required<SessionBackend> {
  const tmux = openTmux(env)
  const services = {tmux, killer}
  return {
    name: 'tmux',
    local: true,
    start: (spec, options) => start(services, spec, options?.signal),
    stop: (session, {graceMs}) => stop(services, session, graceMs),
    inspect: (name, options) => inspect(tmux, name, options),
    list: (filter) => list(tmux, filter?.prefix),
    attach: (session) => attach(tmux, session),
    checkAttach: checkTerminal,
    capture: (session, {lines}) => capture(tmux, session, lines),
    environment: (session) => environment(tmux, session),
    view: (session) => view(tmux, session),
    views: (sessions) => views(tmux, sessions),
    type: (session, text, options) => type(tmux, session, text, options),
    press: (session, key, options) => press(tmux, session, key, options),
    runOutside: (command, options) => runOutside(tmux, command, options),
  }
}
