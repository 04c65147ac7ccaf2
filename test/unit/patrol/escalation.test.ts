import {describe, expect, it} from 'vitest'
import {readEscalation} from '../../../src/patrol/settings/escalation.js'

const layer = (escalate: unknown, file = 'rig.json') => ({
  file,
  agents: {},
  roleAgents: {},
  ...(escalate !== undefined && {escalate}),
})

describe('readEscalation', () => {
  it('No setting: nobody is notified', () => {
    expect(readEscalation([layer(undefined)])).toBeUndefined()
  })

  it('Several files: the most specific alone', () => {
    const settings = [layer({nudge: 'mayor'}), layer({command: ['page'], notify: true}, 'town.json')]
    expect(readEscalation(settings)).toEqual({file: 'rig.json', nudge: 'mayor', notify: false})
  })

  it.each([
    [['page'], 'rig.json: escalate must be an object'],
    [{pager: 'x'}, "rig.json: escalate has no 'pager'"],
    [{command: 'page me'}, 'rig.json: escalate.command must be a list of words, the program first'],
    [{command: []}, 'rig.json: escalate.command must be a list of words, the program first'],
    [{nudge: 1}, 'rig.json: escalate.nudge must be an address, such as "mayor"'],
    [{notify: 'yes'}, 'rig.json: escalate.notify must be true or false'],
  ])('%j: named with its file and key', (escalate, message) => {
    expect(() => readEscalation([layer(escalate)])).toThrow(
      expect.objectContaining({code: 'INVALID_SETTING', message}),
    )
  })
})
