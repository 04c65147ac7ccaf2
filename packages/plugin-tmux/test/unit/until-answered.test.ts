import {expect, test} from 'vitest'
import {inspect, list} from '../../src/inspect.js'
import {PANE_FORMAT} from '../../src/panes.js'
import type {Tmux} from '../../src/tmux.js'
import type {TmuxResult} from '../../src/tmux-result.js'

const ok = (stdout: string): TmuxResult => ({code: 0, stdout, stderr: ''})
const noServer: TmuxResult = {code: 1, stdout: '', stderr: 'no server running on /tmp/x'}
const END = 'gt-end-of-list\n'
const fields = PANE_FORMAT.split('|').length
const pane = `pane|3.3a|${Array.from({length: fields - 3}, () => '').join('|')}|gt-alpha-witness\n`

/** A tmux that gives these answers, one after another. */
function tmux(...answers: TmuxResult[]) {
  let asked = 0
  const next = async () => answers[asked++] ?? ok('')
  return {tmux: {run: next, ask: next} as unknown as Tmux, asked: () => asked}
}

test('A list without its last line is none: tmux is asked again', async () => {
  const {tmux: server, asked} = tmux(ok(''), ok(pane), ok(pane + END))
  expect((await list(server)).map(({name}) => name)).toEqual(['gt-alpha-witness'])
  expect(asked()).toBe(3)
})

test('A complete list, and a server that is not there: asked once', async () => {
  for (const answer of [ok(END), noServer]) {
    const {tmux: server, asked} = tmux(answer)
    expect(await list(server)).toEqual([])
    expect(asked()).toBe(1)
  }
})

test('No complete answer at all: unknown, never absent', async () => {
  for (const look of [() => list(tmux().tmux), () => inspect(tmux().tmux, 'gt-alpha-witness')]) {
    await expect(look()).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  }
})

test('A look at one session that prints nothing is repeated', async () => {
  const {tmux: server} = tmux(ok(''), ok(`${pane}GT_ROOT=/town\n`))
  expect(await inspect(server, 'gt-alpha-witness')).toMatchObject({environmentRoot: '/town'})
})
