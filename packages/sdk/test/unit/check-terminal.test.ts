import {expect, onTestFinished, test} from 'vitest'
import {checkTerminal} from '../../src/check-terminal.js'

test.each([
  [true, true, 'worked'],
  [true, false, 'NO_TERMINAL'],
  [false, true, 'NO_TERMINAL'],
  [false, false, 'NO_TERMINAL'],
])('Input a terminal: %s, output: %s: %s', async (input, output, expected) => {
  const before = [process.stdin.isTTY, process.stdout.isTTY] as const
  const set = ([stdin, stdout]: readonly [boolean, boolean]) => {
    process.stdin.isTTY = stdin
    process.stdout.isTTY = stdout
  }
  onTestFinished(() => set(before))
  set([input, output])
  const outcome = await checkTerminal().then(
    () => 'worked',
    ({code}) => code,
  )
  expect(outcome).toBe(expected)
})
