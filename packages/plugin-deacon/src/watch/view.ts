import type {CycleReport, WitnessReport} from './report.js'

/** The number of each finding, such as `2 well, 1 gone`. */
function countsText(witnesses: readonly Pick<WitnessReport, 'finding'>[]): string {
  const counts = [...Map.groupBy(witnesses, ({finding}) => finding)].map(
    ([finding, of]) => `${of.length} ${finding}`,
  )
  return counts.join(', ') || 'no witnesses'
}

/** The number of each finding, and the restarted rigs. */
export function summaryText(witnesses: readonly WitnessReport[]): string {
  const restarted = witnesses.filter(({outcome}) => outcome?.is === 'done').map(({rig}) => rig)
  return countsText(witnesses) + (restarted.length > 0 ? `; restarted ${restarted.join(', ')}` : '')
}

/** One line per cycle, followed by a line for each witness or notification that needs one. */
export function cycleText(report: CycleReport): string {
  const {cycle, paused, doubt, witnesses, told} = report
  if (paused !== undefined) return `watch cycle ${cycle}: paused${paused && ` (${paused})`}`
  const only = doubt === undefined ? '' : ` (only observing: ${doubt})`
  return [
    `watch cycle ${cycle}: ${countsText(witnesses)}${only}`,
    ...witnesses.flatMap((witness) => witnessLines(witness, report)),
    ...told.map((incident) => `  ${incident.rig}: ${tellWords(incident, report)}`),
  ].join('\n')
}

/** A line for a witness that needs one; none for a witness that is well. */
export function witnessLines(witness: WitnessReport, report: Pick<CycleReport, 'dryRun'>): string[] {
  const {rig, finding, detail, action} = witness
  const what = [detail, actionWords(witness, report)].filter(Boolean).join('; ')
  const isQuiet = action.kind === 'none' && (finding === 'skipped' || what === '')
  return isQuiet ? [] : [`  ${rig} (${finding}): ${firstLine(what)}`]
}

function actionWords({action, outcome}: WitnessReport, {dryRun}: Pick<CycleReport, 'dryRun'>): string {
  if (action.kind === 'none') return action.reason === undefined ? '' : `left alone: ${action.reason}`
  if (action.kind === 'escalate') return `left alone: it is ${action.cause}`
  if (dryRun) return 'would restart it'
  const why = outcome?.detail === undefined ? '' : `: ${outcome.detail}`
  if (outcome?.is === 'done') return 'restarted'
  return outcome?.is === 'failed' ? `restart failed${why}` : `not restarted${why}`
}

function tellWords({status, cause, told, why}: CycleReport['told'][number], {dryRun}: CycleReport): string {
  const what = status === 'open' ? `that it is ${cause}` : `that it is no longer ${cause}`
  if (dryRun) return `would notify ${what}`
  return `${told ? 'notified' : 'could not notify'} ${what}${why === undefined ? '' : ` (${firstLine(why)})`}`
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? ''

/** The report as JSON, with gt's usual keys. */
export function cycleJson(report: CycleReport): Record<string, unknown> {
  const {cycle, at, tookMs, dryRun, paused, doubt, witnesses, told} = report
  return {
    cycle,
    at,
    took_ms: tookMs,
    dry_run: dryRun,
    ...(paused !== undefined && {paused}),
    ...(doubt !== undefined && {doubt}),
    witnesses: witnesses.map(witnessJson),
    incidents: told.map(({rig, ...incident}) => ({rig_name: rig, ...incident})),
  }
}

/** One witness as JSON. */
export function witnessJson({rig, finding, detail, action, outcome}: WitnessReport): Record<string, unknown> {
  return {
    rig_name: rig,
    finding,
    ...(detail !== undefined && {detail}),
    action: action.kind,
    ...('reason' in action && {reason: action.reason}),
    ...('cause' in action && {cause: action.cause}),
    ...(outcome && {outcome: outcome.is, ...(outcome.detail && {outcome_detail: outcome.detail})}),
  }
}
