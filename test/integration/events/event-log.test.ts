import {fork} from 'node:child_process'
import {appendFileSync, existsSync, mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import type {ReadEvent} from '../../../src/events/event.js'
import {appendEvents, eventFile, type NewEvent} from '../../../src/events/event-log.js'
import {followEvents, readEvents} from '../../../src/events/read-events.js'
import {sandbox} from '../../support/sandbox.js'
import {until} from '../../support/until.js'

const event = (type: string, payload: Record<string, unknown> = {}): NewEvent => ({
  type,
  actor: 'alpha/witness',
  payload,
  visibility: 'feed',
})

const every = () => true
const typesIn = (events: readonly ReadEvent[]) => events.map(({type}) => type)

describe('appendEvents', () => {
  it('writes lines in the original’s format, each with an id', async () => {
    const {dir} = sandbox()
    await appendEvents(dir, [event('one', {rig: 'alpha'}), event('two')])
    const lines = readFileSync(eventFile(dir), 'utf8').trimEnd().split('\n')
    const [first, second] = lines.map((line) => JSON.parse(line))
    expect(first).toMatchObject({
      ts: expect.stringMatching(/^\d{4}-.*Z$/),
      source: 'gt',
      type: 'one',
      actor: 'alpha/witness',
      payload: {rig: 'alpha'},
      visibility: 'feed',
    })
    expect(first.id).not.toBe(second.id)
  })

  it('TornLastLine: the next event gets its own line', async () => {
    const {dir} = sandbox()
    await appendEvents(dir, [event('before')])
    appendFileSync(eventFile(dir), '{"ts":"2026-01-01T00:00:00Z","type":"torn')
    await appendEvents(dir, [event('after')])
    expect(typesIn(await readEvents(dir, every, 10))).toEqual(['before', 'after'])
  })

  it('ManyWriters: no line is lost or torn, even across processes', async () => {
    const {dir} = sandbox()
    const program = new URL('./support/append-many.js', import.meta.url).pathname
    const writers = Array.from({length: 4}, (_, writer) => fork(program, [dir, String(writer), '50']))
    await Promise.all(writers.map((writer) => new Promise((resolve) => writer.once('exit', resolve))))
    const events = await readEvents(dir, every, 1000)
    const numbers = events.map(({payload: {writer, number}}) => `${writer}/${number}`)
    expect(new Set(numbers).size).toBe(200)
    expect(readFileSync(eventFile(dir), 'utf8').trimEnd().split('\n')).toHaveLength(200)
  }, 60_000)

  it('Large: the log is rotated', async () => {
    const {dir} = sandbox()
    await appendEvents(dir, [event('of the old')])
    appendFileSync(eventFile(dir), `${'x'.repeat(11 * 1024 * 1024)}\n`)
    await appendEvents(dir, [event('end of the old')])
    appendFileSync(eventFile(dir), `${'x'.repeat(11 * 1024 * 1024)}\n`)
    await appendEvents(dir, [event('of the new')])
    expect(existsSync(`${eventFile(dir)}.2`)).toBe(true)
    expect(readFileSync(eventFile(dir), 'utf8').trimEnd().split('\n')).toHaveLength(1)
    expect(typesIn(await readEvents(dir, every, 1))).toEqual(['of the new'])
  })

  it('NoFolder: an error that says so', async () => {
    const {dir} = sandbox()
    mkdirSync(join(dir, '.events.jsonl'))
    await expect(appendEvents(dir, [event('one')])).rejects.toMatchObject({code: 'UNWRITABLE'})
  })
})

describe('readEvents', () => {
  it('returns the newest matching events, and leaves out other lines', async () => {
    const {dir} = sandbox()
    await appendEvents(
      dir,
      ['a', 'b', 'a', 'a'].map((type) => event(type)),
    )
    appendFileSync(eventFile(dir), 'null\n[]\nnonsense\n')
    const fits = ({type}: ReadEvent) => type === 'a'
    expect(typesIn(await readEvents(dir, fits, 2))).toEqual(['a', 'a'])
    expect(await readEvents(dir, fits, 0)).toEqual([])
  })

  it('NoLog: there are none', async () => {
    expect(await readEvents(sandbox().dir, every, 10)).toEqual([])
  })
})

describe('followEvents', () => {
  it('reports new events once, across a rotation', async () => {
    const {dir} = sandbox()
    await appendEvents(dir, [event('before')])
    const told: ReadEvent[] = []
    const controller = new AbortController()
    const following = followEvents(dir, every, {tell: (one) => told.push(one), signal: controller.signal})
    const tell = async (type: string, more?: () => void) => {
      more?.()
      await appendEvents(dir, [event(type)])
      await until(`${type} to be told`, () => told.some((one) => one.type === type))
    }
    await tell('first')
    await tell('torn', () => appendFileSync(eventFile(dir), '{"type":'))
    await appendEvents(dir, [event('last')])
    await tell('new', () => appendFileSync(eventFile(dir), `${'x'.repeat(11 * 1024 * 1024)}\n`))
    controller.abort()
    await following
    expect(typesIn(told)).toEqual(['first', 'torn', 'last', 'new'])
  })
})
