import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../src/index.js'
import {carriers} from '../support/canary.js'
import {fixture, openTrees} from '../support/sessions.js'

interface Tree {
  program: string
  args: string[]
  /** How many living processes it makes. */
  processes: number
}

const trees: Tree[] = JSON.parse(readFileSync(fixture('trees.json'), 'utf8'))

/** Waits until that many processes are seen twice in a row, as some trees pass through the number on their way. */
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
