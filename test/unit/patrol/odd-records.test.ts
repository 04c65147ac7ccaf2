import {type Host, isGtError, type RigRef} from '@gtown/sdk'
import {expect, it} from 'vitest'
import {listWorkers} from '../../../packages/plugin-polecat/src/inspect.js'
import {NO_FILE, putRecord, UNUSABLE, USABLE} from '../../../packages/workers/test/support/odd-records.js'
import {observeRig} from '../../../src/patrol/observe/observe-rig.js'
import {type Desk, makeDesk} from './support/job.js'

/** How the patrol reads the record of nux. */
async function seenByPatrol({services, ref}: Desk): Promise<string> {
  const {workers} = await observeRig(services, ref, {snapshots: new Map(), letters: [], mail: undefined})
  const {record, signals} = workers.get('nux') ?? {}
  if (record) return 'present'
  return signals?.spawned.detail === 'there is no record' ? 'absent' : 'unreadable'
}

/** How `gt polecat` reads it: it warns when it sets a file aside, and rejects an unreadable one. */
async function seenByPolecat(ref: RigRef): Promise<string> {
  const warnings: string[] = []
  const sessions = {list: async () => [], status: async () => ({liveness: 'absent'})}
  const host = {sessions} as unknown as Host
  try {
    const [worker] = await listWorkers(host, ref, (message) => warnings.push(message))
    if (worker?.record) return 'present'
  } catch (error) {
    if (!isGtError(error) || error.code !== 'UNREADABLE') throw error
    return 'unreadable'
  }
  return warnings.length > 0 ? 'unreadable' : 'absent'
}

it.each([...UNUSABLE, ...NO_FILE, ...USABLE])(
  'In the place of a record, %s: patrol and gt polecat take it for the same',
  async (_, put, verdict) => {
    const desk = makeDesk()
    putRecord(desk.rig, put)
    // The patrol changes nothing, so it goes first.
    expect([await seenByPatrol(desk), await seenByPolecat(desk.ref)]).toEqual([verdict, verdict])
  },
)
