import type {Killer, SessionBackend} from '@gtown/sdk'
import {attach, checkAttach} from './attach.js'
import {environment} from './environment.js'
import {inspect, list} from './inspect.js'
import {runOutside} from './run-outside.js'
import {capture, send} from './screen.js'
import {start} from './start.js'
import {stop} from './stop.js'
import {openTmux} from './tmux.js'

export interface TmuxBackendOptions {
  killer: Killer
  /** Where PATH, GT_TMUX_SOCKET, TMUX_TMPDIR and TMUX are read, and what a server that has to be started inherits. */
  env?: NodeJS.ProcessEnv
}

/**
 * Sessions on tmux 3.2 or newer, on the server that `GT_TMUX_SOCKET` names, else on tmux's default one.
 * Rejects and throws as `SessionBackend` says; besides with `TMUX_TOO_OLD`, and `NO_TERMINAL` from attach.
 */
export function createTmuxBackend({killer, env = process.env}: TmuxBackendOptions): Required<SessionBackend> {
  const tmux = openTmux(env)
  const services = {tmux, killer}
  return {
    name: 'tmux',
    start: (spec, options) => start(services, spec, options?.signal),
    stop: (session, {graceMs}) => stop(services, session, graceMs),
    inspect: (name) => inspect(tmux, name),
    list: (filter) => list(tmux, filter?.prefix),
    attach: (session) => attach(tmux, session),
    checkAttach,
    capture: (session, {lines}) => capture(tmux, session, lines),
    environment: (session) => environment(tmux, session),
    send: (session, text) => send(tmux, session, text),
    runOutside: (command, options) => runOutside(tmux, command, options),
  }
}
