import type {SessionSpec} from '@gtown/sdk'
import {command, exactName} from './commands.js'
import {PANE_FORMAT} from './panes.js'
import {escapeFormat, quote} from './quote.js'
import {encodeLabels} from './session.js'

const BIRTH_TAG = 'born|'
const BIRTH_FORMAT = `${BIRTH_TAG}#{session_id}|created:#{session_created}|#{pane_id}|#{pane_pid}`

/** What tmux says of a session as it is made, before it has labels and before any hook has run. */
export interface Birth {
  id: string
  /** What identifies it as long as it has no label. */
  incarnation: string
  /** The pane of its first process, and that process. */
  pane: string
  pid: string
}

/** Finds the birth of the session in what tmux wrote; undefined when none was made. */
export function parseBirth(stdout: string): Birth | undefined {
  const line = stdout.split('\n').find((text) => text.startsWith(BIRTH_TAG))
  const [id, incarnation, pane, pid] = line?.slice(BIRTH_TAG.length).split('|') ?? []
  return id && incarnation && pane && pid ? {id, incarnation, pane, pid} : undefined
}

/**
 * The script that makes the session, labels it and reads it back. Whoever is refused the name does not go on to
 * label the winner's session.
 */
export function startScript(spec: SessionSpec, incarnation: string): string {
  const target = exactName(spec.name)
  const set = (option: string, value: string) => [command.setOption, '-t', target, option, value]
  const commands = [
    newSession(spec),
    set('@gt_incarnation', incarnation),
    set('@gt_labels', encodeLabels(spec.labels)),
    ...adoptPane(target, '#{pane_id}', '#{pane_pid}'),
    // A user's tmux.conf may end every session that no terminal shows.
    set('destroy-unattached', 'off'),
    ...appearanceOptions(spec).map(([option, value]) => set(option, value)),
    [command.listPanes, '-s', '-t', target, '-F', PANE_FORMAT],
  ]
  return script(commands)
}

/**
 * One sequence of commands, of which a failed one cancels the rest. It stands in a condition, since tmux runs
 * whatever it has read when its input breaks off, but takes a condition without an end for a syntax error and
 * runs nothing of it.
 */
export function script(commands: readonly (readonly string[])[]): string {
  return `%if 1\n${commands.map((words) => words.map(quote).join(' ')).join(' ; ')}\n%endif\n`
}

/**
 * The commands that make a pane the session's own: recorded as its first process's, kept when that process
 * ends, for exit code and last screen, and not started again by a hook of the user's.
 */
export function adoptPane(target: string, pane: string, pid: string): string[][] {
  return [
    [command.setOption, '-F', '-t', target, '@gt_pane', pane],
    [command.setOption, '-F', '-t', target, '@gt_pid', pid],
    [command.setOption, '-p', '-t', target, 'remain-on-exit', 'on'],
    // The notice that a process has ended would scroll its last screen. Quietly: tmux 3.2 has no such option.
    [command.setOption, '-p', '-q', '-t', target, 'remain-on-exit-format', ''],
    [command.setHook, '-p', '-t', target, 'pane-died', ''],
  ]
}

function newSession(spec: SessionSpec): string[] {
  // tmux 3.2 would leave in PWD where its server was started.
  const env = {PWD: spec.cwd, ...spec.env}
  return [
    ...[command.newSession, '-d', '-P', '-F', BIRTH_FORMAT, '-s', spec.name],
    ...Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    '--',
    ...commandLine(spec),
  ]
}

/** tmux gives the first process its own value of these, whatever the session's environment says. */
export const SET_BY_TMUX = ['PATH', 'PWD', 'SHELL', 'TERM', 'TERM_PROGRAM', 'TERM_PROGRAM_VERSION']

/**
 * The first process's command line. env(1) replaces itself by the program, so that no process is added.
 * tmux hands a command of one word to a shell, and runs one of several words as it is.
 */
export function commandLine({
  command: words,
  env,
  unsetEnv,
}: Pick<SessionSpec, 'command' | 'env' | 'unsetEnv'>): string[] {
  const again = SET_BY_TMUX.flatMap((name) => (env[name] === undefined ? [] : [`${name}=${env[name]}`]))
  const unset = unsetEnv.flatMap((name) => ['-u', name])
  if (words.length > 1 && again.length === 0 && unset.length === 0) return [...words]
  // env would take a path with = in it for a variable; nice, told to change nothing, takes it as it is.
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
