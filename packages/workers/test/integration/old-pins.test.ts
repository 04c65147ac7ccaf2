import {expect, it} from 'vitest'
import {dropOldPins} from '../../src/put-away/old-pins.js'
import {purge} from '../../src/put-away/purge.js'
import {away, back, contextOf} from '../support/put-away.js'
import {makeWorker, type Worker} from '../support/worker.js'

const refs = (worker: Worker) =>
  worker.gitIn(worker.repository, 'for-each-ref', '--format=%(refname)', 'refs/gt-archive')

/** The time after everything that was pinned until now. */
const later = () => Date.now() + 2000

it('Drops the refs of what was purged, and gc may take the commits', async () => {
  const worker = makeWorker()
  worker.git('tag', '--annotate', '--message', 'mine', 'mine')
  worker.git('update-ref', 'refs/worktree/tagged', 'mine')
  worker.git('update-ref', '-d', 'refs/tags/mine')
  const head = worker.commit('work')
  const {id} = await away(worker)
  await purge({...contextOf(worker), processesIn: () => [], id, unclean: true})
  expect(await dropOldPins(contextOf(worker), Date.now() - 60_000)).toEqual([])
  expect(refs(worker)).toContain(`refs/gt-archive/removed/${id}/pin`)
  expect(await dropOldPins(contextOf(worker), later())).toEqual([id])
  expect(refs(worker)).toBe('')
  worker.gitIn(worker.repository, 'gc', '--quiet', '--prune=now')
  expect(() => worker.gitIn(worker.repository, 'cat-file', '-e', head)).toThrow()
})

it('Keeps those of what is still put away, however old, and drops them after a restore', async () => {
  const worker = makeWorker()
  const {id} = await away(worker)
  expect(await dropOldPins(contextOf(worker), later())).toEqual([])
  expect(refs(worker)).toContain(id)
  await back(worker, id)
  expect(await dropOldPins(contextOf(worker), later())).toEqual([id])
})

it('Keeps those of a purge that is not finished', async () => {
  const worker = makeWorker()
  const {id} = await away(worker)
  const unfinished = {...contextOf(worker), processesIn: () => [], id, unclean: true, until: 0}
  expect(await purge(unfinished)).toEqual({outcome: 'unfinished'})
  expect(await dropOldPins(contextOf(worker), later())).toEqual([])
  expect(refs(worker)).toContain(id)
})
