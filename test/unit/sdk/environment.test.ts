import {parseEnvironment} from '@gtown/sdk/commands'
import {describe, expect, test} from 'vitest'

test('the value is everything after the first =', () => {
  expect(parseEnvironment(['A=1', 'B=a=b', 'C='])).toEqual({A: '1', B: 'a=b', C: ''})
})

describe('refused, with exit code 2 and without a word of the value', () => {
  test.each([
    ['no =', ['sk-canary'], "entry 1 has no '='"],
    ['an empty name', ['=sk-canary'], 'entry 1 has an empty name'],
    ['an illegal name', ['A-B=sk-canary'], "'A-B' cannot be a variable's name"],
    ['a leading digit', ['1A=sk-canary'], "'1A' cannot be"],
    ['the same name twice', ['A=sk-canary', 'A=sk-canary'], 'sets A twice'],
    ['the marker of the session', ['GT_SESSION_ID=sk-canary'], 'GT_SESSION_ID: it is reserved'],
    ['TMUX', ['TMUX=sk-canary'], 'reserved'],
    ['TMUX_PANE', ['TMUX_PANE=sk-canary'], 'reserved'],
  ])('%s', (_, entries, message) => {
    let error: unknown
    try {
      parseEnvironment(entries)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({code: 'USAGE', exitCode: 2, message: expect.stringContaining(message)})
    expect(JSON.stringify([String(error), error])).not.toContain('canary')
  })
})
