import {mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {readPatrolState, stateFile, writePatrolState} from '../../../src/patrol/memory/state-file.js'
import {sandbox} from '../../support/sandbox.js'
import {gone, polecat, startPatrol} from '../../unit/patrol/support/patrol.js'

/** A real patrol state with a value in each field. */
function someState() {
  const patrol = startPatrol()
  patrol.cycle(0, polecat(), polecat({name: 'far', stuck: {value: true, source: 'test', ageMs: 0}}))
  patrol.cycle(1000, gone(), polecat({name: 'far', stuck: {value: true, source: 'test', ageMs: 0}}))
  if (!patrol.state) throw new Error('no state')
  return patrol.state
}

/** A rig's folder, and a reader that collects its warnings. */
function makeRig() {
  const rig = sandbox().dir
  const warnings: string[] = []
  return {rig, warnings, read: () => readPatrolState(rig, (message) => warnings.push(message))}
}

describe('the state of the patrol', () => {
  it('Written: is read back, and only its owner can read it', async () => {
    const {rig, warnings, read} = makeRig()
    const state = someState()
    await writePatrolState(rig, state)
    expect(await read()).toEqual(state)
    expect(statSync(stateFile(rig)).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(rig, '.runtime'))).toEqual(['witness.json'])
    expect(warnings).toEqual([])
  })

  it('NoFile: no state and no error', async () => {
    const {warnings, read} = makeRig()
    expect(await read()).toBeUndefined()
    expect(warnings).toEqual([])
  })

  const whole = JSON.stringify(someState())
  const changed = (change: (state: Record<string, never>) => void) => {
    const state = JSON.parse(whole)
    change(state)
    return JSON.stringify(state)
  }
  it.each([
    ['Empty', ''],
    ['Cut', whole.slice(0, whole.length / 2)],
    ['Zeros', '\0'.repeat(100)],
    ['Null', 'null'],
    ['List', '[]'],
    ['OtherVersion', changed((state) => Object.assign(state, {version: 2}))],
    ['NoClock', changed((state) => delete state.clock)],
    ['NonsenseOfPolecat', changed((state) => Object.assign(state.polecats ?? {}, {nux: {}}))],
    ['NonsenseOfRestarts', whole.replace(/"restarts":\[\d+\]/, '"restarts":["soon"]')],
  ])('%s: set aside and named, and nothing is remembered', async (_, text) => {
    const {rig, warnings, read} = makeRig()
    mkdirSync(join(rig, '.runtime'))
    writeFileSync(stateFile(rig), text)
    expect(text).not.toBe(whole)
    expect(await read()).toBeUndefined()
    const [aside = ''] = readdirSync(join(rig, '.runtime'))
    expect(aside).toMatch(/^witness\.json\.unusable-/)
    expect(readFileSync(join(rig, '.runtime', aside), 'utf8')).toBe(text)
    expect(warnings).toEqual([expect.stringContaining(join(rig, '.runtime', aside))])
    expect(await read()).toBeUndefined()
    expect(warnings).toHaveLength(1)
  })

  it('Link: is never written through, nor read', async () => {
    const {rig, read} = makeRig()
    const target = join(rig, 'target')
    writeFileSync(target, whole)
    mkdirSync(join(rig, '.runtime'))
    symlinkSync(target, stateFile(rig))
    await expect(read()).rejects.toMatchObject({code: 'UNREADABLE'})
    await writePatrolState(rig, someState())
    expect(readFileSync(target, 'utf8')).toBe(whole)
  })

  it.each(['.runtime', '.runtime/witness.json'])(
    '%s is something else: rejects, naming the file',
    async (path) => {
      const {rig} = makeRig()
      mkdirSync(join(rig, path, path === '.runtime' ? '' : 'x'), {recursive: true})
      if (path === '.runtime') {
        const other = makeRig()
        symlinkSync(join(rig, '.runtime'), join(other.rig, '.runtime'))
        await expect(writePatrolState(other.rig, someState())).rejects.toMatchObject({code: 'UNWRITABLE'})
      } else {
        await expect(readPatrolState(rig, () => {})).rejects.toMatchObject({code: 'UNREADABLE'})
        await expect(writePatrolState(rig, someState())).rejects.toMatchObject({code: 'UNWRITABLE'})
      }
    },
  )
})
