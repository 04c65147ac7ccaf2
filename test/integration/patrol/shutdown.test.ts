import {spawn} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {isShuttingDown} from '../../../src/patrol/observe/shutdown.js'
import {until} from '../../support/until.js'
import {MINUTE, makeWorld, verdictOf} from './support/world.js'

test('While the original shuts the town down nothing is done; its leftovers do not count as a shutdown', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  await world.cycle()
  await nux.kill()
  mkdirSync(join(world.town, 'daemon'))
  const lock = join(world.town, 'daemon/shutdown.lock')
  writeFileSync(lock, '')
  expect(await isShuttingDown(world.town)).toBe(false)
  const holder = spawn('flock', [lock, 'sleep', '60'], {env: world.box.env, detached: true, stdio: 'ignore'})
  const end = () => process.kill(-(holder.pid ?? Number.NaN), 'SIGKILL')
  let isHeld = true
  onTestFinished(() => void (isHeld && end()))
  await until('the lock to be held', () => isShuttingDown(world.town))
  expect(verdictOf(await world.cycle(MINUTE), 'nux')).toBe('skipped')
  expect(await nux.runs()).toBe(false)
  end()
  isHeld = false
  await until('the lock to be free', async () => !(await isShuttingDown(world.town)))
  expect(verdictOf(await world.cycle(MINUTE), 'nux')).toBe('crashed')
})
