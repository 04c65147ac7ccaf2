import {writeSync} from 'node:fs'
import {currentStream, type Name, openStream} from '../cli/streams.js'

/**
 * What stands for `process.stdout` and `process.stderr` in the files of the executable. To open the real ones takes Bun
 * a tenth of the time of a status, and to write a text needs neither: they are opened for everything else.
 */
export function installDirectStreams(): void {
  Object.assign(globalThis, {gtStreams: {stdout: directStream('stdout'), stderr: directStream('stderr')}})
}

function directStream(name: Name): NodeJS.WriteStream {
  let write: unknown = writer(name)
  return new Proxy({} as NodeJS.WriteStream, {
    get(_, property) {
      if (property === 'write') return write
      const stream = openStream(name)
      const value = Reflect.get(stream, property)
      return typeof value === 'function' ? value.bind(stream) : value
    },
    set(_, property, value) {
      if (property === 'write') write = value
      return Reflect.set(openStream(name), property, value)
    },
    has: (_, property) => Reflect.has(openStream(name), property),
  })
}

const RETRY_MS = 1

type Callback = (error?: Error | null) => void

function writer(name: Name) {
  return (data: string | Uint8Array, ...rest: (BufferEncoding | Callback | undefined)[]): boolean => {
    const callback = rest.find((one) => typeof one === 'function')
    const encoding = rest.find((one) => typeof one === 'string')
    writeNow(currentStream(name), typeof data === 'string' ? Buffer.from(data, encoding) : data)
    if (callback) process.nextTick(callback)
    return true
  }
}

function writeNow(name: Name, bytes: Uint8Array): void {
  const descriptor = name === 'stdout' ? 1 : 2
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written)
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException
      if (code === 'EPIPE') {
        tellThatNobodyReads(name, error)
        return
      }
      if (code !== 'EAGAIN') throw error
      // The reader is slow, and somebody made the pipe such that the system does not wait for it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS)
    }
  }
}

/** As the stream would: who waits for it, such as `--watch`, comes to its end. */
function tellThatNobodyReads(name: Name, error: unknown): void {
  process.nextTick(() => openStream(name).emit('error', error))
}
