import {fstatSync, writeSync} from 'node:fs'

type Stream = NodeJS.WriteStream

interface Options {
  /** The stream that takes what is written, as soon as there is one. */
  taker: () => Stream | undefined
  /** Opens the stream. */
  open: () => Stream
  /** Is told why something could not be written. */
  fail: (error: Error) => never
}

/** `/dev/null` and its kin on Linux, by the upper part of the device's number. */
const MEMORY_DEVICE = 1

/** Whether what is written there is on its way at once, whoever writes it: a file, or a pipe to another program. */
export function isPlainFile(descriptor: number): boolean {
  const stats = fstatSync(descriptor)
  if (process.platform === 'linux' && stats.isCharacterDevice()) return stats.rdev >> 8 === MEMORY_DEVICE
  return process.platform !== 'win32' && (stats.isFile() || stats.isFIFO() || stats.isSocket())
}

/**
 * Stands for a stream until somebody needs more of it than `write`. To open one, Node loads sockets and streams, which
 * takes longer than many a command. A pipe that nobody reads any more is no failure.
 */
export function unopenedStream(descriptor: number, {taker, open, fail}: Options): Stream {
  let isClosed = false
  /** What it could not take yet. */
  const writeNow = (bytes: Uint8Array): Uint8Array => {
    let left = bytes
    try {
      while (left.length > 0 && !isClosed) left = left.subarray(writeSync(descriptor, left))
    } catch (error) {
      const failure = error as NodeJS.ErrnoException
      if (failure.code === 'EAGAIN') return left
      if (failure.code !== 'EPIPE') fail(failure)
      isClosed = true
    }
    return left.subarray(left.length)
  }
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const stream = taker()
    if (stream) return passOn(stream, chunk, rest)
    const encoding = typeof rest[0] === 'string' ? (rest[0] as BufferEncoding) : 'utf8'
    const left = writeNow(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)
    const callback = rest.at(-1)
    if (left.length > 0) return passOn(open(), left, typeof callback === 'function' ? [callback] : [])
    if (typeof callback === 'function') process.nextTick(callback)
    return true
  }
  const known: Record<string | symbol, unknown> = {write, isTTY: undefined}
  return new Proxy({} as Stream, {
    get: (_, property) => (property in known ? known[property] : bound(open(), property)),
    set: (_, property, value) => Reflect.set(open(), property, value),
    has: (_, property) => property in open(),
  })
}

function passOn(stream: Stream, chunk: string | Uint8Array, rest: unknown[]): boolean {
  return Reflect.apply(stream.write, stream, [chunk, ...rest]) as boolean
}

function bound(stream: Stream, property: string | symbol): unknown {
  const value: unknown = Reflect.get(stream, property)
  return typeof value === 'function' ? value.bind(stream) : value
}
