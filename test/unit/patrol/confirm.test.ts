// Right before an action, everything on which it is based is read again.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {expect, it} from 'vitest'
import {recordFile} from '../../../packages/workers/src/record.js'
import {confirm} from '../../../src/patrol/act/confirm.js'
import {type Desk, loseWorktree, makeDesk} from './support/job.js'

/** Replaces the only session by another one. */
const replace = ({sessions}: Desk, more: Partial<Desk['sessions'][number]>) =>
  sessions.splice(0, 1, {...(sessions[0] as Desk['sessions'][number]), ...more})

it('Nothing has changed: the same, with its session', async () => {
  const desk = makeDesk()
  const {job, expect: expected} = await desk.job()
  expect(await confirm(job, expected)).toMatchObject({is: 'same', session: {session: {id: '$1'}}})
})

it.each<[string, (desk: Desk) => unknown, string | RegExp]>([
  ['a terminal shows its session', (desk) => replace(desk, {attached: 1}), 'a terminal shows its session'],
  ['a session began with its number', (desk) => replace(desk, {createdAt: 2000}), /another session/],
  ['a session began in its second', (desk) => replace(desk, {id: '$2'}), /another session/],
  ['its session ended', ({sessions}) => sessions.pop(), 'its session has ended'],
  [
    'no backend gives an answer',
    ({backend}) =>
      Object.assign(backend, {
        list: () => Promise.reject(new GtError('no server', {code: 'BACKEND_UNAVAILABLE'})),
      }),
    /no server/,
  ],
  ['its HEAD moved', (desk) => desk.move('b'.repeat(40)), 'its HEAD has moved'],
  ['its worktree went', loseWorktree, 'its HEAD has moved'],
  [
    'another life took its name',
    (desk) => desk.note({incarnation: 'i-2'}),
    'another worker has its name now',
  ],
  [
    'its file was cut',
    ({rig}) => writeFileSync(recordFile({rig: {name: 'alpha', path: rig}, name: 'nux'}), '{'),
    /is not JSON/,
  ],
  ['its file tells of another', (desk) => desk.note({name: 'toast'}), /is not the record of this worker/],
])('%s after the look: changed', async (_, change, detail) => {
  const desk = makeDesk()
  const {job, expect: expected} = await desk.job()
  change(desk)
  expect(await confirm(job, expected)).toEqual({is: 'changed', detail: expect.stringMatching(detail)})
})

it('A session has started: changed', async () => {
  const desk = makeDesk()
  const {job, expect: expected} = await desk.job()
  expect(await confirm(job, {...expected, session: undefined})).toMatchObject({
    detail: 'a session of it has started',
  })
})

it('A truncated record has appeared: changed', async () => {
  const desk = makeDesk()
  rmSync(recordFile({rig: {name: 'alpha', path: desk.rig}, name: 'nux'}))
  const {job, expect: expected} = await desk.job()
  expect(await confirm(job, expected)).toMatchObject({is: 'same'})
  writeFileSync(recordFile({rig: {name: 'alpha', path: desk.rig}, name: 'nux'}), '{')
  expect(await confirm(job, expected)).toMatchObject({is: 'changed'})
})

it('An unreadable sandbox has appeared: changed', async () => {
  const desk = makeDesk()
  rmSync(join(desk.rig, 'polecats/nux'), {recursive: true})
  const {job, expect: expected} = await desk.job()
  expect(await confirm(job, expected)).toMatchObject({is: 'same'})
  mkdirSync(desk.path, {recursive: true})
  desk.services.git = () => Promise.reject(new GtError('git gave no answer', {code: 'GIT_TIMEOUT'}))
  mkdirSync(join(desk.rig, 'gitdir'))
  writeFileSync(join(desk.path, '.git'), `gitdir: ${desk.rig}/gitdir\n`)
  writeFileSync(join(desk.rig, 'gitdir/HEAD'), 'ref: refs/heads/none\n')
  writeFileSync(join(desk.rig, 'gitdir/commondir'), '.\n')
  expect(await confirm(job, expected)).toEqual({is: 'changed', detail: 'git gave no answer'})
})
