import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {pause} from '@gtown/sdk/watchdog'
import {describe, expect, test} from 'vitest'
import {pauseFile} from '../../src/pause.js'
import {type Witness, watched} from '../support/watched.js'

const RESTARTS = 'daemon/restart_state.json'
const STATE = '.runtime/deacon/watch.json'
const HEARTBEAT = 'deacon/heartbeat.json'

const gone: Partial<Witness> = {liveness: 'absent'}
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const restartedAgo = (minutes: number, more: object = {}) => ({
  agents: {'alpha/witness': {restart_count: 1, last_restart: ago(minutes), ...more}},
})

describe('a restart', () => {
  test('is on record before it is carried out, and is counted', async () => {
    const {before, cycle, read, write, witness} = watched({alpha: gone})
    const counts: number[] = []
    before.revive = () => counts.push(read(RESTARTS).agents['alpha/witness'].restart_count)
    expect((await cycle()).witnesses).toMatchObject([{finding: 'gone', outcome: {is: 'done'}}])
    write(RESTARTS, restartedAgo(5))
    Object.assign(witness('alpha'), gone)
    await cycle()
    expect(counts).toEqual([1, 2])
  })

  test('ends the life that was looked at, has a deadline, and is cut off with the watch', async () => {
    const {cycle, revived} = watched({alpha: {process: 'stopped'}, beta: gone})
    const {signal} = new AbortController()
    await cycle({signal})
    expect(revived).toEqual([
      {rig: 'alpha', options: {incarnation: 'one', timeoutMs: 60_000, signal}},
      {rig: 'beta', options: {timeoutMs: 60_000, signal}},
    ])
  })

  test('that fails: the other rigs are looked after, and why is told with the incident', async () => {
    const {cycle, read, write, told} = watched({
      alpha: {...gone, startError: new Error('no disk\nand more')},
      beta: gone,
    })
    const {witnesses} = await cycle()
    expect(witnesses.map(({outcome}) => outcome)).toEqual([{is: 'failed', detail: 'no disk'}, {is: 'done'}])
    expect(read(HEARTBEAT)).toMatchObject({healthy_agents: 1, unhealthy_agents: 1})
    write(RESTARTS, restartedAgo(5, {restart_count: 5}))
    await cycle()
    expect(told).toMatchObject([{detail: 'it has no session; its last restart failed: no disk'}])
  })

  test.each([
    ['somebody else started it', {liveness: 'alive', incarnation: 'two'}, 'somebody else started it'],
    ['it was stopped on purpose', {desired: false}, 'it was stopped on purpose'],
  ] as const)('in whose last moment %s: is none', async (_, change, detail) => {
    const {before, cycle, witness} = watched({alpha: gone})
    before.revive = () => Object.assign(witness('alpha'), change)
    expect((await cycle()).witnesses).toMatchObject([{outcome: {is: 'nothing to do', detail}}])
  })

  test('of what mends itself between two looks: there is none', async () => {
    const {before, cycle, revived, witness, read} = watched({alpha: gone})
    let looks = 0
    before.look = () => {
      if (++looks === 2) Object.assign(witness('alpha'), {liveness: 'alive'})
    }
    expect((await cycle()).witnesses).toMatchObject([{finding: 'well', action: {kind: 'none'}}])
    expect([revived, read(RESTARTS)]).toEqual([[], undefined])
  })

  test('of what breaks between two looks: there is none yet', async () => {
    const {before, cycle, revived, witness} = watched({alpha: gone, beta: {}})
    let looks = 0
    before.look = () => {
      if (++looks === 2) Object.assign(witness('beta'), gone)
    }
    await cycle()
    expect(revived.map(({rig}) => rig)).toEqual(['alpha'])
  })
})

