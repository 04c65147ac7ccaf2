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
  /** Reads the current status. May reject as a whole. */
  look(): Promise<StatusEntry<Ref>[]>
  view: StatusView<Ref>
  /** True for all rigs, false for a single session. */
  many: boolean
  style: Style
}

export interface StatusForm {
  /** One line of JSON per session. */
  jsonl?: boolean | undefined
  /** A template for one line; see `parseFormat`. */
  format?: string | undefined
}

type Entries<Ref extends RoleRef> = StatusEntry<Ref>[]

/** Returns a function that formats the answer in this form. Throws a usage error for an invalid template. */
export function statusText<Ref extends RoleRef>(
  {view, many, style}: StatusQuestion<Ref>,
  {jsonl, format}: StatusForm,
): (entries: Entries<Ref>) => string {
  if (format !== undefined) return parseFormat(format, {many})
  if (jsonl) return (entries) => entries.map((entry) => JSON.stringify(entryJson(entry, view))).join('\n')
  if (many) return (entries) => statusTable(entries, style)
  return (entries) => entries.map((entry) => entryText(entry, view, style)).join('\n')
}

/** One entry as JSON, the same as for a single session, or the error. */
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
 * Shows the status until the signal is aborted. Text on a terminal is repainted in place; otherwise each change is
 * printed.
 */
export async function watchStatus<Ref extends RoleRef>(
  question: StatusQuestion<Ref>,
  form: StatusForm,
  {intervalMs, signal}: WatchStatusOptions,
): Promise<void> {
  const isText = form.format === undefined && !form.jsonl
  const printer =
    isText && process.stdout.isTTY
      ? repaintPrinter(question, form, intervalMs)
      : changePrinter(question, form)
  try {
    await watch(async () => printer.say(await lookOrFail(question)), {intervalMs, signal})
  } finally {
    printer.close()
  }
}

type Look<Ref extends RoleRef> = Entries<Ref> | {failed: unknown}

interface StatusPrinter<Ref extends RoleRef> {
  say(look: Look<Ref>): void
  close(): void
}

async function lookOrFail<Ref extends RoleRef>({look}: StatusQuestion<Ref>): Promise<Look<Ref>> {
  try {
    return await look()
  } catch (error) {
    // The failure may be temporary: a registry that is being written, or a backend that comes back.
    return {failed: error}
  }
}

/** Repaints the text in place, with its time. */
function repaintPrinter<Ref extends RoleRef>(
  question: StatusQuestion<Ref>,
  form: StatusForm,
  intervalMs: number,
): StatusPrinter<Ref> {
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

/** Prints the status when it has changed; with JSON lines, only the changed sessions. */
function changePrinter<Ref extends RoleRef>(
  question: StatusQuestion<Ref>,
  form: StatusForm,
): StatusPrinter<Ref> {
  const text = statusText(question, form)
  const known = new Map<string, string>()
  let lastError = ''
  const changed = (entries: Entries<Ref>) =>
    entries.filter((entry) => {
      const name = entry.ref.rig?.name ?? ''
      const before = known.get(name)
      const now = comparable(entry)
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

/** The parts of a session that count as a change. Times and ages always differ. */
function comparable(entry: StatusEntry<RoleRef>): string {
  const {session, reading, reason} = 'error' in entry ? {} : entry.status
  const error = 'error' in entry ? errorToText(entry.error) : undefined
  return JSON.stringify([stateOf(entry), session?.incarnation, session?.pid, reading?.state, reason, error])
}
