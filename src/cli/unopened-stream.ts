import {fstatSync, writeSync} from 'node:fs'

type Stream = NodeJS.WriteStream

interface Options {
  /** The stream that takes what is written now; undefined for the descriptor itself. */
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
 * Stands for a stream that is opened only when somebody needs more of it than `write`. To open one, Node loads sockets
 * and streams, which takes longer than many a command. A pipe that nobody reads any more is no failure.
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
  // What others put in the place of `write` must not get into the stream, which would then lead back here.
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
        // The reader is slow, and somebody made the pipe such that the system does not wait for it.
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
