import {checkTerminal, type Killer, type SessionBackend} from '@gtown/sdk'
import {attach} from './attach.js'
import {foldersOf} from './directory.js'
import {inspect, list} from './inspect.js'
import type {Place} from './life.js'
import {runOutside} from './run-outside.js'
import {capture, environment, press, type, view, views} from './screen.js'
import {start} from './start.js'
import {stop} from './stop.js'

export interface PtyBackendOptions {
  killer: Killer
  /** Source of GT_PTY_DIR. Sessions and their shims inherit it. */
  env?: NodeJS.ProcessEnv
  /** Milliseconds to wait for a shim's answer; 10 s by default. A healthy one answers at once. */
  timeoutMs?: number
}

/**
 * Sessions on pseudo terminals of their own, each held by a shim process. Rejects and throws as `SessionBackend` says,
 * and also with `NO_TERMINAL` from attach.
 */
export function createPtyBackend({
  killer,
  env = process.env,
  timeoutMs = 10_000,
}: PtyBackendOptions): Required<SessionBackend> {
  const folders = foldersOf(env)
  const place: Place = {folders, directory: folders.at(-1) ?? folders[0], env, timeoutMs}
  const services = {...place, killer}
  return {
    name: 'pty',
    local: true,
    start: (spec, options) => start(services, spec, options?.signal),
    stop: (session, {graceMs}) => stop(services, session, graceMs),
    inspect: (name) => inspect(place, name),
    list: (filter) => list(place, filter?.prefix),
    attach: (session) => attach(place, session),
    checkAttach: checkTerminal,
    capture: (session, {lines}) => capture(place, session, lines),
    environment: (session) => environment(place, session),
    view: (session) => view(place, session),
    views: (sessions) => views(place, sessions),
    type: (session, text, options) => type(place, session, text, options),
    press: (session, key, options) => press(place, session, key, options),
    runOutside: (command, options) => runOutside(place, command, options),
  }
}
