import {fstatSync, writeSync} from 'node:fs'

type Stream = NodeJS.WriteStream

interface Options {
  /** The stream that output goes to at the moment; undefined for the descriptor itself. */
  taker: () => Stream | undefined
  /** Opens the stream. */
  open: () => Stream
  /** Called with the error when output cannot be written. */
  fail: (error: Error) => never
}

/** Major device number of `/dev/null` and similar devices on Linux. */
const MEMORY_DEVICE = 1

/** Whether a plain write to the descriptor is enough: a file, a pipe or a socket, but not a terminal. */
export function isPlainFile(descriptor: number): boolean {
  const stats = fstatSync(descriptor)
  if (process.platform === 'linux' && stats.isCharacterDevice()) return stats.rdev >> 8 === MEMORY_DEVICE
  return process.platform !== 'win32' && (stats.isFile() || stats.isFIFO() || stats.isSocket())
}

/**
 * A substitute for a stream, which opens the real one only when somebody needs more of it than `write`. To open one,
 * Node loads sockets and streams, which takes longer than many commands. A pipe without a reader is not an error.
 */
export function unopenedStream(descriptor: number, {taker, open, fail}: Options): Stream {
  const writeNow = writer(descriptor, fail)
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const stream = taker()
    if (stream) return Reflect.apply(stream.write, stream, [chunk, ...rest]) as boolean
    const [encoding] = rest.filter((one) => typeof one === 'string')
    writeNow(typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk)
    const callback = rest.find((one) => typeof one === 'function')
    if (callback) process.nextTick(callback)
    return true
  }
  // A replaced `write` stays on the substitute: on the real stream, it would call itself through this one.
  const known: Record<string | symbol, unknown> = {write, isTTY: undefined}
  return new Proxy({} as Stream, {
    get: (_, property) => (property in known ? known[property] : bound(open(), property)),
    set: (_, property, value) => Reflect.set(property in known ? known : open(), property, value),
    has: (_, property) => property in open(),
  })
}

const RETRY_MS = 1

function writer(descriptor: number, fail: Options['fail']): (bytes: Uint8Array) => void {
  let isClosed = false
  return (bytes) => {
    for (let written = 0; written < bytes.length && !isClosed; ) {
      try {
        written += writeSync(descriptor, bytes, written)
      } catch (error) {
        const failure = error as NodeJS.ErrnoException
        if (failure.code === 'EPIPE') isClosed = true
        // The reader is slow, and somebody set the pipe to non-blocking.
        else if (failure.code === 'EAGAIN') standStill(RETRY_MS)
        else fail(failure)
      }
    }
  }
}

function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

function bound(stream: Stream, property: string | symbol): unknown {
  const value: unknown = Reflect.get(stream, property)
  return typeof value === 'function' ? value.bind(stream) : value
}
