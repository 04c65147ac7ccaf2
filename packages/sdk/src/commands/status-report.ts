import type {RoleRef} from '../role.js'
import {plainStyle, type Style} from '../style.js'
import {errorToJson, errorToText} from './error-output.js'
import type {RoleView} from './role-view.js'
import {type StatusEntry, stateOf, statusSummary, statusTable} from './status-entry.js'
import {parseFormat} from './status-format.js'
import {Repainter, watch} from './watch.js'

/** How one session is shown. */
export type StatusView<Ref extends RoleRef> = Pick<RoleView<Ref>, 'status'>

export interface StatusQuestion<Ref extends RoleRef> {
  /** Asks what is true now. May reject as a whole. */
  look(): Promise<StatusEntry<Ref>[]>
  view: StatusView<Ref>
  /** About all rigs, instead of one session. */
  many: boolean
  style: Style
}

export interface StatusForm {
  /** A line of JSON for each session. */
  jsonl?: boolean | undefined
  /** A template for one line; see `parseFormat`. */
  format?: string | undefined
}

type Entries<Ref extends RoleRef> = StatusEntry<Ref>[]

/** How the answer reads, in the form that is asked for. Throws a usage error for a form that cannot be. */
export function statusText<Ref extends RoleRef>(
  {view, many, style}: StatusQuestion<Ref>,
  {jsonl, format}: StatusForm,
): (entries: Entries<Ref>) => string {
  if (format !== undefined) return parseFormat(format, {many})
  if (jsonl) return (entries) => entries.map((entry) => JSON.stringify(entryJson(entry, view))).join('\n')
  if (many) return (entries) => statusTable(entries, style)
  return (entries) => entries.map((entry) => entryText(entry, view, style)).join('\n')
}

/** One entry for programs: what the command says of a single one, or the error. */
export function entryJson<Ref extends RoleRef>(
  entry: StatusEntry<Ref>,
  view: StatusView<Ref>,
): Record<string, unknown> {
  if (!('error' in entry)) return view.status(entry.ref, entry.status, plainStyle).json
  const {rig} = entry.ref
  return {...(rig && {rig_name: rig.name}), ...errorToJson(entry.error)}
}

function entryText<Ref extends RoleRef>(
  entry: StatusEntry<Ref>,
  view: StatusView<Ref>,
  style: Style,
): string {
  return 'error' in entry
    ? errorToText(entry.error).trimEnd()
    : view.status(entry.ref, entry.status, style).text
}

export interface WatchStatusOptions {
  intervalMs: number
  signal: AbortSignal
}

/**
 * Goes on saying what is true: on a terminal in one place; elsewhere, and in another form than text, anew with each
 * change. Ends with the signal.
 */
export async function watchStatus<Ref extends RoleRef>(
  question: StatusQuestion<Ref>,
  form: StatusForm,
  {intervalMs, signal}: WatchStatusOptions,
): Promise<void> {
  const isText = form.format === undefined && !form.jsonl
  const tell = isText && process.stdout.isTTY ? painter(question, form, intervalMs) : teller(question, form)
  try {
    await watch(async () => tell.say(await looked(question)), {intervalMs, signal})
  } finally {
    tell.close()
  }
}

type Look<Ref extends RoleRef> = Entries<Ref> | {failed: unknown}

interface Teller<Ref extends RoleRef> {
  say(look: Look<Ref>): void
  close(): void
}

async function looked<Ref extends RoleRef>({look}: StatusQuestion<Ref>): Promise<Look<Ref>> {
  try {
    return await look()
  } catch (error) {
    // It may pass: a town's registry is being written, or its backend comes back.
    return {failed: error}
  }
}

/** A text in place of the one before it, and when it was true. */
function painter<Ref extends RoleRef>(
  question: StatusQuestion<Ref>,
  form: StatusForm,
  intervalMs: number,
): Teller<Ref> {
  const text = statusText(question, form)
  const screen = new Repainter(process.stdout)
  return {
    say(look) {
      const time = new Date().toTimeString().slice(0, 8)
      const [summary, body] =
        'failed' in look ? ['unknown', errorToText(look.failed)] : [statusSummary(look), text(look)]
      screen.paint(
        `${question.style.dim(`${time}  ${summary}  (every ${intervalMs / 1000}s, Ctrl-C ends)`)}\n\n${body}`,
      )
    },
    close: () => screen.close(),
  }
}

/** What has changed since it was last said. Of JSON the lines that have, since each is a session. */
function teller<Ref extends RoleRef>(question: StatusQuestion<Ref>, form: StatusForm): Teller<Ref> {
  const text = statusText(question, form)
  const known = new Map<string, string>()
  let lastError = ''
  const changed = (entries: Entries<Ref>) =>
    entries.filter((entry) => {
      const name = entry.ref.rig?.name ?? ''
      const before = known.get(name)
      const now = gist(entry)
      known.set(name, now)
      return now !== before
    })
  return {
    say(look) {
      if ('failed' in look) {
        const error = errorToText(look.failed)
        if (error !== lastError) process.stderr.write(error)
        lastError = error
        return
      }
      lastError = ''
      const news = changed(look)
      if (news.length > 0) process.stdout.write(`${text(form.jsonl ? news : look)}\n`)
    },
    close() {},
  }
}

/** What of a session is worth telling again; its times and ages always change. */
function gist(entry: StatusEntry<RoleRef>): string {
  const {session, reading, reason} = 'error' in entry ? {} : entry.status
  const error = 'error' in entry ? errorToText(entry.error) : undefined
  return JSON.stringify([stateOf(entry), session?.incarnation, session?.pid, reading?.state, reason, error])
}
