// What the patrol leaves in the logs that the original reads.
import {mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {readEvents} from '../../../src/events/read-events.js'
import {appendTownLog} from '../../../src/events/town-log.js'
import {sandbox} from '../../support/sandbox.js'
import {send} from './support/mail.js'
import {HOUR, keepServer, MINUTE, makeWorld, SECOND, type World} from './support/world.js'

/** The lines of the log, as the original takes them apart: 19 characters, a type in brackets, an address, words. */
function logged(town: string): {type: string; agent: string; words: string}[] {
  const lines = readFileSync(join(town, 'logs/town.log'), 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const parts = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \[([a-z_]+)\] (\S+) (.+)$/.exec(line)
    expect(Date.parse(parts?.[1] ?? line)).not.toBeNaN()
    return {type: parts?.[2] ?? '', agent: parts?.[3] ?? '', words: parts?.[4] ?? ''}
  })
}

const deaths = async ({town}: World) =>
  (await readEvents(town, ({type}) => type === 'session_death', 10)).map(({payload}) => payload)

test('A crash: noted once, with how it ended, and so is the restart', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  keepServer(world)
  await world.cycle()
  await nux.kill()
  await world.cycle(MINUTE)
  await world.cycle(SECOND)
  expect(logged(world.town)).toEqual([
    {type: 'crash', agent: 'alpha/nux', words: 'exited unexpectedly (ended by SIGKILL)'},
    {type: 'wake', agent: 'alpha/nux', words: 'resumed (crashed)'},
  ])
  const death = {
    session: nux.session,
    agent: 'alpha/polecats/nux',
    reason: 'crash: ended by SIGKILL',
    caller: 'witness',
  }
  expect(await deaths(world)).toMatchObject([death])
  await nux.kill()
  await world.cycle(MINUTE)
  await nux.kill()
  for (let cycle = 0; cycle < 3; cycle++) await world.cycle(SECOND)
  expect(await deaths(world)).toMatchObject([death, death, death])
})

test('An end after the work is no crash; a session that was never seen has not died', async () => {
  const world = makeWorld()
  const [nux, toast] = [world.polecat('nux'), world.polecat('toast', {spawned_at: new Date().toISOString()})]
  await nux.start()
  await world.cycle()
  await send(world, 'POLECAT_DONE nux', {Exit: 'COMPLETED', Branch: nux.branch})
  await nux.loseSession()
  await world.cycle(SECOND)
  expect(logged(world.town)).toEqual([{type: 'done', agent: 'alpha/nux', words: 'completed its work'}])
  expect(await deaths(world)).toMatchObject([{session: nux.session, reason: 'its session has gone'}])
  expect(toast.isThere()).toBe(true)
})

test('A nudge and a word to a person, in one line each, whatever is in them', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  await world.cycle()
  await world.cycle(6 * MINUTE)
  await send(world, 'HELP: two\u001b[31m lines', {Agent: 'mayor', Problem: 'a'})
  await world.cycle(SECOND)
  expect(logged(world.town)).toEqual([
    {
      type: 'nudge',
      agent: 'alpha/nux',
      words: expect.stringMatching(/^nudged with "Your task is still open.*"$/),
    },
    {
      type: 'escalation_sent',
      agent: 'alpha/witness',
      words: expect.stringMatching(/^escalated \(asked for help: HELP: two/),
    },
  ])
})

const entry = {type: 'crash', agent: 'alpha/nux', context: 'exit code 1'} as const

test('appendTownLog: private, after what the original wrote, and never through a link', async () => {
  const {dir} = sandbox()
  await appendTownLog(dir, [], new Date())
  mkdirSync(join(dir, 'logs'))
  writeFileSync(join(dir, 'logs/town.log'), '2025-12-26 15:30:45 [spawn] alpha/nux spawned for al-1\n')
  await appendTownLog(dir, [entry], new Date(2026, 0, 2, 3, 4, 5))
  expect(readFileSync(join(dir, 'logs/town.log'), 'utf8').split('\n')[1]).toBe(
    '2026-01-02 03:04:05 [crash] alpha/nux exited unexpectedly (exit code 1)',
  )
  const other = join(dir, 'other')
  mkdirSync(join(other, 'logs'), {recursive: true})
  symlinkSync(join(dir, 'logs/town.log'), join(other, 'logs/town.log'))
  const {size} = statSync(join(dir, 'logs/town.log'))
  await expect(appendTownLog(other, [entry], new Date(HOUR))).rejects.toMatchObject({code: 'UNWRITABLE'})
  expect(statSync(join(dir, 'logs/town.log')).size).toBe(size)
})
