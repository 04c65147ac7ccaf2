import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {AgentEntry, StartOptions, TerminalView} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import {start} from '../../../src/supervisor/start.js'
import {fault} from '../typing/support/fake-agent.js'
import {type PaperTown, paperTown} from './support/paper-town.js'

const begin = ({services, ref}: PaperTown, more: Partial<StartOptions> = {}) =>
  start(services, agentOf(witness, ref), {timeoutMs: 5000, ...more})

/** A town whose agent ends before it is ready. */
function failing(agent: AgentEntry = {}) {
  const town = paperTown(agent)
  town.paper.born = {liveness: 'dead', exit: {code: 3}}
  town.paper.screen = ['no model', 'key: sk-canary-1']
  return town
}

const postMortems = ({ref}: PaperTown) => {
  const folder = join(ref.rig.path, '.runtime/post-mortem')
  return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')) : []
}

describe('a start', () => {
  test('strays are ended first; the agent is ready, and that is recorded', async () => {
    const town = paperTown()
    expect(await begin(town)).toMatchObject({outcome: 'started', agent: 'mine', isFallback: false})
    expect(town.log).toEqual(['end strays of /real/town/gt-alpha-witness/', 'start on paper'])
    expect(town.record()).toMatchObject({desired: 'running', readyAt: expect.any(Number)})
  })

  test('an agent that takes no prompt is told what to do, another is not', async () => {
    const town = paperTown({promptMode: 'none'})
    await begin(town)
    expect(town.log.slice(2)).toEqual(['type [GAS', 'press Enter', 'type Run', 'press Enter'])
    const silent = paperTown({promptMode: 'silent'})
    await begin(silent)
    expect(silent.log.slice(2)).toEqual([])
  })

  test('where it runs: nothing is made, and it should run from now on', async () => {
    const town = paperTown()
    town.keep({backend: 'paper', incarnation: 'one'})
    town.paper.has()
    expect(await begin(town)).toMatchObject({outcome: 'already_running'})
    expect(town.record()).toEqual({backend: 'paper', incarnation: 'one', desired: 'running'})
  })

  test('what cannot be started need not be, where it runs', async () => {
    const town = paperTown()
    town.keep({backend: 'paper'})
    town.paper.has()
    expect(await begin(town, {agent: 'nobody'})).toMatchObject({outcome: 'already_running'})
    expect(town.record()).toMatchObject({desired: 'running'})
    town.paper.has({liveness: 'dead'})
    await expect(begin(town, {agent: 'nobody'})).rejects.toMatchObject({code: 'AGENT_NOT_FOUND'})
    expect(town.log).toEqual([])
  })

  test('the backend is the one asked for, else of the environment, else of the settings', async () => {
    const asked = async (env: Record<string, string>, backend?: string) => {
      const town = paperTown()
      town.services.env = env
      await begin(town, {...(backend !== undefined && {backend})})
      return town.record()?.backend
    }
    expect(await asked({})).toBe('paper')
    expect(await asked({GT_BACKEND: ''})).toBe('paper')
    expect(await asked({GT_BACKEND: 'stone'})).toBe('stone')
    expect(await asked({GT_BACKEND: 'stone'}, 'paper')).toBe('paper')
  })
})

describe('a start that fails', () => {
  test('what it made is ended, and nothing should run that did not before', async () => {
    const town = failing()
    town.keep({backend: 'paper', desired: 'running', agent: 'old'})
    await expect(begin(town)).rejects.toMatchObject({code: 'AGENT_EXITED'})
    expect(town.log.at(-1)).toMatch(/^stop [0-9a-f]{16} on paper in 1000 ms$/)
    expect(town.record()).toMatchObject({desired: 'running', agent: 'old'})
    expect(town.record()).not.toHaveProperty('readyAt')
  })

  test('a session that took its place meanwhile is left alone', async () => {
    const town = paperTown()
    town.paper.before = (step) => {
      if (step === 'inspect') town.paper.has({incarnation: 'other'})
    }
    await expect(begin(town)).rejects.toMatchObject({code: 'SESSION_LOST'})
    expect(town.paper.sessions.size).toBe(1)
    expect(postMortems(town)).toEqual([])
  })

  test('the reason is told and kept with its screen, without what it was given in secret', async () => {
    const town = failing()
    const error = await begin(town, {env: {KEY: 'sk-canary-1'}}).catch((reason) => reason)
    expect(error).toMatchObject({
      hint: 'The last lines of its screen:\n  no model\n  key: ***',
      details: {exit: {code: 3}, screen: ['no model', 'key: ***']},
    })
    const [kept = ''] = postMortems(town)
    expect(JSON.parse(kept)).toMatchObject({
      exit: {code: 3},
      reason: error.message,
      screen: ['no model', 'key: ***'],
    })
  })

  test('what a dialog asks is told without secrets, too', async () => {
    const town = paperTown({kind: 'claude'})
    const rule = '─'.repeat(80)
    const rows = [
      rule,
      ' Use sk-canary-1 as your key?',
      '',
      ' ❯ No',
      '   Yes',
      '',
      ' Enter to confirm · Esc to cancel',
    ]
    const view = {
      rows,
      styledRows: rows,
      cursor: {column: 1, row: 3, visible: false},
      columns: 80,
      command: 'claude',
    }
    town.paper.born = {
      view: {...view, at: 0, title: '', alternateScreen: true, inMode: false} satisfies TerminalView,
    }
    const error = await begin(town, {env: {KEY: 'sk-canary-1'}}).catch((reason) => reason)
    expect(error).toMatchObject({code: 'AGENT_BLOCKED', details: {dialog: expect.stringContaining('***')}})
    expect(JSON.stringify([error.message, error.hint, error.details])).not.toContain('sk-canary')
    expect(error.hint).toContain('Its screen was empty.')
  })

  test('its session cannot be ended: both are told', async () => {
    const town = failing()
    town.paper.before = (step) => {
      if (step === 'stop') throw fault('SURVIVORS')
    }
    await expect(begin(town)).rejects.toMatchObject({
      code: 'AGENT_EXITED',
      message: expect.stringMatching(
        /exited with code 3 .*; and ending it failed: a forced fault: SURVIVORS/,
      ),
    })
  })

  test('an agent that ends of what is typed at it: how it ended is told', async () => {
    const town = paperTown({promptMode: 'none'})
    town.paper.before = (step) => {
      if (step !== 'type') return
      const [session] = town.paper.sessions.values()
      town.paper.has({...session, liveness: 'dead', exit: {code: 9}})
      throw fault('SESSION_LOST')
    }
    await expect(begin(town)).rejects.toThrow('exited with code 9 before it received its instructions')
  })

  test('interrupted: ended all the same', async () => {
    const town = paperTown()
    const controller = new AbortController()
    town.paper.before = (step) => {
      if (step === 'inspect') controller.abort(fault('INTERRUPTED'))
    }
    await expect(begin(town, {signal: controller.signal})).rejects.toMatchObject({code: 'INTERRUPTED'})
    expect(town.paper.sessions.size).toBe(0)
  })
})
