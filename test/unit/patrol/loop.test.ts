// Complete cycles of one worker: what is written before an action, and what a failure leaves.
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {pause, resume} from '@gtown/sdk/watchdog'
import {describe, expect, it} from 'vitest'
import {recordFile} from '../../../packages/workers/src/record.js'
import {openPatrol, runCycle} from '../../../src/patrol/cycle.js'
import {patrolRig} from '../../../src/patrol/loop.js'
import {pauseFile} from '../../../src/patrol/pause.js'
import type {CycleReport} from '../../../src/patrol/report/report.js'
import {type Desk, loseWorktree, makeDesk} from './support/job.js'

const stateFile = ({rig}: Desk) => join(rig, '.runtime/witness.json')

const {signal} = new AbortController()

function patrolOf(desk: Desk): (dryRun?: boolean) => Promise<CycleReport> {
  const patrol = openPatrol(desk.services, desk.ref)
  return (dryRun = false) => runCycle(patrol, {dryRun, signal})
}

/** A worker that is escalated in the second cycle by this function. */
function stuckWorker(tell: (desk: Desk) => void): Desk {
  const desk = makeDesk()
  desk.note({exit: 'ESCALATED'})
  const settings = {file: 'settings', agents: {}, roleAgents: {}, escalate: {command: ['page']}}
  desk.ref.rig.agentSettings = async () => [settings]
  desk.services.notify = async () => tell(desk)
  return desk
}

const told = (desk: Desk) =>
  Object.keys(JSON.parse(readFileSync(stateFile(desk), 'utf8')).polecats.nux.incidents)

describe('a cycle', () => {
  it('writes its decisions before it carries them out', async () => {
    const written: number[] = []
    const desk = stuckWorker((one) => written.push(told(one).length))
    const cycle = patrolOf(desk)
    for (let count = 0; count < 3; count++) await cycle()
    expect(written).toEqual([1])
  })

  it('does not remember refused actions', async () => {
    const desk = stuckWorker(() => {
      throw new GtError('nobody is there', {code: 'FAILED'})
    })
    const cycle = patrolOf(desk)
    for (let count = 0; count < 2; count++) await cycle()
    expect(told(desk)).toEqual([])
  })

  it('in a dry run notifies nobody, and leaves even a broken state file where it is', async () => {
    const desk = stuckWorker(() => expect.unreachable())
    writeFileSync(stateFile(desk), '{')
    const before = readdirSync(join(desk.rig, '.runtime'))
    await patrolOf(desk)(true)
    expect([readdirSync(join(desk.rig, '.runtime')), readFileSync(stateFile(desk), 'utf8')]).toEqual([
      before,
      '{',
    ])
  })

  /** The leftovers of a worker that is done and has no sandbox any more. */
  function leftOver(): Desk {
    const desk = makeDesk()
    desk.note({exit: 'COMPLETED', done_at: 2000})
    desk.sessions.pop()
    loseWorktree(desk)
    return desk
  }
  const isKnown = ({rig}: Desk) => existsSync(recordFile({rig: {name: 'alpha', path: rig}, name: 'nux'}))

  it('removes the leftovers of a worker, but not while the rig is paused', async () => {
    const desk = leftOver()
    await pause(pauseFile(desk.rig), {reason: '', by: 'me'})
    await patrolOf(desk)()
    expect(isKnown(desk)).toBe(true)
    await resume(pauseFile(desk.rig))
    await patrolOf(desk)()
    expect(isKnown(desk)).toBe(false)
  })

  it('removes nothing of a worker with an unknown session', async () => {
    const desk = leftOver()
    desk.backend.list = () => Promise.reject(new GtError('no server', {code: 'BACKEND_UNAVAILABLE'}))
    await patrolOf(desk)()
    expect(isKnown(desk)).toBe(true)
  })
})

describe('a patrol', () => {
  it('holds the lock of its rig, and continues until it is ended, whatever fails meanwhile', async () => {
    const desk = makeDesk()
    const warnings: string[] = []
    const {clock} = desk.services
    let looks = 0
    Object.assign(desk.services, {
      warn: (message: string) => warnings.push(message),
      clock: () => {
        if (++looks === 2) throw new Error('no clock')
        return clock()
      },
    })
    const end = new AbortController()
    const held: boolean[] = []
    const tell = () => {
      held.push(existsSync(join(desk.rig, '.runtime/witness.lock')))
      if (held.length === 3) end.abort()
    }
    const options = {intervalMs: 1, once: false, tell, signal: end.signal}
    expect(await patrolRig(desk, options)).toBe(4)
    expect(held).toEqual([true, true, true])
    expect(warnings).toEqual(['this cycle failed: no clock'])
    expect(existsSync(join(desk.rig, '.runtime/witness.lock'))).toBe(false)
  })
})
