import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {makeStamp} from '@gtown/sdk/files'
import {describe, expect, it} from 'vitest'
import {purge} from '../../src/put-away/purge.js'
import {recoverRemovals} from '../../src/put-away/recover.js'
import {
  away,
  back,
  collect,
  contextOf,
  killedAfter,
  record,
  removed,
  removedFolder,
  snapshot,
} from '../support/put-away.js'
import {makeWorker, type Worker} from '../support/worker.js'

const PUT = "api.putAway({...context, name: 'nux', verdict})"
const restoring = (id: string) => `api.restore({...context, id: '${id}'})`
const purging = (id: string) => `api.purge({...context, id: '${id}'})`

/** Makes a worker with all that a recovery handles: submodule, record, branch with a log, index and untracked file. */
async function full(): Promise<Worker> {
  const worker = makeWorker()
  worker.git('submodule', '--quiet', 'add', worker.origin, 'lib')
  worker.commit('work')
  worker.write('new', 'only here\n')
  await record(worker)
  return worker
}

const purgeNow = (worker: Worker) => purge({...contextOf(worker), processesIn: () => [], id: 'nux-a1b2'})

const recover = (worker: Worker) => recoverRemovals(contextOf(worker))

describe('killed after a step, then a gc and a prune', () => {
  it.each(['moving', 'pinned', 'locked'])('PutAway, %s: is undone completely', async (step) => {
    const worker = await full()
    const before = snapshot(worker)
    killedAfter(worker, step, PUT)
    collect(worker)
    expect(await recover(worker)).toEqual([])
    expect(snapshot(worker)).toEqual(before)
    expect(existsSync(removedFolder(worker))).toBe(false)
    expect(worker.gitIn(worker.repository, 'for-each-ref', 'refs/gt-archive')).toBe('')
    expect(worker.gitIn(worker.repository, 'worktree', 'list', '--porcelain')).not.toContain('locked')
  })

  it.each(['moved', 'relinked', 'branch given up', 'worker forgotten', 'removed'])(
    'PutAway, %s: is finished, and restore brings back everything',
    async (step) => {
      const worker = await full()
      const before = snapshot(worker)
      killedAfter(worker, step, PUT)
      collect(worker)
      expect(await recover(worker)).toEqual([])
      expect(await removed(worker)).toMatchObject([{name: 'nux', state: 'removed'}])
      expect(worker.gitIn(worker.repository, 'branch', '--list', worker.branch)).toBe('')
      expect(await back(worker, 'nux-a1b2')).toMatchObject({detached: undefined})
      expect(snapshot(worker)).toEqual(before)
    },
  )

  it.each(['restoring', 'moved', 'relinked', 'branch taken back', 'unlocked', 'dropped'])(
    'Restore, %s: is complete after the next command',
    async (step) => {
      const worker = await full()
      const before = snapshot(worker)
      const {id} = await away(worker)
      killedAfter(worker, step, restoring(id))
      collect(worker)
      expect(await recover(worker)).toEqual([])
      if (step === 'restoring') await back(worker, id)
      expect(snapshot(worker)).toEqual(before)
      expect(await removed(worker)).toEqual([])
      expect(existsSync(removedFolder(worker))).toBe(false)
    },
  )

  it.each(['marked', 'tree deleted', 'worktree deleted', 'purged'])(
    'Purge, %s: the next call finishes it, and only the pins are left',
    async (step) => {
      const worker = await full()
      const head = worker.git('rev-parse', 'HEAD')
      const {id} = await away(worker, {verdict: {is: 'safe', reasons: []}})
      killedAfter(worker, step, purging(id))
      collect(worker)
      expect(await recover(worker)).toEqual([])
      const again = purge({...contextOf(worker), processesIn: () => [], id})
      if (step === 'purged') await expect(again).rejects.toMatchObject({code: 'NOT_REMOVED'})
      else expect(await again).toMatchObject({outcome: 'purged'})
      expect(existsSync(removedFolder(worker))).toBe(false)
      expect(existsSync(join(worker.repository, 'worktrees/rig'))).toBe(false)
      expect(worker.gitIn(worker.repository, 'config', '--list')).not.toContain(`branch.${worker.branch}`)
      expect(worker.gitIn(worker.repository, 'cat-file', '-t', head)).toBe('commit')
    },
  )

  it.each<[string, (worker: Worker) => Promise<unknown>]>([
    ['PutAway', (worker) => away(worker)],
    ['Restore', (worker) => back(worker, 'nux-a1b2').catch(() => away(worker))],
    ['Purge', (worker) => purgeNow(worker).catch(() => away(worker))],
  ])('%s as the next command: recovers first', async (_, next) => {
    const worker = await full()
    killedAfter(worker, 'moving', PUT)
    await next(worker)
    expect(await removed(worker)).toHaveLength(1)
  })

  it('LockAndEmptyFolder of a purge: the next recovery removes them', async () => {
    const worker = await full()
    const removedFiles = removedFolder(worker)
    const dead = (await makeStamp()).replace(/^\d+\.\d+/, '1.1')
    const locks = [join(removedFiles, '..purging-nux-a1b2.lock'), `${removedFiles}.lock`]
    mkdirSync(join(removedFiles, '.purging-nux-a1b2'), {recursive: true})
    for (const lock of locks) {
      mkdirSync(lock)
      writeFileSync(join(lock, dead), '')
    }
    expect(await recover(worker)).toEqual([])
    expect(readdirSync(join(removedFiles, '..'))).toEqual(['nux'])
    mkdirSync(`${removedFiles}.lock`)
    expect(await recover(worker)).toEqual([])
    expect(readdirSync(join(removedFiles, '..'))).toEqual(['nux'])
  })

  it('LockOfALivingPurge: it stays', async () => {
    const worker = await full()
    const lock = join(removedFolder(worker), '..purging-nux-a1b2.lock')
    mkdirSync(lock, {recursive: true})
    writeFileSync(join(lock, await makeStamp()), '')
    expect(await recover(worker)).toEqual([])
    expect(existsSync(lock)).toBe(true)
  })

  it('ForeignTree in the entry: the put-away is undone', async () => {
    const worker = await full()
    const before = snapshot(worker)
    killedAfter(worker, 'locked', PUT)
    mkdirSync(join(removedFolder(worker), 'nux-a1b2/tree/other'), {recursive: true})
    await recover(worker)
    expect(snapshot(worker)).toEqual(before)
  })

  it('ManifestTruncated: it is set aside and reported, and the files stay', async () => {
    const worker = await full()
    const {id, path} = await away(worker)
    const file = join(removedFolder(worker), id, 'manifest.json')
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200))
    expect(await recover(worker)).toEqual([
      expect.stringMatching(/manifest is damaged, and was set aside as .*unusable-/),
    ])
    expect(await recover(worker)).toEqual([expect.stringMatching(/has no manifest.*Its files are in /)])
    expect(readFileSync(join(path, 'new'), 'utf8')).toBe('only here\n')
    await expect(back(worker, id)).rejects.toMatchObject({code: 'REMOVED_BROKEN'})
    await expect(purge({...contextOf(worker), processesIn: () => [], id})).rejects.toMatchObject({
      code: 'REMOVED_BROKEN',
    })
  })

  it('UnrecoverableEntry: other entries are recovered', async () => {
    const worker = await full()
    const {id} = await away(worker)
    const file = join(removedFolder(worker), id, 'manifest.json')
    writeFileSync(file, '{"version": 1}')
    worker.addWorktree(worker.path, {branch: 'polecat/again', from: 'origin/main'})
    const second = await away(worker)
    expect(await removed(worker)).toMatchObject([{id: second.id}])
    await back(worker, second.id)
    expect(worker.git('status', '--porcelain')).toBe('')
  })
})

describe('in parallel', () => {
  it('FourPutAways: one succeeds, and the others report that the sandbox is gone', async () => {
    const worker = await full()
    const results = await Promise.allSettled(Array.from({length: 4}, () => away(worker)))
    const lost = results.filter((result) => result.status === 'rejected')
    expect(lost.map(({reason}) => reason.code)).toEqual(['SANDBOX_GONE', 'SANDBOX_GONE', 'SANDBOX_GONE'])
    expect(await removed(worker)).toHaveLength(1)
  })

  it('RestoreAndPurge: one wins, and nothing is left half done', async () => {
    const worker = await full()
    const before = snapshot(worker)
    const {id} = await away(worker, {verdict: {is: 'safe', reasons: []}})
    const [restored, purged] = await Promise.allSettled([
      back(worker, id),
      purge({...contextOf(worker), processesIn: () => [], id}),
    ])
    expect([restored?.status, purged?.status].sort()).toEqual(['fulfilled', 'rejected'])
    if (restored?.status === 'fulfilled') expect(snapshot(worker)).toEqual(before)
    expect(existsSync(removedFolder(worker))).toBe(false)
  })
})