describe('what is remembered of restarts', () => {
  test.each([
    ['it is well and was stable', 31, {}, true],
    ['it is well, and was restarted a while ago', 29, {}, false],
    ['it was stopped on purpose', 31, {...gone, desired: false}, false],
  ])('%s: %#', async (_, minutes, more, forgotten) => {
    const {cycle, write, read} = watched({alpha: more})
    write(RESTARTS, restartedAgo(minutes))
    await cycle()
    expect('alpha/witness' in read(RESTARTS).agents).toBe(!forgotten)
  })

  test('since when it crashes is noted; a terminal that holds it is no crash', async () => {
    const {cycle, write, read, witness} = watched({alpha: gone})
    write(RESTARTS, restartedAgo(1, {restart_count: 5}))
    await cycle()
    expect(read(RESTARTS).agents['alpha/witness'].crash_loop_since).toEqual(expect.any(String))
    write(RESTARTS, restartedAgo(1))
    Object.assign(witness('alpha'), {liveness: 'dead', attached: 1})
    await cycle()
    expect(read(RESTARTS).agents['alpha/witness']).not.toHaveProperty('crash_loop_since')
  })
})

describe('a person', () => {
  const held: Partial<Witness> = {liveness: 'dead', attached: 1}

  test('is told of a witness that a terminal holds, once, and it is not restarted', async () => {
    const {cycle, told, revived, noted} = watched({alpha: held})
    await cycle()
    await cycle()
    expect(told).toMatchObject([
      {status: 'open', cause: 'held by a terminal', worker: 'witness', teller: 'Deacon'},
    ])
    expect([revived, noted]).toEqual([[], ['escalation_sent']])
  })

  test.each([
    ['by the word of the host', () => ({told: false})],
    [
      'by an error',
      () => {
        throw new GtError('no pager', {code: 'NO_PAGER'})
      },
    ],
  ])('could not be told, %s: is told again', async (_, fail) => {
    const {before, cycle, told} = watched({alpha: held})
    const {escalate} = before
    before.escalate = fail
    expect((await cycle()).told).toMatchObject([{told: false}])
    before.escalate = escalate
    expect((await cycle()).told).toMatchObject([{told: true}])
    await cycle()
    expect(told).toHaveLength(2)
  })
})

describe('what a cycle leaves alone', () => {
  test('everything, while the deacon is paused', async () => {
    const {town, cycle, revived, read} = watched({alpha: gone})
    await pause(pauseFile(town), {reason: 'upkeep', by: 'human', parents: [join(town.root, '.runtime')]})
    expect(await cycle()).toMatchObject({paused: 'upkeep', witnesses: []})
    expect([revived, read(STATE), read(HEARTBEAT), read(RESTARTS)]).toEqual([[], ...Array(3).fill(undefined)])
  })

  test('everything, when it only says what it would do, files that are damaged included', async () => {
    const {town, cycle, revived, told, write} = watched({alpha: gone, beta: {liveness: 'dead', attached: 1}})
    write(STATE, '{')
    write(RESTARTS, '{')
    expect(await cycle({dryRun: true})).toMatchObject({
      witnesses: [{action: {kind: 'restart'}}, {action: {kind: 'escalate'}}],
      told: [{rig: 'beta', told: false}],
    })
    expect([revived, told]).toEqual([[], []])
    expect(readdirSync(town.root, {recursive: true}).sort()).toEqual(
      ['.runtime', '.runtime/deacon', STATE, 'daemon', RESTARTS].sort(),
    )
  })

  test.each([STATE, RESTARTS])(
    'every witness, when %s is damaged: which is set aside and named',
    async (name) => {
      const {cycle, revived, write, warnings, file} = watched({alpha: gone})
      write(name, '{')
      expect(await cycle()).toMatchObject({
        doubt: 'the record of earlier restarts is lost',
        witnesses: [{finding: 'gone', action: {kind: 'none'}}],
      })
      expect([revived, warnings]).toEqual([
        [],
        [
          expect.stringContaining(
            `${file(name)} cannot be used; it was set aside as ${file(name)}.unusable-`,
          ),
        ],
      ])
      expect((await cycle()).witnesses).toMatchObject([{outcome: {is: 'done'}}])
    },
  )
})
