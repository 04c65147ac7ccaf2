import type {Socket} from 'node:net'
import {PassThrough} from 'node:stream'
import {expect, test} from 'vitest'
import {onLine} from '../../src/protocol.js'

test('onLine_PiecesOfLines: are put together, characters of several bytes included', async () => {
  const stream = new PassThrough()
  const lines: string[] = []
  onLine(stream as unknown as Socket, (line) => lines.push(line))
  const bytes = Buffer.from('one\n"ü🦉"\n\nthree\nrest')
  for (const byte of bytes) stream.write(Buffer.from([byte]))
  await new Promise((resolve) => stream.end(resolve))
  expect(lines).toEqual(['one', '"ü🦉"', '', 'three'])
})
