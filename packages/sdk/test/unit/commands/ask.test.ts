import {PassThrough} from 'node:stream'
import {expect, test} from 'vitest'
import {askYesNo} from '../../../src/commands/ask.js'

/** Asks, gives the answer, and returns what was shown. */
async function asked(answer: string | undefined) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const result = askYesNo('Delete it?', {input, output})
  if (answer === undefined) input.end()
  else input.write(answer)
  return {agreed: await result, shown: String(output.read())}
}

test.each(['y\n', 'Y\n', 'yes\n', ' yes \n'])('%j is a yes', async (answer) => {
  expect(await asked(answer)).toEqual({agreed: true, shown: 'Delete it? [y/N] '})
})

test('The end of the input without an answer is a no, and ends the line of the question', async () => {
  expect(await asked(undefined)).toEqual({agreed: false, shown: 'Delete it? [y/N] \n'})
})

test.each(['\n', 'n\n', 'no\n', 'yes please\n', 'maybe\n', undefined])('%j is a no', async (answer) => {
  expect(await asked(answer)).toMatchObject({agreed: false})
})
