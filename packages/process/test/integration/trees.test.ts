import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../src/index.js'
import {carriers} from '../support/canary.js'
import {openTrees} from '../support/sessions.js'

/** Programs of the fixtures, their arguments, and how many living processes they make. */
const trees: [program: string, args: string[], processes: number][] = [
  ['plain.sh', [], 3],
  ['deep.sh', ['50'], 50],
  ['wide.sh', ['200'], 201],
  ['zombie.pl', [], 1],
  ['ignores-term-and-hup.sh', [], 3],
  ['setsid-child.sh', [], 2],
  ['nohup-child.sh', [], 2],
  ['orphan-in-group.sh', [], 2],
  ['orphan-in-new-group.pl', [], 2],
  ['daemon.pl', [], 2],
  ['comet.pl', ['20000'], 2],
  ['leader-gone.sh', [], 2],
  ['respawning-supervisor.pl', [], 2],
  ['stubborn-supervisor.pl', [], 3],
  ['spawns-on-term.pl', [], 1],
  ['forks-while-killed.pl', [], 2],
  ['env-cleared-child.sh', [], 2],
  ['env-cleared-setsid.sh', [], 2],
  ['env-cleared-daemon-on-terminal.sh', [], 2],
  ['env-cleared-hidden-daemons.sh', [], 42],
]

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
  'end_$tree.0 with $graceMs ms of grace: nothing survives, and the neighbour lives',
  async ({tree: [program, args, processes], graceMs}) => {
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
