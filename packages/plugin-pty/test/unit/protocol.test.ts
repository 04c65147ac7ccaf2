import type {Socket} from 'node:net'
import {PassThrough} from 'node:stream'
import {expect, test} from 'vitest'
import {onLine} from '../../src/protocol.js'

test('onLine_PiecesOfLines: are joined, even within multi-byte characters', async () => {
  const stream = new PassThrough()
  const lines: string[] = []
  onLine(stream as unknown as Socket, (line) => lines.push(line))
  const bytes = Buffer.from('one\n"ü🦉"\n\nthree\nrest')
  for (const byte of bytes) stream.write(Buffer.from([byte]))
  await new Promise((resolve) => stream.end(resolve))
  expect(lines).toEqual(['one', '"ü🦉"', '', 'three'])
})

const MEGABYTE = 2 ** 20

/** Sends pieces of a megabyte until the peer is disconnected; returns the numbers of pieces and of lines received. */
async function sendMegabytes(count: number, piece: string) {
  const stream = new PassThrough()
  let lines = 0
  let sent = 0
  onLine(stream as unknown as Socket, () => lines++)
  for (; sent < count && !stream.destroyed; sent++) {
    await new Promise<void>((resolve) => stream.write(piece, () => resolve()))
  }
  return {sent, lines}
}

test('onLine_LineWithoutEnd: the peer is disconnected, but only beyond the limit', async () => {
  expect(await sendMegabytes(70, 'x'.repeat(MEGABYTE))).toEqual({sent: 65, lines: 0})
})

test('onLine_ManyLines: have no limit', async () => {
  expect(await sendMegabytes(66, `${'x'.repeat(MEGABYTE - 1)}\n`)).toEqual({sent: 66, lines: 66})
})
