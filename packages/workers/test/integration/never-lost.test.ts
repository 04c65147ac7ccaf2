import fc from 'fast-check'
import {expect, it} from 'vitest'
import {purge} from '../../src/put-away/purge.js'
import {contentsOf, histories, make, namedObjects, reachable} from '../support/histories.js'
import {away, collect, contextOf} from '../support/put-away.js'
import {register} from '../support/situations.js'
import {gate, makeWorker} from '../support/worker.js'

/** Number of random histories; raise it by hand. */
const CASES = Number(process.env.GT_CASES ?? 30)

it('AnyHistory: refused, or every commit and file is still reachable', async () => {
  const verdicts: string[] = []
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      const worker = makeWorker()
      register(worker)
      const made = new Set<string>()
      for (const step of steps) {
        make(step, worker)
        for (const id of namedObjects(worker)) made.add(id)
      }
      for (const content of contentsOf(worker)) made.add(content)
      const result = await gate(worker)
      verdicts.push(result.verdict)
      if (result.verdict !== 'safe') return
      const {id} = await away(worker, {verdict: {is: 'safe', reasons: []}})
      await purge({...contextOf(worker), processesIn: () => [], id})
      collect(worker)
      const kept = reachable(worker)
      expect([...made].filter((object) => !kept.has(object))).toEqual([])
    }),
    {numRuns: CASES},
  )
  expect(new Set(verdicts)).toContain('safe')
  expect(new Set(verdicts)).toContain('unsafe')
}, 10_000_000)
