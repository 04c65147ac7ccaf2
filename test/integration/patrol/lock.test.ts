import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {withPatrolLock} from '../../../src/patrol/lock.js'
import {sandbox} from '../../support/sandbox.js'
import {until} from '../../support/until.js'

const makeRig = () => ({name: 'alpha', path: sandbox().dir})

describe('withPatrolLock', () => {
  it('TwoPatrols: one acts, the other gets an error with its pid', async () => {
    const rig = makeRig()
    let acted = 0
    let leave = () => {}
    const left = new Promise<void>((resolve) => {
      leave = resolve
    })
    const first = withPatrolLock(rig, () => {
      acted++
      return left
    })
    await until('the first to act', () => acted)
    await expect(withPatrolLock(rig, async () => acted++)).rejects.toMatchObject({
      code: 'PATROL_RUNNING',
      message: `rig 'alpha' is being patrolled by another gt (pid ${process.pid})`,
    })
    leave()
    await first
    expect(acted).toBe(1)
    expect(existsSync(join(rig.path, '.runtime/witness.lock'))).toBe(false)
  })

  it('AtOnce: only one of many acts at a time', async () => {
    const rig = makeRig()
    let inside = 0
    const work = async () => {
      expect(++inside).toBe(1)
      await new Promise(setImmediate)
      inside--
    }
    await Promise.all([1, 2, 3].map(() => withPatrolLock(rig, work)))
    expect(inside).toBe(0)
  })

  it.each([
    ['Dead', '4194305.1.x'],
    ['NumberUsedAgain', `${process.pid}.1.x`],
  ])('%s holder: its lock is free', async (_, stamp) => {
    const rig = makeRig()
    const lock = join(rig.path, '.runtime/witness.lock')
    mkdirSync(lock, {recursive: true})
    writeFileSync(join(lock, `${stamp}.${hostname()}`), '')
    expect(await withPatrolLock(rig, async () => 'mine')).toBe('mine')
  })
})
