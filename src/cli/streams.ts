import {isPlainFile, unopenedStream} from './unopened-stream.js'

type Name = 'stdout' | 'stderr'

const opened = new Map<Name, NodeJS.WriteStream>()
let diversions = 0
let ownWrite: NodeJS.WriteStream['write'] | undefined

/**
 * Takes care of stdout and stderr from when somebody first uses them: Node opens them then, which takes milliseconds.
 * A reader that has gone away (`| head`) is no failure, and no reason to leave work half done.
 */
export function watchStreams(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const open: (() => NodeJS.WriteStream) | undefined = Object.getOwnPropertyDescriptor(process, name)?.get
    const openNow = () => opened.get(name) ?? watched(name, open?.call(process) ?? process[name])
    // Where it is open already, as always under Bun, there is no function to open it.
    if (open)
      Object.defineProperty(process, name, {
        configurable: true,
        enumerable: true,
        get: openLate(name, openNow),
      })
    else openNow()
  }
}

function openLate(name: Name, open: () => NodeJS.WriteStream): () => NodeJS.WriteStream {
  const descriptor = name === 'stdout' ? 1 : 2
  const diverted = () => (name === 'stdout' && diversions > 0 ? process.stderr : undefined)
  const taker = () => opened.get(name) ?? diverted()
  let unopened: NodeJS.WriteStream | undefined
  return () => {
    if (opened.has(name) || !isPlainFile(descriptor)) return open()
    unopened ??= unopenedStream(descriptor, {taker, open, fail: (error) => endWithout(name, error)})
    return unopened
  }
}

function watched(name: Name, stream: NodeJS.WriteStream): NodeJS.WriteStream {
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

function divert(stdout: NodeJS.WriteStream): void {
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

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return Promise.resolve()
  return new Promise((resolve) => stream.write('', () => resolve()))
}
