import {conformanceCases, runConformance} from '@gtown/sdk/conformance'
import {expect, test} from 'vitest'
import {type BackendRegistration, type Finding, readDiagnosis, type SessionBackend} from '../../src/index.js'
import {collect} from '../support/collect.js'

const ok: Finding = {check: 'folder', status: 'ok', message: 'there', cure: null}
const warn: Finding = {check: 'folder', status: 'warn', message: 'full', cure: 'Empty it.'}

test('A diagnosis is taken as it is, without what does not belong to it; what is left out is empty', () => {
  expect(readDiagnosis({requirements: [{...warn, secret: 'x'}], more: 1})).toEqual({
    requirements: [warn],
    runtime: [],
  })
  expect(
    Object.keys(
      readDiagnosis({runtime: [Object.fromEntries(Object.entries(ok).reverse())]}).runtime[0] ?? {},
    ),
  ).toEqual(['check', 'status', 'message', 'cure'])
})

const nonsense: [string, unknown, RegExp][] = [
  ['nothing', undefined, /must be an object$/],
  ['null', null, /must be an object$/],
  ['a text', 'all well', /must be an object$/],
  ['findings in an object', {requirements: ok}, /^requirements .* must be an array$/],
  ['no finding', {runtime: [undefined]}, /^runtime .* has a finding without/],
  ...[
    {...ok, check: ''},
    {...ok, message: 7},
    {...ok, status: 'fine'},
    {...ok, cure: undefined},
    {...ok, cure: 'Look at it.'},
    {...warn, cure: null},
    {...warn, cure: ''},
    {...warn, status: 'fail', cure: null},
  ].map((finding): [string, unknown, RegExp] => [
    JSON.stringify(finding),
    {runtime: [ok, finding]},
    /^runtime .* has a finding without/,
  ]),
]

test.each(nonsense)('%s is none, and the fault is named', (_, value, fault) => {
  expect(() => readDiagnosis(value)).toThrow(fault)
})

const backend = {
  name: 'memory',
  local: true,
  start: async ({name}) => ({name, id: name, incarnation: name, liveness: 'alive'}) as never,
  stop: async () => 'stopped',
  inspect: async (name) => ({name, liveness: 'alive'}) as never,
  list: async () => [],
} satisfies SessionBackend

const cases = conformanceCases.filter(({name}) => name.startsWith('diagnose:'))

test.each<[string, BackendRegistration['diagnose'], string]>([
  ['is sound', async () => ({runtime: [ok]}), 'passed'],
  ['is not there', undefined, 'skipped'],
  ['answers nonsense', async () => ({runtime: [{...warn, cure: null}]}), 'failed'],
  ['rejects', () => Promise.reject(new Error('no idea')), 'failed'],
])('The conformance of a diagnose that %s', async (_, diagnose, outcome) => {
  const results = await collect(runConformance({backend, diagnose, cases}))
  expect(results).toMatchObject([{outcome, level: 'must'}])
})
