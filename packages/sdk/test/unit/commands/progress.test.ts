import {expect, test} from 'vitest'
import {openProgress} from '../../../src/commands/progress.js'

function terminal({isTTY = true, columns = 20} = {}) {
  let written = ''
  const write = (text: string) => {
    written += text
    return true
  }
  return {stream: {isTTY, columns, write} as never, written: () => written}
}

test('on a terminal: what is under way, below what is printed, cut at the edge, and gone in the end', () => {
  const {stream, written} = terminal()
  const progress = openProgress(
    3,
    (text) => (stream as {write(text: string): void}).write(`${text}\n`),
    stream,
  )
  progress.begin('alpha')
  progress.begin('a-very-long-name-of-a-rig')
  progress.end('alpha')
  progress.print('alpha: started')
  progress.close()
  const frames = written().split('\r\x1b[2K')
  expect(frames).toEqual([
    '',
    '0 of 3: alpha',
    '0 of 3: alpha, a-ve',
    'alpha: started\n',
    '1 of 3: a-very-long',
    '',
  ])
})

test('elsewhere: what is printed, and nothing else', () => {
  const {stream, written} = terminal({isTTY: false})
  const said: string[] = []
  const progress = openProgress(1, (text) => said.push(text), stream)
  progress.begin('alpha')
  progress.end('alpha')
  progress.print('alpha: started')
  progress.close()
  expect({said, written: written()}).toEqual({said: ['alpha: started'], written: ''})
})
