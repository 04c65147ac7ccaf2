import {writeFileSync} from 'node:fs'
import type {Socket} from 'node:net'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {sendLine} from '../../src/protocol.js'
import {askShim, converse, NobodyListens} from '../../src/shim-client.js'
import {fakeShim, type Reactions} from '../support/fake-shim.js'

let dir: string
beforeEach(() => {
  dir = sandbox().dir
})

const NEVER = 50_000

async function asked(reactions: Reactions, timeoutMs = NEVER) {
  const {socket} = await fakeShim(dir, reactions)
  return await askShim({socket, name: 'a', timeoutMs}, {ask: 'capture', incarnation: 'one'})
}

test('askShim_ShimThatDisconnects: rejects at once as not listening', async () => {
  await expect(asked({capture: (socket) => socket.destroy()})).rejects.toThrow(NobodyListens)
})

test('askShim_ShimThatSaysNothing: is unavailable after a while', async () => {
  await expect(asked({}, 20)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE', liveness: 'unknown'})
})

test.each([
  ['otherLife', 'SESSION_LOST'],
  ['ended', 'SESSION_LOST'],
  ['screenChanged', 'SCREEN_CHANGED'],
  ['failed', 'BACKEND_UNAVAILABLE'],
] as const)('askShim_Refusal %s: is %s', async (refusal, code) => {
  await expect(asked({capture: {refusal}})).rejects.toMatchObject({code})
})

test.each([
  ['no JSON', (socket: Socket) => socket.write('half of a line{\n')],
  ['neither answer nor refusal', (socket: Socket) => sendLine(socket, {what: 1})],
  ['null', (socket: Socket) => sendLine(socket, null)],
  ['a refusal in words of another version', (socket: Socket) => sendLine(socket, {refusal: 'asleep'})],
])('askShim_AnswerThatIs %s: is unavailable', async (_, capture) => {
  await expect(asked({capture})).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE', liveness: 'unknown'})
})

test('askShim_NoSocket: is not listening', async () => {
  const address = {socket: join(dir, 'none'), name: 'a', timeoutMs: NEVER}
  await expect(askShim(address, {ask: 'inspect'})).rejects.toThrow(NobodyListens)
})

test('askShim_SocketThatCannotBeReached: is unavailable, not abandoned', async () => {
  writeFileSync(join(dir, 'file'), '')
  const address = {socket: join(dir, 'file', 'socket'), name: 'a', timeoutMs: NEVER}
  await expect(askShim(address, {ask: 'inspect'})).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
})

test('converse_MessagesAfterTheAnswer: are passed on', async () => {
  const {socket} = await fakeShim(dir, {
    attach: (peer) => {
      for (const message of [{answer: null}, 'one', 'two']) sendLine(peer, message)
    },
  })
  const request = {ask: 'attach', incarnation: 'one', size: {columns: 80, rows: 24}} as const
  const messages: unknown[] = []
  await new Promise<void>((resolve) => {
    void converse({socket, name: 'a', timeoutMs: NEVER}, request, (message) => {
      messages.push(message)
      if (messages.length === 2) resolve()
    })
  })
  expect(messages).toEqual(['one', 'two'])
})
