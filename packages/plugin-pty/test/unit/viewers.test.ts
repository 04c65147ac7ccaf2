import {EventEmitter} from 'node:events'
import type {Socket} from 'node:net'
import type {TerminalView} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import type {Size} from '../../src/protocol.js'
import {DEFAULT_MODES} from '../../src/shim/private-modes.js'
import {Viewers} from '../../src/shim/viewers.js'

/** A viewer’s connection that reads nothing while it is slow. */
class Peer extends EventEmitter {
  writableNeedDrain = false
  readonly pictures: string[] = []

  write(line: string): boolean {
    this.pictures.push(JSON.parse(line))
    return !this.writableNeedDrain
  }
}

const SIZE = {columns: 80, rows: 24}

/** Viewers of a one-row screen, whose text can be changed. */
function shown() {
  const sizes: Size[] = []
  const screen = {text: 'one'}
  const current = () => {
    const cursor = {column: 0, row: 0, visible: false}
    const view = {styledRows: [screen.text], cursor} as Partial<TerminalView> as TerminalView
    return {view, modes: DEFAULT_MODES}
  }
  const viewers = new Viewers({current, resize: (size) => sizes.push(size), write: () => {}})
  const add = (size = SIZE) => {
    const peer = new Peer()
    viewers.add(peer as unknown as Socket, size)
    return peer
  }
  return {viewers, screen, sizes, add}
}

const painted = (peer: Peer, count: number) =>
  until(`picture ${count}`, () => peer.pictures.length === count && peer.pictures.at(-1))

test('changed_SlowViewer: gets nothing until it has read the last frame, then the newest one', async () => {
  const {viewers, screen, add} = shown()
  const [slow, quick] = [add(), add()]
  await painted(slow, 1)
  slow.writableNeedDrain = true
  for (const text of ['two', 'three']) {
    screen.text = text
    const before = quick.pictures.length
    viewers.changed()
    await painted(quick, before + 1)
  }
  expect(slow.pictures).toHaveLength(1)
  slow.writableNeedDrain = false
  slow.emit('drain')
  expect(await painted(slow, 2)).toContain('three')
})

test('add_ViewersOfManySizes: the screen fits all, is repainted, and grows when one leaves', async () => {
  const {sizes, add} = shown()
  const one = add({columns: 90, rows: 20})
  await painted(one, 1)
  const two = add({columns: 70, rows: 30})
  expect(await painted(one, 2)).toContain('\x1b[2J')
  two.emit('close')
  expect(sizes).toEqual([
    {columns: 90, rows: 20},
    {columns: 70, rows: 20},
    {columns: 90, rows: 20},
  ])
})

test.each([
  [0, 24],
  [80, -1],
  [80.5, 24],
  [1001, 24],
  [80, 1001],
  [Number.NaN, 24],
])('add_%s columns and %s rows: is refused, then and later', (columns, rows) => {
  const {viewers, add} = shown()
  const peer = add()
  expect(() => add({columns, rows})).toThrow('1 to 1000')
  expect(() => viewers.take(peer as unknown as Socket, {size: {columns, rows}})).toThrow('1 to 1000')
})
