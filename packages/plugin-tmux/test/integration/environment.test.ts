import {describe, expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {quiet, world} from '../support/world.js'

describe('environment', () => {
  test('environment_Session: is what it was started with, byte for byte, even after its agent has ended', async () => {
    const {backend} = world()
    const env = {KEY: 'sk-1', ODD: `a'b"c$HOME\`id\`\\ \nKEY="x"; export KEY;\nö;#{x}`, EMPTY: ''}
    const session = await backend.start(quiet('a', {env}))
    expect(await backend.environment(session)).toMatchObject(env)
    process.kill(session.pid, 'SIGKILL')
    await until('it to end', async () => (await backend.inspect('a'))?.liveness === 'dead')
    expect(await backend.environment(session)).toMatchObject(env)
  })

  test('environment_EarlierLife: is lost, whether or not another has its name', async () => {
    const {backend} = world()
    const first = await backend.start(quiet('a', {env: {KEY: 'old'}}))
    await backend.stop(first, {graceMs: 0})
    await expect(backend.environment(first)).rejects.toMatchObject({code: 'SESSION_LOST'})
    await backend.start(quiet('a', {env: {KEY: 'new'}}))
    await expect(backend.environment(first)).rejects.toMatchObject({code: 'SESSION_LOST'})
  })

  test('environment_SameIdOfAnotherIncarnation: is not returned', async () => {
    const {backend} = world()
    const session = await backend.start(quiet('a', {env: {KEY: 'sk-1'}}))
    await expect(backend.environment({...session, incarnation: 'other'})).rejects.toMatchObject({
      code: 'SESSION_LOST',
    })
  })
})
