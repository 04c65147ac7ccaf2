import {expect, test} from 'vitest'
import {type Pane, parsePanes, type SessionPanes} from '../../src/panes.js'
import {encodeLabels, toSession} from '../../src/session.js'

const alive: Pane = {
  version: '3.3a',
  server: '1',
  sessionId: '$4',
  incarnation: 'one',
  created: '1700000000',
  attached: '2',
  stopping: '',
  labels: encodeLabels({town: '/ü |&=%', rig: 'a'}),
  agentPane: '%7',
  agentPid: '70',
  pane: '%7',
  pid: '70',
  dead: '0',
  exitCode: '',
  exitSignal: '',
  activity: '1700000005',
  name: 'gt-a-witness',
}

test('toSession_AlivePane: has tmux’s values, times in milliseconds', () => {
  expect(toSession([alive])).toEqual({
    name: 'gt-a-witness',
    id: '$4',
    incarnation: 'one',
    pid: 70,
    createdAt: 1_700_000_000_000,
    lastActivityAt: 1_700_000_005_000,
    liveness: 'alive',
    attached: 2,
    stopping: false,
    labels: {town: '/ü |&=%', rig: 'a'},
  })
})

test.each([
  ['an exit code', {exitCode: '3'}, {code: 3}],
  ['a signal by number', {exitSignal: '9'}, {signal: 'SIGKILL'}],
  ['a signal by short name', {exitSignal: 'TERM'}, {signal: 'SIGTERM'}],
  ['a signal by name', {exitSignal: 'SIGHUP'}, {signal: 'SIGHUP'}],
  ['nothing, as tmux 3.2 does after a signal', {}, {}],
])('toSession_DeadPaneWith %s: keeps how it ended', (_, end, exit) => {
  expect(toSession([{...alive, dead: '1', ...end}])).toMatchObject({liveness: 'dead', exit})
})

test('toSession_AgentPaneClosed: is dead although another pane lives, and keeps the pid', () => {
  const other = {...alive, pane: '%8', pid: '80'}
  expect(toSession([other])).toMatchObject({liveness: 'dead', exit: {}, pid: 70})
})

test('toSession_AgentPaneNotFirst: describes the agent’s pane', () => {
  const other = {...alive, pane: '%2', pid: '20', dead: '1'}
  expect(toSession([other, alive])).toMatchObject({liveness: 'alive', pid: 70})
})

test('toSession_NoLabels: describes the first pane', () => {
  const strange = {...alive, agentPane: '', agentPid: '', labels: ''}
  const panes: SessionPanes = [strange, {...strange, pane: '%9', pid: '90'}]
  expect(toSession(panes)).toMatchObject({pid: 70, labels: {}})
})

test('toSession_LabelsThatGtDidNotWrite: are read as far as possible', () => {
  const labels = 'a=100%&b&c=x+y&d=%3D%26=%2B'
  expect(toSession([{...alive, labels}]).labels).toEqual({a: '100%', c: 'x y', d: '=&=+'})
})

const line = (pane: Pane) => `pane|${Object.values(pane).join('|')}`

test('parsePanes_OtherLines: are left out', () => {
  const stdout = `~/.tmux.conf:3: unknown command: x\nnot a ${line(alive)}\n${line(alive)}\nGT_ROOT=/x\n`
  expect(parsePanes(stdout)).toEqual([[alive]])
})

test('parsePanes_PanesOfTwoSessions: are grouped by session', () => {
  const other = {...alive, sessionId: '$5'}
  expect(parsePanes([alive, other, {...alive, pane: '%8'}].map(line).join('\n'))).toEqual([
    [alive, {...alive, pane: '%8'}],
    [other],
  ])
})

test('parsePanes_SeparatorInAForeignName: belongs to the name', () => {
  expect(parsePanes(line({...alive, name: 'a|b|'}))).toEqual([[{...alive, name: 'a|b|'}]])
})

test('parsePanes_SessionThatGtDidNotStart: is identified by its creation time', () => {
  expect(parsePanes(line({...alive, incarnation: ''}))).toEqual([
    [{...alive, incarnation: 'created:1700000000'}],
  ])
})

test('parsePanes_OldServer: is refused', () => {
  expect(() => parsePanes(line({...alive, version: '3.1c'}))).toThrow('tmux 3.1c is too old')
})
