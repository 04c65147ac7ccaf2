import {shorten} from '@gtown/sdk'
import type {ConformanceResult} from '@gtown/sdk/conformance'

/** One case as a line: outcome, level, name, and the reason if there is one. */
export function conformanceRow({outcome, level, name, reason}: ConformanceResult): string {
  const why = reason === undefined ? '' : ` (${shorten(reason, 200)})`
  return `${outcome.padEnd('skipped'.length)}  ${level.padEnd('should'.length)}  ${name}${why}`
}

/** The run in one sentence. */
export function conformanceSummary(backend: string, results: readonly ConformanceResult[]): string {
  const count = (outcome: ConformanceResult['outcome']) =>
    results.filter((result) => result.outcome === outcome).length
  const verdict = conforms(results) ? 'conforms' : 'does not conform'
  return `${backend} ${verdict}: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`
}

/** True when no `must` case failed. */
export function conforms(results: readonly ConformanceResult[]): boolean {
  return !results.some(({level, outcome}) => level === 'must' && outcome === 'failed')
}
