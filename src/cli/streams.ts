import {isPlainFile, unopenedStream} from './unopened-stream.js'

type Name = 'stdout' | 'stderr'
type Stream = NodeJS.WriteStream

const descriptors = {stdout: 1, stderr: 2}
const openers = new Map<Name, () => Stream>()
const opened = new Map<Name, Stream>()
let diversions = 0
let ownWrite: Stream['write'] | undefined

/**
 * Takes care of stdout and stderr from when somebody first uses them: Node opens them then, which takes milliseconds.
 * A reader that has gone away (`| head`) is no failure, and no reason to leave work half done.
 */
export function watchStreams(): void {
  const holder = process.versions.bun ? streamsOfExecutable() : process
  for (const name of ['stdout', 'stderr'] as const) {
    const open: (() => Stream) | undefined =
      holder === process ? Object.getOwnPropertyDescriptor(process, name)?.get : () => process[name]
    // Where somebody has opened it already, there is no function to open it.
    if (open === undefined) {
      openStream(name)
      continue
    }
    openers.set(name, open)
    Object.defineProperty(holder, name, {configurable: true, enumerable: true, get: lateStream(name)})
  }
}

/** Bun opens its streams as soon as it is asked how: in the executable, `process.stdout` reads `gtStreams.stdout`. */
function streamsOfExecutable(): object {
  const streams = {}
  Object.assign(globalThis, {gtStreams: streams})
  return streams
}

/** The stream itself, which is opened and taken care of now if it was not before. */
export function openStream(name: Name): Stream {
  return opened.get(name) ?? watched(name, openers.get(name)?.call(process) ?? process[name])
}

/** Returns the same stream at each call: who has put another `write` into it must be able to put its own back. */
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

/** A full disk, say. Nothing can be told to a stderr that fails, but for the exit code. */
function endWithout(name: Name, {message}: Error): never {
  if (name === 'stdout') process.stderr.write(`Error: stdout cannot be written: ${message}\n`)
  process.exit(1)
}

/** What is printed during this work goes to stderr. Several may overlap: stdout comes back with the end of the last. */
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

/** Resolves when all that was printed has been taken. */
export async function flushStreams(): Promise<void> {
  await Promise.all([...opened.values()].map(flushed))
}

function flushed(stream: Stream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return Promise.resolve()
  return new Promise((resolve) => stream.write('', () => resolve()))
}
