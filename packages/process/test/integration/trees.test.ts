import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../src/index.js'
import {carriers} from '../support/canary.js'
import {fixture, openTrees} from '../support/sessions.js'

interface Tree {
  program: string
  args: string[]
  /** Number of living processes that it starts. */
  processes: number
}

const trees: Tree[] = JSON.parse(readFileSync(fixture('trees.json'), 'utf8'))

/** Waits until the count is seen twice in a row, since some trees pass through it while they grow. */
async function untilGrown(canary: string, processes: number): Promise<void> {
  let before = 0
  await until(`${processes} processes`, () => {
    const grown = before === processes && carriers(canary).length === processes
    before = carriers(canary).length
    return grown
  })
}

test.for(trees.flatMap((tree) => [400, 0].map((graceMs) => ({tree, graceMs}))))(
  'end_$tree.program with $graceMs ms of grace: nothing survives, and the neighbour lives',
  async ({tree: {program, args, processes}, graceMs}) => {
    const {start, canary, target, neighbourLivesOn} = openTrees()
    start(program, ...args)
    await untilGrown(canary, processes)

    const survivors = await killer.end(target(), {graceMs})

    expect(survivors).toEqual([])
    expect(carriers(canary)).toEqual([])
    await neighbourLivesOn()
    expect(carriers(canary)).toEqual([])
  },
)
