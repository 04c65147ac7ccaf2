import {EventEmitter} from 'node:events'
import {expect, test} from 'vitest'
import {Repainter} from '../../../src/commands/watch.js'

class Terminal extends EventEmitter {
  columns = 40
  rows = 4
  frames: string[] = []
  write(text: string): boolean {
    this.frames.push(text)
    return true
  }
}

function painted() {
  const terminal = new Terminal()
  return {terminal, screen: new Repainter(terminal as never), last: () => terminal.frames.at(-1) ?? ''}
}

test('only the lines that differ are written, and nothing where none does', () => {
  const {terminal, screen, last} = painted()
  screen.paint('one\ntwo')
  screen.paint('one\nTWO')
  expect(last()).toContain('TWO')
  expect(last()).not.toContain('one')
  const {length} = terminal.frames
  screen.paint('one\nTWO')
  expect(terminal.frames).toHaveLength(length)
})

test('a shorter text leaves nothing of the longer one', () => {
  const {screen, last} = painted()
  screen.paint('one\ntwo\nthree')
  screen.paint('one')
  expect(last()).toContain('\x1b[2;1H\x1b[J')
})

test('lines without room are counted; a new size is drawn anew', () => {
  const {terminal, screen, last} = painted()
  screen.paint('1\n2\n3\n4\n5\n6')
  expect(last()).toContain('… and 3 more lines')
  terminal.rows = 6
  terminal.emit('resize')
  expect(last()).toContain('\x1b[2J')
  expect(last()).not.toContain('more lines')
})

test('closed, it listens no more', () => {
  const {terminal, screen} = painted()
  screen.close()
  expect(terminal.listenerCount('resize')).toBe(0)
})
