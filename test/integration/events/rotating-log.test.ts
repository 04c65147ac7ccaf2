import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {withFileLock} from '@gtown/sdk/files'
import {expect, onTestFinished, test} from 'vitest'
import {parseEvent, type ReadEvent} from '../../../src/events/event.js'
import {appendEvents, eventFile} from '../../../src/events/event-log.js'
import {followEvents, readEvents} from '../../../src/events/read-events.js'
import {appendLines} from '../../../src/events/rotating-log.js'
import {appendTownLog} from '../../../src/events/town-log.js'
import {sandbox} from '../../support/sandbox.js'
import {until} from '../../support/until.js'

const event = (type: string) => ({type, actor: 'alpha/witness', payload: {}, visibility: 'feed'}) as const
const line = (type: string) => `${JSON.stringify({ts: '2026-01-01T00:00:00Z', type})}\n`
const large = 'x'.repeat(11 * 1024 * 1024)
const every = () => true
const typesIn = (events: readonly ReadEvent[]) => events.map(({type}) => type)

/** A log of this name in its own folder. */
function log(name = 'log') {
  const {dir} = sandbox()
  const file = join(dir, name)
  return {
    dir,
    file,
    of: (number: number) =>
      existsSync(`${file}.${number}`) ? readFileSync(`${file}.${number}`, 'utf8') : undefined,
  }
}

function withoutUmask(): void {
  const before = process.umask(0)
  onTestFinished(() => void process.umask(before))
}

test('three rotated logs are kept, under increasing numbers', async () => {
  const {file, of} = log()
  for (const name of ['one', 'two', 'three', 'four', 'five']) {
    await appendLines(file, [name], 0o600)
    appendFileSync(file, `${large}\n`)
  }
  await appendLines(file, ['six'], 0o600)
  expect(readFileSync(file, 'utf8')).toBe('six\n')
  expect([1, 2, 3, 4].map((number) => of(number)?.slice(0, 4))).toEqual(['five', 'four', 'thre', undefined])
})

test('no line is lost when many write to a full log', async () => {
  const {file, of} = log()
  writeFileSync(file, `${large}\n`)
  const names = Array.from({length: 12}, (_, number) => `line ${number}`)
  await Promise.all(names.map((name) => appendLines(file, [name], 0o600)))
  expect(of(2)).toBeUndefined()
  expect(readFileSync(file, 'utf8').trimEnd().split('\n').sort()).toEqual(names.sort())
})

test('nothing is written while another process holds the log’s lock', async () => {
  const {file} = log()
  let appended: Promise<void> | undefined
  await withFileLock(file, async () => {
    appended = appendLines(file, ['late'], 0o600)
    // Many times as long as a write takes.
    for (let count = 0; count < 20; count++) await appendLines(`${file}-of-others`, ['x'], 0o600)
    expect(existsSync(file)).toBe(false)
  })
  await appended
  expect(readFileSync(file, 'utf8')).toBe('late\n')
})

test('a log that cannot be rotated is an error, and does not grow further', async () => {
  const {file} = log()
  mkdirSync(`${file}.3/of-somebody`, {recursive: true})
  writeFileSync(`${file}.2`, '')
  writeFileSync(file, `${large}\n`)
  await expect(appendLines(file, ['x'], 0o600)).rejects.toMatchObject({code: 'UNWRITABLE'})
  expect(statSync(file).size).toBe(large.length + 1)
})

test('nothing is written through a link', async () => {
  const {dir, file} = log()
  const elsewhere = join(dir, 'elsewhere')
  writeFileSync(elsewhere, '')
  symlinkSync(elsewhere, file)
  await expect(appendLines(file, ['x'], 0o600)).rejects.toMatchObject({code: 'UNWRITABLE'})
  expect(readFileSync(elsewhere, 'utf8')).toBe('')
})

test('nor through a link in the place of the town log’s folder', async () => {
  const {dir} = sandbox()
  mkdirSync(join(dir, 'elsewhere'))
  symlinkSync(join(dir, 'elsewhere'), join(dir, 'logs'))
  const appended = appendTownLog(dir, [{type: 'done', agent: 'a/b', context: 'work'}], new Date())
  await expect(appended).rejects.toMatchObject({code: 'UNWRITABLE'})
  expect(existsSync(join(dir, 'elsewhere/town.log'))).toBe(false)
})

