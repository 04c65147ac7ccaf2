// The shim inside the test's own process: what it does, and in which order.
import {readdirSync, rmSync, statSync} from 'node:fs'
import {createConnection, type Socket} from 'node:net'
import {join} from 'node:path'
import {setImmediate} from 'node:timers/promises'
import {beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import type {Request} from '../../src/protocol.js'
import {readPtyRecord, type SessionRecord, writePtyRecord} from '../../src/record.js'
import {Agent} from '../../src/shim/agent.js'
import {handleRequest} from '../../src/shim/handle-request.js'
import {serveSession} from '../../src/shim/server.js'
import {Shim} from '../../src/shim/shim.js'
import {recordOf} from '../support/fake-shim.js'
import {fixture, readIfThere, shell} from '../support/world.js'

let dir: string
beforeEach(() => {
  dir = join(sandbox().dir, 'pty')
})

/** A shim whose record is as the starter writes it. */
async function held(command = shell('exec sleep 600'), more: Partial<SessionRecord> = {}) {
  const record = await recordOf({phase: 'starting', agent: ''})
  const env = {PATH: process.env.PATH ?? '', TERM: 'xterm-256color', PWD: '/'}
  const shim = new Shim({directory: dir, socket: join(dir, 'socket'), record, command, cwd: '/', env})
  onTestFinished(() => shim.agent.kill())
  await writePtyRecord(dir, {...record, phase: 'running', ...more})
  const ask = (request: Partial<Request> & {ask: Request['ask']}) =>
    handleRequest(shim, {incarnation: 'one', ...request} as Request, new (class {} as new () => Socket)())
  return {
    shim,
    ask,
    record: () => readPtyRecord(dir, 'a'),
    hasEnded: () => until('it to end', () => shim.agent.exit),
  }
}

describe('keys', () => {
  /** A shim of a program that records its keys and uses bracketed paste. */
  async function prompt() {
    const file = join(dir, 'typed')
    const here = await held(fixture('type.mjs', file))
    await until('the prompt', () => here.shim.screen.lines()[0] === 'ready')
    return {...here, typed: () => readIfThere(file)}
  }

  test('changed screen: nothing is typed, nothing is pressed', async () => {
    const {shim, ask, typed} = await prompt()
    const seen = {...shim.view(), title: 'another'}
    const refused = {refusal: 'screenChanged'}
    await expect(ask({ask: 'type', text: 'x', seen})).rejects.toMatchObject(refused)
    await expect(ask({ask: 'press', key: 'Enter', seen})).rejects.toMatchObject(refused)
    await ask({ask: 'type', text: 'y', seen: shim.view()})
    await until('the text', () => typed() === '\x1b[200~y\x1b[201~')
  })

  test('request for another life: is refused', async () => {
    const {ask, typed, record} = await prompt()
    for (const request of [
      {ask: 'type', text: 'x'},
      {ask: 'press', key: 'Enter'},
      {ask: 'stop'},
      {ask: 'capture'},
    ] as const) {
      await expect(ask({...request, incarnation: 'other'})).rejects.toMatchObject({refusal: 'otherLife'})
    }
    expect(await record()).toMatchObject({stopping: false})
    await ask({ask: 'press', key: 'Enter'})
    await until('the key', () => typed() === '\r')
  })

  test('paste right after the program switched bracketed paste on: is bracketed', async () => {
    const {shim, ask, typed} = await prompt()
    void shim.screen.write('\x1b[?2004l')
    await shim.screen.drawn()
    void shim.screen.write('\x1b[?2004h')
    await ask({ask: 'type', text: 'x'})
    await until('the text', () => typed() === '\x1b[200~x\x1b[201~')
  })

  test('an agent that has ended: is refused, and its pid gets no signal', async () => {
    const {shim, ask, hasEnded} = await held(shell('exit 3'))
    await hasEnded()
    await expect(ask({ask: 'type', text: 'x'})).rejects.toMatchObject({refusal: 'ended'})
    await expect(ask({ask: 'press', key: 'Enter'})).rejects.toMatchObject({refusal: 'ended'})
    const kill = vi.spyOn(process, 'kill')
    onTestFinished(() => kill.mockRestore())
    shim.agent.kill()
    expect(kill).not.toHaveBeenCalled()
  })
})

describe('the record', () => {
  test('a session that was committed: its stop is on record before it is answered', async () => {
    const {shim, ask, record} = await held()
    expect(await shim.commit()).toBe(true)
    expect(await ask({ask: 'stop'})).toEqual({roots: [shim.agent.pid]})
    expect(await record()).toMatchObject({stopping: true})
  })

  test.each([
    ['its starter was ended before it committed', {phase: 'starting'}],
    ['another life has its name', {id: 'later'}],
  ] as const)('%s: the record is not the shim’s, and stays', async (_, more) => {
    const {shim, ask, record} = await held(undefined, more)
    expect(await shim.commit()).toBe(false)
    await ask({ask: 'stop'})
    expect(await record()).toMatchObject({stopping: false, ...more})
  })

  test('an agent that has ended: its exit is on record, and its pid is no root', async () => {
    const {shim, ask, record, hasEnded} = await held(shell('echo last words; exit 3'))
    await shim.commit()
    await hasEnded()
    expect(await ask({ask: 'stop'})).toEqual({roots: []})
    expect(await record()).toMatchObject({exit: {code: 3}, screen: ['last words'], stopping: true})
  })

  test('many versions at once: written one after the other, and none after the answer to `end`', async () => {
    const {shim, ask, record} = await held()
    await shim.commit()
    let unwritten = 0
    const save = () => {
      unwritten++
      return shim.save().then(() => unwritten--)
    }
    const saves = Array.from({length: 20}, save)
    const stop = ask({ask: 'stop'})
    let halves = 0
    while (unwritten > 0) {
      halves = Math.max(halves, readdirSync(dir).filter((file) => file.startsWith('.')).length)
      await setImmediate()
    }
    expect(halves).toBeLessThan(2)
    save()
    await ask({ask: 'end'})
    expect(unwritten).toBe(0)
    await Promise.all([...saves, stop])
    expect(await record()).toMatchObject({stopping: true})
  })

  test('a record that cannot be written: the shim goes on', async () => {
    const {shim, hasEnded, ask} = await held()
    await shim.commit()
    rmSync(dir, {recursive: true})
    shim.agent.kill()
    await hasEnded()
    await shim.saved()
    expect(await ask({ask: 'capture'})).toEqual([])
  })
})

test('a program that writes too fast: is throttled, and drawn completely', async () => {
  const [pause, resume] = [vi.spyOn(Agent.prototype, 'pause'), vi.spyOn(Agent.prototype, 'resume')]
  onTestFinished(() => [pause, resume].forEach((spy) => void spy.mockRestore()))
  const script = `yes "$(printf '\\033[2J\\033[38;2;1;2;3m漢\\033[3J')" | head -c 3000000; printf '\\033cdone\\n'; sleep 600`
  const {shim} = await held(shell(script))
  await until('its end', () => shim.screen.lines()[0] === 'done', 30_000)
  expect(pause).toHaveBeenCalled()
})

describe('the socket', () => {
  test('only its owner can use it, and a refusal says why', async () => {
    const {shim} = await held()
    const path = join(dir, 'socket')
    const server = await serveSession(shim, path, () => {})
    onTestFinished(() => void server.close())
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const peer = createConnection(path)
    onTestFinished(() => void peer.destroy())
    peer.write('{"ask":"capture","incarnation":"other"}\n')
    const reply = await new Promise((resolve) => peer.once('data', resolve))
    expect(JSON.parse(String(reply))).toEqual({refusal: 'otherLife'})
  })

  test('a viewer that sends garbage is disconnected, one that disconnects ends nothing', async () => {
    const {shim} = await held()
    const path = join(dir, 'socket')
    const server = await serveSession(shim, path, () => {})
    onTestFinished(() => void server.close())
    const peers: Socket[] = []
    server.on('connection', (socket) => peers.push(socket))
    const attach = async () => {
      const before = shim.viewers.count
      const peer = createConnection(path)
      peer.write(`${JSON.stringify({ask: 'attach', incarnation: 'one', size: {columns: 80, rows: 24}})}\n`)
      await until('it to be attached', () => shim.viewers.count === before + 1)
      return peer.resume()
    }
    await attach()
    const rude = await attach()
    rude.write('{"size":{"columns":-1}}\n')
    await new Promise((resolve) => rude.once('close', resolve))
    peers[0]?.destroy(new Error('EPIPE'))
    await until('both to be gone', () => shim.viewers.count === 0)
  })
})
