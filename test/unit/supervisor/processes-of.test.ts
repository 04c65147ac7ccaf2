import type {KillTarget} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {processesOf} from '../../../src/supervisor/processes-of.js'
import {paperTown} from './support/paper-town.js'

/** A town that notes whose processes are asked for. */
function aTown() {
  const town = paperTown()
  const asked: [target: KillTarget | undefined, prefix: string][] = []
  town.services.sessionProcesses = async (...args) => {
    asked.push(args)
    return new Set([7])
  }
  return {...town, asked}
}

const prefix = '/real/town/gt-alpha-witness/'

test('The processes of its session, and those of earlier ones', async () => {
  const {services, agent, paper, asked} = aTown()
  const {pid, incarnation} = paper.has()
  expect([...(await processesOf(services, agent))]).toEqual([7])
  expect(asked).toEqual([[{roots: [pid], marker: `${prefix}${incarnation}`}, prefix]])
})

test('The pid of an agent that has ended is not used: it may be another process by now', async () => {
  const {services, agent, paper, asked} = aTown()
  paper.has({liveness: 'dead'})
  await processesOf(services, agent)
  expect(asked).toMatchObject([[{roots: []}, prefix]])
})

test('No session: only what earlier ones left behind', async () => {
  const {services, agent, asked} = aTown()
  await processesOf(services, agent)
  expect(asked).toEqual([[undefined, prefix]])
})

test("Another town's session of that name: refused", async () => {
  const {services, agent, paper} = aTown()
  paper.has({labels: {town: '/elsewhere'}})
  await expect(processesOf(services, agent)).rejects.toMatchObject({code: 'SESSION_FOREIGN'})
})

test('A backend that gives no answer: unknown, so it rejects', async () => {
  const {services, agent, paper} = aTown()
  paper.before = () => {
    throw new Error('no answer')
  }
  await expect(processesOf(services, agent)).rejects.toThrow('no answer')
})
