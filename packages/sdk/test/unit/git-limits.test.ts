import {describe, expect, it} from 'vitest'
import {limitReached, readGitLimits} from '../../src/git/git-limits.js'

const layer = (file: string, git: unknown) => ({file, agents: {}, roleAgents: {}, git})

const read = (...layers: [string, unknown][]) =>
  readGitLimits({path: '/town/alpha', agentSettings: async () => layers.map((each) => layer(...each))})

describe('readGitLimits', () => {
  it('NoSettings: five minutes of silence, six hours in all', async () => {
    const defaults = {silenceMs: 300_000, deadlineMs: 21_600_000, file: '/town/alpha/settings/config.json'}
    expect(await read()).toEqual(defaults)
    expect(await read(['rig.json', undefined])).toEqual(defaults)
  })

  it('RigAndTown: for each key the most specific file that has it counts', async () => {
    const limits = await read(['rig.json', {silence: '90s'}], ['town.json', {silence: '1m', deadline: 500}])
    expect(limits).toMatchObject({silenceMs: 90_000, deadlineMs: 500})
  })

  it.each<[unknown, string]>([
    [7, 'git must be an object'],
    [['5m'], 'git must be an object'],
    [null, 'git must be an object'],
    [{silense: '5m'}, "git has no 'silense'"],
    [{'\u001b[2J': '5m'}, "git has no '?[2J'"],
    [{silence: '5 days'}, "git.silence: '5 days' is not a duration"],
    [{silence: 0}, 'git.silence must be a duration above zero, and at most a day'],
    [{deadline: 90_000_000}, 'git.deadline must be a duration above zero, and at most a day'],
    [{deadline: null}, 'git.deadline must be a duration above zero, and at most a day'],
  ])('%j: rejects, with file and key', async (git, message) => {
    await expect(read(['rig.json', git])).rejects.toMatchObject({
      code: 'INVALID_SETTING',
      message: `rig.json: ${message}`,
      hint: expect.stringContaining('"silence" and "deadline"'),
    })
  })
})

describe('limitReached', () => {
  const limits = {silenceMs: 90_000, deadlineMs: 24 * 3_600_000, file: '/town/settings/config.json'}

  it('says which limit was reached, and how to raise it', () => {
    expect(limitReached('clone', 'silence', limits)).toMatchObject({
      code: 'GIT_TIMED_OUT',
      message: 'git clone showed no sign of work for 90s, and was ended',
      hint: 'To give it longer, set "git.silence" in /town/settings/config.json, such as {"git":{"silence":"6m"}}.',
    })
  })

  it('proposes no value above a day', () => {
    expect(limitReached('push', 'deadline', limits)).toMatchObject({
      message: 'git push did not end within 24h, and was ended',
      hint: expect.stringContaining('{"git":{"deadline":"24h"}}'),
    })
  })
})
