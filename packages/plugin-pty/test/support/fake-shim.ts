import {createServer, type Socket} from 'node:net'
import type {SessionHandle} from '@gtown/sdk'
import {makeStamp} from '@gtown/sdk/files'
import {onTestFinished} from 'vitest'
import {type Ask, onLine, type Request, sendLine} from '../../src/protocol.js'
import {type SessionRecord, socketOf, writePtyRecord} from '../../src/record.js'

/** The record of a running session whose shim and agent are this process. */
export async function recordOf(more: Partial<SessionRecord> = {}): Promise<SessionRecord> {
  return {
    phase: 'running',
    owner: await makeStamp(),
    name: 'a',
    id: '0123456789abcdef',
    incarnation: 'one',
    agent: await makeStamp(),
    labels: {},
    createdAt: 0,
    stopping: false,
    ...more,
  }
}

/** A fake shim's reaction to a request: a message to send, or a function that does anything else. */
export type Reactions = Partial<Record<Ask, object | ((socket: Socket) => void)>>

/** A session with a fake shim, for what no real shim does. A request without a reaction is never answered. */
export async function fakeShim(
  directory: string,
  reactions: Reactions,
  more: Partial<SessionRecord> = {},
): Promise<{record: SessionRecord; session: SessionHandle; socket: string}> {
  const record = await recordOf(more)
  const socket = socketOf(directory, record)
  const sockets: Socket[] = []
  const server = createServer((peer) => {
    sockets.push(peer)
    peer.on('error', () => {})
    onLine(peer, (line) => {
      const reaction = reactions[(JSON.parse(line) as Request).ask]
      if (typeof reaction === 'function') reaction(peer)
      else if (reaction) sendLine(peer, reaction)
    })
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  onTestFinished(() => {
    for (const peer of sockets) peer.destroy()
    server.close()
  })
  await writePtyRecord(directory, record)
  return {record, session: record, socket}
}
