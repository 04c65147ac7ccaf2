import {expect, test} from 'vitest'
import {parseStat} from '../../src/proc-stat.js'

/** A line of `/proc/PID/stat` as the kernel writes it. */
const line = (name: string, {state = 'S', terminal = 0, threads = 1} = {}) =>
  `4711 (${name}) ${state} 4001 4710 4002 ${terminal} 4711 4194304 195 0 0 0 1 2 0 0 20 0 ${threads} 0 201202 2990080 409 18446744073709551615 0 0 0 0 0 0 0 0 1 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0`

test.for(['sleep', 'a b', 'x) R 1 1 1', '((', ') )', 'a\nb', ''])(
  'parseStat_name %j: the fields after it are read',
  (name) => {
    expect(parseStat(line(name))).toEqual({
      parent: 4001,
      session: 4002,
      terminal: undefined,
      start: '201202',
      state: 'alive',
      isTmuxServer: false,
    })
  },
)

test('parseStat_tmux server: recognised by its process title', () => {
  expect(parseStat(line('tmux: server')).isTmuxServer).toBe(true)
  expect(parseStat(line('tmux: client')).isTmuxServer).toBe(false)
})

test.for([
  [0, undefined],
  [34816, '/dev/pts/0'],
  [34821, '/dev/pts/5'],
  [34816 + 255, '/dev/pts/255'],
  [34816 + 2 ** 20, '/dev/pts/256'],
  [1025, undefined],
] as const)('parseStat_terminal device %i: %s', ([terminal, path]) => {
  expect(parseStat(line('sh', {terminal})).terminal).toBe(path)
})

test.for([
  ['R', 1, 'alive'],
  ['D', 1, 'alive'],
  ['I', 1, 'alive'],
  ['T', 1, 'stopped'],
  ['t', 1, 'stopped'],
  ['Z', 1, 'gone'],
  ['X', 1, 'gone'],
  ['Z', 2, 'alive'],
] as const)('parseStat_state %s with %i threads: %s', ([state, threads, expected]) => {
  expect(parseStat(line('sh', {state, threads})).state).toBe(expected)
})
