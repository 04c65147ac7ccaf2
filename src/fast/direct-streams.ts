import {writeSync} from 'node:fs'
import {currentStream, isUnopened, type Name, openStream} from '../cli/streams.js'

/**
 * What stands for `process.stdout` and `process.stderr` in the files of the executable. To open the real ones takes Bun
 * a tenth of the time of a status, and to write a text needs neither: they are opened for everything else.
 */
export function installDirectStreams(): void {
  Object.assign(globalThis, {gtStreams: {stdout: directStream('stdout'), stderr: directStream('stderr')}})
}

function directStream(name: Name): NodeJS.WriteStream {
  return new Proxy({} as NodeJS.WriteStream, {
    get(_, property) {
      if (property === 'write' && isUnopened(name)) return writer(name)
      const stream = openStream(name)
      const value = Reflect.get(stream, property)
      return typeof value === 'function' ? value.bind(stream) : value
    },
    set: (_, property, value) => Reflect.set(openStream(name), property, value),
    has: (_, property) => Reflect.has(openStream(name), property),
  })
}

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
      // The reader has gone away.
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      // The reader is slow, and somebody made the pipe such that nobody waits for it: the stream does.
      openStream(name).write(bytes.subarray(written))
      return
    }
  }
}
