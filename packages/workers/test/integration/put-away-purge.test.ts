import {chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {listRemoved} from '../../src/put-away/list.js'
import {type PurgeRequest, purge} from '../../src/put-away/purge.js'
import {away, back, contextOf, removed, removedFolder} from '../support/put-away.js'
import {makeWorker, type Worker} from '../support/worker.js'

const clean = {is: 'safe', reasons: []} as const

const gone = (worker: Worker, id: string, changes: Partial<PurgeRequest> = {}) =>
  purge({...contextOf(worker), processesIn: () => [], id, ...changes})

describe('purge', () => {
  it('deletes files, worktree and manifest, and keeps the commits', async () => {
    const worker = makeWorker()
    worker.git('submodule', '--quiet', 'add', worker.origin, 'lib')
    const head = worker.commit('work')
    chmodSync(worker.write('a/b/c/file', 'x'), 0o400)
    for (const folder of ['a/b/c', 'a/b', 'a']) chmodSync(join(worker.path, folder), 0o500)
    writeFileSync(Buffer.concat([Buffer.from(`${worker.path}/`), Buffer.from([0xff, 0xfe])]), 'no text')
    const {id} = await away(worker, {verdict: clean})
    const undo = `git -C ${worker.repository} branch nux-${head.slice(0, 7)} ${head}`
    expect(await gone(worker, id)).toEqual({outcome: 'purged', undo})
    expect(existsSync(removedFolder(worker))).toBe(false)
    expect(worker.gitIn(worker.repository, 'worktree', 'list')).not.toContain('nux')
    worker.gitIn(worker.repository, 'gc', '--quiet', '--prune=now')
    expect(worker.gitIn(worker.repository, 'cat-file', '-t', head)).toBe('commit')
  })

  it('Links: are deleted, and their targets stay', async () => {
    const worker = makeWorker()
    const outside = join(worker.box.dir, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'keep'), 'x')
    symlinkSync(outside, join(worker.path, 'link'))
    const {id} = await away(worker, {verdict: clean})
    await gone(worker, id)
    expect(readFileSync(join(outside, 'keep'), 'utf8')).toBe('x')
  })

  it.each(['unsafe', 'unknown'] as const)(
    'Verdict %s: refused with the reasons, unless unclean is set',
    async (is) => {
      const worker = makeWorker()
      const {id} = await away(worker, {verdict: {is, reasons: ['not committed: .env']}})
      await expect(gone(worker, id)).rejects.toMatchObject({
        code: 'NOT_SAFE',
        message: expect.stringContaining('not committed: .env'),
      })
      expect(await removed(worker)).toMatchObject([{id, state: 'removed'}])
      expect(await gone(worker, id, {unclean: true})).toMatchObject({outcome: 'purged'})
    },
  )

  it('ProcessesInside: refused, and the sandbox can still be restored', async () => {
    const worker = makeWorker()
    const {id} = await away(worker, {verdict: clean})
    const processesIn = () => [{pid: 4711, command: 'vim'}]
    await expect(gone(worker, id, {processesIn})).rejects.toMatchObject({code: 'SANDBOX_IN_USE'})
    await back(worker, id)
  })

  it('TimeUp: listed as being purged, and the next call finishes it', async () => {
    const worker = makeWorker()
    for (let at = 0; at < 100; at++) worker.write(`build/${at % 10}/${at}`, 'x')
    const {id} = await away(worker, {verdict: clean})
    expect(await gone(worker, id, {until: 0})).toEqual({outcome: 'unfinished'})
    expect(await listRemoved(contextOf(worker))).toMatchObject({sandboxes: [], purging: [{id, name: 'nux'}]})
    await expect(back(worker, id)).rejects.toMatchObject({code: 'NOT_REMOVED'})
    expect(await gone(worker, id)).toMatchObject({outcome: 'purged'})
  })

  it('WorktreeInUseAgain: its admin folder stays', async () => {
    const worker = makeWorker()
    const {id} = await away(worker, {verdict: clean})
    const admin = join(worker.repository, 'worktrees/rig')
    writeFileSync(join(admin, 'locked'), 'somebody mended it by hand\n')
    await gone(worker, id)
    expect(existsSync(join(admin, 'HEAD'))).toBe(true)
  })

  it('BranchInUseAgain: its configuration stays', async () => {
    const worker = makeWorker()
    worker.git('config', `branch.${worker.branch}.description`, 'mine')
    const {id} = await away(worker, {verdict: clean})
    worker.gitIn(worker.repository, 'branch', worker.branch, 'origin/main')
    await gone(worker, id)
    expect(worker.gitIn(worker.repository, 'config', `branch.${worker.branch}.description`)).toBe('mine')
  })
})
