import type {ConformanceResult} from '@gtown/sdk/conformance'
import {expect, test} from 'vitest'
import {conformanceRow, conformanceSummary, conforms} from '../../../src/render/conformance.js'

function result(more: Partial<ConformanceResult> = {}): ConformanceResult {
  return {name: 'stop: it ends', level: 'must', outcome: 'passed', ms: 1, ...more}
}

test('a case is one line, whatever its reason is', () => {
  expect(conformanceRow(result())).toBe('passed   must    stop: it ends')
  const failed = result({outcome: 'failed', level: 'should', reason: 'one\ntwo'})
  expect(conformanceRow(failed)).toBe('failed   should  stop: it ends (one?two)')
})

test.each([
  ['must', false, 'x does not conform: 1 passed, 1 failed, 0 skipped'],
  ['should', true, 'x conforms: 1 passed, 1 failed, 0 skipped'],
] as const)('a case of level %s that fails: conforms is %s', (level, expected, summary) => {
  const results = [result(), result({level, outcome: 'failed'})]
  expect(conforms(results)).toBe(expected)
  expect(conformanceSummary('x', results)).toBe(summary)
})

test('a skipped case is not a failure', () => {
  const results = [result(), result({outcome: 'skipped'})]
  expect(conforms(results)).toBe(true)
  expect(conformanceSummary('x', results)).toBe('x conforms: 1 passed, 0 failed, 1 skipped')
})
