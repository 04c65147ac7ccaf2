import type {SessionSpec} from '@gtown/sdk'
import {command, exactName} from './commands.js'
import {PANE_FORMAT} from './panes.js'
import {escapeFormat, quote} from './quote.js'
import {encodeLabels} from './session.js'

const BIRTH_TAG = 'born|'
const BIRTH_FORMAT = `${BIRTH_TAG}#{session_id}|created:#{session_created}|#{pane_id}|#{pane_pid}`

/** What tmux reports when it creates a session, before labels are set and before any hook runs. */
export interface Birth {
  id: string
  /** Identifies the session until it has its label. */
  incarnation: string
  /** The pane of its first process. */
  pane: string
  pid: string
}

/** Finds the birth of the session in tmux's output; undefined when no session was created. */
export function parseBirth(stdout: string): Birth | undefined {
  const line = stdout.split('\n').find((text) => text.startsWith(BIRTH_TAG))
  const [id, incarnation, pane, pid] = line?.slice(BIRTH_TAG.length).split('|') ?? []
  return id && incarnation && pane && pid ? {id, incarnation, pane, pid} : undefined
}

/**
 * The script that creates the session, labels it and reads it back. When the name is taken, nothing after the creation
 * runs, so the existing session is not labelled.
 */
export function startScript(spec: SessionSpec, incarnation: string): string {
  const target = exactName(spec.name)
  const set = (option: string, value: string) => [command.setOption, '-t', target, option, value]
  const commands = [
    newSession(spec),
    set('@gt_incarnation', incarnation),
    set('@gt_labels', encodeLabels(spec.labels)),
    ...adoptPane(target, '#{pane_id}', '#{pane_pid}'),
    // The user's tmux.conf may destroy sessions to which no client is attached.
    set('destroy-unattached', 'off'),
    ...appearanceOptions(spec).map(([option, value]) => set(option, value)),
    [command.listPanes, '-s', '-t', target, '-F', PANE_FORMAT],
  ]
  return script(commands)
}

/**
 * One sequence of commands, in which a failed one cancels the rest. The %if block guards against truncated input: tmux
 * runs whatever it has read when its input breaks off, but treats an unclosed block as a syntax error and runs nothing.
 */
export function script(commands: readonly (readonly string[])[]): string {
  return `%if 1\n${commands.map((words) => words.map(quote).join(' ')).join(' ; ')}\n%endif\n`
}

/**
 * The commands that make a pane the agent's. The pane is recorded in the session's options, it stays when its process
 * ends (for exit code and last screen), and no hook of the user's can restart it.
 */
export function adoptPane(target: string, pane: string, pid: string): string[][] {
  return [
    [command.setOption, '-F', '-t', target, '@gt_pane', pane],
    [command.setOption, '-F', '-t', target, '@gt_pid', pid],
    [command.setOption, '-p', '-t', target, 'remain-on-exit', 'on'],
    // An empty format: the "Pane is dead" notice would scroll the last screen. -q, since tmux 3.2 lacks the option.
    [command.setOption, '-p', '-q', '-t', target, 'remain-on-exit-format', ''],
    [command.setHook, '-p', '-t', target, 'pane-died', ''],
  ]
}

function newSession(spec: SessionSpec): string[] {
  // tmux 3.2 would leave the server's own directory in PWD.
  const env = {PWD: spec.cwd, ...spec.env}
  return [
    ...[command.newSession, '-d', '-P', '-F', BIRTH_FORMAT, '-s', spec.name],
    ...Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    '--',
    ...commandLine(spec),
  ]
}

/** Variables that tmux sets itself for the first process, whatever the session's environment says. */
export const SET_BY_TMUX = ['PATH', 'PWD', 'SHELL', 'TERM', 'TERM_PROGRAM', 'TERM_PROGRAM_VERSION']

/**
 * The first process's command line. env(1) replaces itself with the program, so no process is added. It also makes
 * a one-word command longer: tmux would run that through a shell.
 */
export function commandLine({
  command: words,
  env,
  unsetEnv,
}: Pick<SessionSpec, 'command' | 'env' | 'unsetEnv'>): string[] {
  const again = SET_BY_TMUX.flatMap((name) => (env[name] === undefined ? [] : [`${name}=${env[name]}`]))
  const unset = unsetEnv.flatMap((name) => ['-u', name])
  if (words.length > 1 && again.length === 0 && unset.length === 0) return [...words]
  // env takes a path that contains = for a variable. nice with no change of priority runs it as a program.
  const direct = words[0].includes('=') ? ['nice', '-n', '0'] : []
  return ['/usr/bin/env', ...unset, ...again, ...direct, ...words]
}

function appearanceOptions({appearance}: SessionSpec): [option: string, value: string][] {
  if (!appearance) return []
  const {title, background, foreground} = appearance
  return [
    ['status-left', `${escapeFormat(title)} `],
    ['status-left-length', '25'],
    ['status-right-length', '80'],
    ['status-interval', '5'],
    ['status-style', `bg=${background},fg=${foreground}`],
    ['mouse', 'on'],
  ]
}
