import type {SessionBackend} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {peek} from '../../../src/supervisor/peek.js'
import {sessionsOf} from '../../../src/supervisor/sessions-of.js'
import {fault} from '../typing/support/fake-agent.js'
import {paperTown} from './support/paper-town.js'

describe('a look at a session', () => {
  function look(arrange: (town: ReturnType<typeof paperTown>) => void, lines?: number) {
    const town = paperTown()
    arrange(town)
    return peek(town.services, town.agent, {lines})
  }

  test('its state, and its last lines where they are asked for', async () => {
    const arrange = ({paper}: ReturnType<typeof paperTown>) => {
      paper.has({liveness: 'dead'})
      paper.screen = ['good bye']
    }
    const seen = await look(arrange)
    expect(seen).toMatchObject({address: 'alpha/witness', backend: 'paper', reading: {state: 'dead'}})
    expect(seen).not.toHaveProperty('lines')
    expect(await look(arrange, 5)).toMatchObject({lines: ['good bye']})
  })

  test('there is none: told', async () => {
    await expect(look(() => {})).rejects.toMatchObject({code: 'NOT_RUNNING'})
  })

  test("a stranger's is not shown", async () => {
    const arrange = look(({paper}) => void paper.has({labels: {town: '/another'}}), 5)
    await expect(arrange).rejects.toMatchObject({code: 'SESSION_FOREIGN'})
  })

  test('a backend that shows no screens: told, and no empty screen shown', async () => {
    const arrange = ({paper}: ReturnType<typeof paperTown>) => {
      paper.has({liveness: 'dead'})
      Object.assign(paper, {capture: undefined})
    }
    await expect(look(arrange, 5)).rejects.toMatchObject({code: 'NOT_SUPPORTED'})
  })
})

describe('the sessions of a rig', () => {
  test('those whose labels say so, on every backend, and no others', async () => {
    const {services, ref, paper, stone} = paperTown()
    const labels = {town: '/real/town', rig: 'alpha'}
    paper.has({name: 'ours', labels})
    paper.has({name: 'of another rig', labels: {...labels, rig: 'beta'}})
    stone.has({name: 'of another town', labels: {...labels, town: '/another'}})
    stone.has({name: 'ours, too', labels})
    expect((await sessionsOf(services, ref)).map(({name}) => name)).toEqual(['ours', 'ours, too'])
  })

  test('a backend without an answer does not count as empty', async () => {
    const {services, ref, stone} = paperTown()
    const silent = {name: 'silent', list: () => Promise.reject(fault('BACKEND_UNAVAILABLE'))}
    services.usableBackends = async () => [stone, silent] as unknown as SessionBackend[]
    await expect(sessionsOf(services, ref)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  })
})
