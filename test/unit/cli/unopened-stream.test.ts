import {execFileSync} from 'node:child_process'
import {closeSync, constants, openSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {isPlainFile, unopenedStream} from '../../../src/cli/unopened-stream.js'
import {sandbox} from '../../support/sandbox.js'

function descriptor(path: string, flags: number): number {
  const fd = openSync(path, flags)
  onTestFinished(() => closeSync(fd))
  return fd
}

/** Both ends of a pipe. */
function pipe(): {writer: number; closeReader: () => void} {
  const path = join(sandbox().dir, 'pipe')
  execFileSync('mkfifo', [path])
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = descriptor(path, constants.O_WRONLY | constants.O_NONBLOCK)
  return {writer, closeReader: () => closeSync(reader)}
}

function stream(fd: number) {
  const taken: unknown[] = []
  const opened = {
    columns: 80,
    write: (...words: unknown[]) => taken.push(words) > 0,
  } as unknown as NodeJS.WriteStream
  let isOpen = false
  const fail = (error: Error): never => {
    throw error
  }
  const open = () => {
    isOpen = true
    return opened
  }
  const unopened = unopenedStream(fd, {taker: () => (isOpen ? opened : undefined), open, fail})
  return {unopened, taken, isOpen: () => isOpen}
}

test('what is written stands in the file at once, and nothing is opened', () => {
  const path = join(sandbox().dir, 'file')
  writeFileSync(path, '')
  const {unopened, isOpen} = stream(descriptor(path, constants.O_WRONLY))
  expect(unopened.write('äb')).toBe(true)
  unopened.write(Buffer.from('c'))
  unopened.write('64', 'hex')
  expect(readFileSync(path, 'utf8')).toBe('äbcd')
  expect([unopened.isTTY, isOpen()]).toEqual([undefined, false])
})

test('who writes is told when it is done', async () => {
  const path = join(sandbox().dir, 'file')
  writeFileSync(path, '')
  const {unopened} = stream(descriptor(path, constants.O_WRONLY))
  await new Promise<void>((resolve) => unopened.write('a', () => resolve()))
  await new Promise<void>((resolve) => unopened.write('b', 'utf8', () => resolve()))
  expect(readFileSync(path, 'utf8')).toBe('ab')
})

test('who needs more than to write gets the opened stream, which takes all from then on', () => {
  const {unopened, taken, isOpen} = stream(1)
  expect(unopened.columns).toBe(80)
  expect(isOpen()).toBe(true)
  unopened.write('later')
  expect(taken).toEqual([['later']])
})

test('a pipe that nobody reads takes everything, without a word', async () => {
  const {writer, closeReader} = pipe()
  const {unopened, isOpen} = stream(writer)
  closeReader()
  expect(unopened.write('lost')).toBe(true)
  await new Promise<void>((resolve) => unopened.write('lost too', () => resolve()))
  expect(isOpen()).toBe(false)
})

test.runIf(process.platform === 'linux')('a full disk is told', () => {
  const {unopened} = stream(descriptor('/dev/full', constants.O_WRONLY))
  expect(() => unopened.write('x')).toThrow('ENOSPC')
})

test.runIf(process.platform === 'linux')('a file, a pipe and /dev/null are plain, a terminal is not', () => {
  const file = join(sandbox().dir, 'file')
  writeFileSync(file, '')
  const plain = [
    descriptor(file, constants.O_WRONLY),
    pipe().writer,
    descriptor('/dev/null', constants.O_WRONLY),
  ]
  expect(plain.map(isPlainFile)).toEqual([true, true, true])
  expect(isPlainFile(descriptor('/dev/ptmx', constants.O_RDWR))).toBe(false)
})