test('a new log has its writer’s permissions: events are readable by all, the town log only by its owner', async () => {
  withoutUmask()
  const {dir} = sandbox()
  await appendEvents(dir, [event('one')])
  await appendTownLog(dir, [{type: 'done', agent: 'a/b', context: 'work'}], new Date())
  const modes = [eventFile(dir), join(dir, 'logs/town.log')].map((file) => statSync(file).mode & 0o777)
  expect(modes).toEqual([0o644, 0o600])
})

test('a text with line breaks stays one line of the town log', async () => {
  const {dir} = sandbox()
  await appendTownLog(
    dir,
    [{type: 'crash', agent: 'a/b', context: `one\ntwo\u001b[31m ${'x'.repeat(500)}`}],
    new Date(2026, 0, 2, 3, 4, 5),
  )
  const text = readFileSync(join(dir, 'logs/town.log'), 'utf8')
  expect(text).toMatch(
    /^2026-01-02 03:04:05 \[crash\] a\/b exited unexpectedly \(one\?two\?\[31m x{100,200}…\)\n$/,
  )
})

test('without events no file is created', async () => {
  const {dir} = sandbox()
  await appendEvents(dir, [])
  await appendTownLog(dir, [], new Date())
  expect([eventFile(dir), join(dir, 'logs')].map((path) => existsSync(path))).toEqual([false, false])
})

test.each(['{"type":"x"}', '{"ts":"2026"}', '{"type":7,"ts":"2026"}', 'null', '[]', '{"type":"x","ts":"20'])(
  '%s is no event',
  (text) => expect(parseEvent(text)).toBeUndefined(),
)

test('only the end of a large log is read; an unreadable one is an error', async () => {
  const {dir} = sandbox()
  writeFileSync(eventFile(dir), `${line('old')}${large}\n${line('new')}`)
  expect(typesIn(await readEvents(dir, every, 10))).toEqual(['new'])
  mkdirSync(join(dir, 'folder'))
  writeFileSync(join(dir, 'file'), '')
  await expect(readEvents(join(dir, 'file'), every, 10)).rejects.toMatchObject({code: 'UNREADABLE'})
})

/** Follows a town's log; returns what was reported so far. */
async function follower(dir: string) {
  const told: ReadEvent[] = []
  const controller = new AbortController()
  const following = followEvents(dir, every, {tell: (one) => told.push(one), signal: controller.signal})
  onTestFinished(async () => {
    controller.abort()
    await following
  })
  // It first finds the current end of the log, which was requested before these.
  for (let count = 0; count < 5; count++) await readEvents(dir, every, 0)
  return {
    told: () => typesIn(told),
    tells: (type: string) => until(`${type} to be told`, () => told.some((one) => one.type === type)),
  }
}

test('FollowEvents: events in two parts, in a truncated log, or in a replaced one', async () => {
  const {dir} = sandbox()
  const file = eventFile(dir)
  writeFileSync(file, line('before'))
  const {told, tells} = await follower(dir)
  appendFileSync(file, line('first'))
  await tells('first')
  const whole = line('in two parts')
  appendFileSync(file, line('beside') + whole.slice(0, 20))
  await tells('beside')
  appendFileSync(file, whole.slice(20))
  await tells('in two parts')
  writeFileSync(file, line('cut'))
  await tells('cut')
  appendFileSync(file, line('last of the old'))
  renameSync(file, `${file}.1`)
  writeFileSync(file, line('new'))
  await tells('new')
  writeFileSync(`${file}.other`, `${line('replaced')}${line('x'.repeat(500))}`)
  renameSync(`${file}.other`, file)
  await tells('replaced')
  await tells('x'.repeat(500))
  expect(told()).toEqual([
    'first',
    'beside',
    'in two parts',
    'cut',
    'last of the old',
    'new',
    'replaced',
    'x'.repeat(500),
  ])
})

test('FollowEvents_NoLogYet: new events, and none of an older log', async () => {
  const {dir} = sandbox()
  writeFileSync(`${eventFile(dir)}.1`, line('old'))
  const {told, tells} = await follower(dir)
  appendFileSync(eventFile(dir), line('first'))
  await tells('first')
  appendFileSync(eventFile(dir), line('second'))
  await tells('second')
  expect(told().filter((type) => type === 'old')).toEqual([])
})
