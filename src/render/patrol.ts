import {alignColumns, type Style, shorten} from '@gtown/sdk'
import * as v from '@gtown/sdk/schema'
import type {ReadEvent} from '../events/event.js'
import {type Action, actionFormat} from '../patrol/actions.js'
import {outcomeFormat} from '../patrol/report/outcome.js'
import type {Carried, CycleReport} from '../patrol/report/report.js'
import type {Escalation} from '../patrol/settings/escalation.js'
import {THRESHOLD_TABLE, type ThresholdName} from '../patrol/settings/threshold-table.js'
import {type ResolvedThresholds, settingKey} from '../patrol/settings/thresholds.js'

/** One line for the cycle, then one for each action. */
export function cycleText(report: CycleReport): string {
  const {cycle, dryRun, doubt, polecats, rigActions} = report
  const verdicts = Object.entries(Object.groupBy(polecats, ({verdict}) => verdict))
    .map(([verdict, of]) => `${of.length} ${verdict}`)
    .join(', ')
  const only = doubt === undefined ? '' : ` (observing only: ${doubt})`
  const head = `patrol cycle ${cycle}: ${verdicts || 'no workers'}${only}`
  const lines = polecats.flatMap(({name, verdict, actions}) =>
    actions.flatMap((carried) => actionLines(carried, `${name} (${verdict})`, dryRun)),
  )
  return [head, ...lines, ...rigActions.flatMap((carried) => actionLines(carried, report.rig, dryRun))].join(
    '\n',
  )
}

function actionLines({action, outcome}: Carried, who: string, dryRun: boolean): string[] {
  if (action.kind === 'none') return []
  const what = actionWords(action)
  if (what === '') return []
  const would = dryRun && action.kind !== 'observe' ? 'would ' : ''
  const detail = outcome?.detail === undefined ? '' : `: ${outcome.detail.split('\n', 1)[0]}`
  const became = !outcome || outcome.is === 'done' ? detail : ` ${outcome.is}${detail}`
  return [`  ${who}: ${would}${what}${became}`]
}

function actionWords(action: Action): string {
  switch (action.kind) {
    case 'none':
      return ''
    case 'observe':
      return action.withheld.length > 0 ? `withheld: ${action.withheld.join(', ')}` : ''
    case 'nudge':
      return 'nudge'
    case 'escalate':
      return `notify: ${action.detail.split('\n', 1)[0]}`
    case 'resolve':
      return `notify that it is over: ${action.cause}`
    case 'restart':
      return 'restart'
    case 'end-session':
      return 'end its session'
    case 'nuke':
      return 'remove its sandbox'
    case 'press-dialog':
      return 'answer its dialog'
  }
}

/** The cycle as JSON. */
export function cycleJson(report: CycleReport): Record<string, unknown> {
  const {rig, cycle, at, tookMs, dryRun, doubt, polecats, rigActions} = report
  return {
    rig_name: rig,
    cycle,
    at,
    took_ms: tookMs,
    dry_run: dryRun,
    ...(doubt !== undefined && {doubt}),
    polecats: polecats.map(polecatJson),
    rig_actions: rigActions.map(carriedJson),
  }
}

type ReportedPolecat = CycleReport['polecats'][number]

function polecatJson({name, incarnation, row, verdict, evidence, actions}: ReportedPolecat) {
  return {
    name,
    ...(incarnation !== undefined && {incarnation}),
    verdict,
    row,
    evidence: evidence.map(({signal, source, value, ageMs, detail}) => ({
      signal,
      source,
      value,
      age_ms: Math.round(ageMs),
      ...(detail !== undefined && {detail}),
    })),
    actions: actions.map(carriedJson),
  }
}

function carriedJson({action, outcome}: Carried): Record<string, unknown> {
  const {kind, ...of} = action
  return {kind, ...of, ...(outcome && {outcome: outcome.is, ...(outcome.detail && {detail: outcome.detail})})}
}

/** The last verdict on each worker, with its evidence. */
export function whyText({cycle, at, doubt, polecats}: CycleReport, style: Style): string {
  const head = `Cycle ${cycle}, ${at}${doubt === undefined ? '' : ` (observed only: ${doubt})`}`
  const of = polecats.map(({name, verdict, row, evidence, actions}) => {
    const facts = evidence.map(({signal, source, value, ageMs, detail}) => {
      const since = ageMs > 0 ? `, for ${Math.round(ageMs / 1000)} s` : ''
      const words = detail ? ` — ${detail.split('\n', 1)[0]}` : ''
      return `    ${signal}: ${value} ${style.dim(`(${source}${since})`)}${words}`
    })
    const lines = actions.flatMap((carried) => actionLines(carried, 'done', false))
    return [`  ${style.bold(name)}: ${verdict} ${style.dim(`(row ${row})`)}`, ...facts, ...lines].join('\n')
  })
  return [head, ...(of.length > 0 ? of : ['  no workers'])].join('\n')
}

/** Every threshold with its origin. */
export function configText(
  {values, origins}: ResolvedThresholds,
  escalation: Escalation | undefined,
): string {
  const names = Object.keys(THRESHOLD_TABLE) as ThresholdName[]
  const rows = names.map((name) => [settingKey(name), valueText(name, values[name]), origins[name]])
  const lines = alignColumns(rows)
  return [...lines, '', `Incidents are reported to: ${escalationText(escalation)}`].join('\n')
}

function valueText(name: ThresholdName, value: unknown): string {
  const {kind} = THRESHOLD_TABLE[name]
  if (kind === 'size') return `${Number((Number(value) / 1024 ** 3).toFixed(2))}GB`
  if (kind !== 'duration') return String(value)
  const ms = Number(value)
  if (ms % 60_000 === 0) return `${ms / 60_000}m`
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`
}

function escalationText(escalation: Escalation | undefined): string {
  if (!escalation) return 'nobody (no "escalate" in the settings; see gt witness log)'
  const {command, nudge, notify, file} = escalation
  const whom = [command?.join(' '), nudge, notify ? 'the desktop' : undefined].filter(Boolean).join(', ')
  return `${whom || 'nobody'} (${file})`
}

export function configJson({values, origins}: ResolvedThresholds, escalation: Escalation | undefined) {
  const names = Object.keys(THRESHOLD_TABLE) as ThresholdName[]
  const thresholds = names.map((name) => [settingKey(name), {value: values[name], origin: origins[name]}])
  return {thresholds: Object.fromEntries(thresholds), ...(escalation && {escalate: escalation})}
}

/** The payload of the patrol's events. Other events have other payloads. */
const eventPayload = v.objectOf({
  polecat: v.ifValid(v.text),
  verdict: v.ifValid(v.text),
  action: v.ifValid(actionFormat),
  outcome: v.ifValid(outcomeFormat),
  undo: v.ifValid(v.text),
})

/** One line per event. */
export function eventText({ts, type, actor, payload}: ReadEvent): string {
  const {success, output} = v.safeParse(eventPayload, payload)
  const {polecat, verdict, action, outcome, undo = outcome?.undo} = success ? output : {}
  const who = polecat === undefined ? actor : `${actor.split('/', 1)[0]}/${polecat}`
  const words = [
    verdict,
    action && actionWords(action),
    outcome && outcome.is !== 'done' && outcome.is,
    undo && `undo: ${shorten(undo, 500)}`,
  ]
  return [ts, type, who, ...words.filter(Boolean)].join('  ')
}
