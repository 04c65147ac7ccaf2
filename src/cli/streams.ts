import {isPlainFile, unopenedStream} from './unopened-stream.js'

type Name = 'stdout' | 'stderr'
type Stream = NodeJS.WriteStream

const descriptors = {stdout: 1, stderr: 2}
const openers = new Map<Name, () => Stream>()
const opened = new Map<Name, Stream>()
let diversions = 0
let ownWrite: Stream['write'] | undefined

/**
 * Handles errors of stdout and stderr. Leaves them unopened until their first use, because opening one takes Node
 * milliseconds. A reader that has gone away (`| head`) is not an error, and does not stop the work.
 */
export function watchStreams(): void {
  const holder = process.versions.bun ? streamsOfExecutable() : process
  for (const name of ['stdout', 'stderr'] as const) {
    const open: (() => Stream) | undefined =
      holder === process ? Object.getOwnPropertyDescriptor(process, name)?.get : () => process[name]
    // A stream that is open already has no getter.
    if (open === undefined) {
      openStream(name)
      continue
    }
    openers.set(name, open)
    Object.defineProperty(holder, name, {configurable: true, enumerable: true, get: lateStream(name)})
  }
}

/** Bun opens its streams when their getters are read, so the executable's `process.stdout` reads `gtStreams.stdout`. */
function streamsOfExecutable(): object {
  const streams = {}
  Object.assign(globalThis, {gtStreams: streams})
  return streams
}

/** The real stream; opens it at the first call. */
export function openStream(name: Name): Stream {
  return opened.get(name) ?? watched(name, openers.get(name)?.call(process) ?? process[name])
}

/** Returns the same stream at each call, so that code that replaced its `write` can restore it. */
function lateStream(name: Name): () => Stream {
  let late: Stream | undefined
  return () =>
    (late ??= opened.has(name) || !isPlainFile(descriptors[name]) ? openStream(name) : unopened(name))
}

function unopened(name: Name): Stream {
  return unopenedStream(descriptors[name], {
    taker: () => (name === 'stdout' && diversions > 0 ? process.stderr : opened.get(name)),
    open: () => openStream(name),
    fail: (error) => endWithout(name, error),
  })
}

function watched(name: Name, stream: Stream): Stream {
  opened.set(name, stream)
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') endWithout(name, error)
  })
  if (name === 'stdout' && diversions > 0) divert(stream)
  return stream
}

/** Ends the process, for example when the disk is full. If stderr itself fails, only the exit code says so. */
function endWithout(name: Name, {message}: Error): never {
  if (name === 'stdout') process.stderr.write(`Error: cannot write to stdout: ${message}\n`)
  process.exit(1)
}

/** Sends to stderr what is printed during the work. Calls may overlap: stdout comes back when the last one ends. */
export async function offStdout<T>(work: () => Promise<T>): Promise<T> {
  const stdout = opened.get('stdout')
  if (diversions++ === 0 && stdout) divert(stdout)
  try {
    return await work()
  } finally {
    if (--diversions === 0) comeBack()
  }
}

function divert(stdout: Stream): void {
  ownWrite = stdout.write
  stdout.write = process.stderr.write.bind(process.stderr)
}

function comeBack(): void {
  const stdout = opened.get('stdout')
  if (stdout && ownWrite) stdout.write = ownWrite
  ownWrite = undefined
}

/** Resolves when all output has been written. */
export async function flushStreams(): Promise<void> {
  await Promise.all([...opened.values()].map(flushed))
}

function flushed(stream: Stream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return Promise.resolve()
  return new Promise((resolve) => stream.write('', () => resolve()))
}
