import {mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {RecordRead, WorkerRecord} from '../../src/index.js'

/** The record of the worker nux of the rig alpha. */
export const RECORD: WorkerRecord = {
  version: 1,
  name: 'nux',
  incarnation: 'ab12',
  task: null,
  branch: 'polecat/nux-1',
  base: 'main',
  spawned_at: '2026-11-22T16:36:00.000Z',
}

/** An odd file in the place of that record: how to create it, and how it must be read. */
export type OddRecord = [title: string, put: (file: string) => void, verdict: RecordRead['is']]

const text = (content: string) => (file: string) => writeFileSync(file, content)
const changed = (changes: Record<string, unknown>) => text(JSON.stringify({...RECORD, ...changes}))

/** Files with invalid content, which are set aside on request. */
export const UNUSABLE: OddRecord[] = [
  ['half a file', text('{"version": 1'), 'unreadable'],
  ['an empty file', text(''), 'unreadable'],
  ['no record', text('null'), 'unreadable'],
  ['a list', text(JSON.stringify([RECORD])), 'unreadable'],
  ['another version', changed({version: 2}), 'unreadable'],
  ['a version that is a text', changed({version: '1'}), 'unreadable'],
  ['another name', changed({name: 'toast'}), 'unreadable'],
  ['no incarnation', changed({incarnation: undefined}), 'unreadable'],
  ['an empty incarnation', changed({incarnation: ''}), 'unreadable'],
  ['a branch that is a number', changed({branch: 7}), 'unreadable'],
  ['no branch', changed({branch: undefined}), 'unreadable'],
  ['no base', changed({base: null}), 'unreadable'],
  ['an empty base', changed({base: ''}), 'unreadable'],
  ['no task, and no word that there is none', changed({task: undefined}), 'unreadable'],
  ['an empty task', changed({task: ''}), 'unreadable'],
  ['a task that is a number', changed({task: 7}), 'unreadable'],
  ['a spawn at no time', changed({spawned_at: 'yesterday'}), 'unreadable'],
  ['a spawn out of all time', changed({spawned_at: 1e20}), 'unreadable'],
  ['no spawn', changed({spawned_at: null}), 'unreadable'],
  ['an exit that gt does not know', changed({exit: 'SOON'}), 'unreadable'],
  ['an end at no time', changed({exit: 'COMPLETED', done_at: 'soon'}), 'unreadable'],
]

/** Paths that cannot be read as a file, which stay where they are. */
export const NO_FILE: OddRecord[] = [
  ['a folder', (file) => mkdirSync(file), 'unreadable'],
  [
    'a link to a record',
    (file) => {
      changed({})(`${file}.elsewhere`)
      symlinkSync(`${file}.elsewhere`, file)
    },
    'unreadable',
  ],
]

/** Unusual but usable. */
export const USABLE: OddRecord[] = [
  ['nothing', (file) => rmSync(file, {force: true}), 'absent'],
  ['times in milliseconds', changed({spawned_at: 1000, exit: 'COMPLETED', done_at: 2000}), 'present'],
  ["another program's keys", changed({mood: 'good', merge_request: 'open'}), 'present'],
  ['a request that is no word', changed({merge_request: 7}), 'present'],
  ['a head and an agent that are no texts', changed({head: 7, agent: 7}), 'present'],
  ['an exit without its time', changed({exit: 'DEFERRED'}), 'present'],
]

/** Writes one in the place of nux's record, with the folder if it is missing. */
export function putRecord(rigPath: string, put: (file: string) => void): void {
  const folder = join(rigPath, '.runtime/polecats')
  mkdirSync(folder, {recursive: true})
  const file = join(folder, 'nux.json')
  rmSync(file, {force: true})
  put(file)
}
