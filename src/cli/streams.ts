export type Name = 'stdout' | 'stderr'

const opened = new Map<Name, NodeJS.WriteStream>()
let diversions = 0
let ownWrite: NodeJS.WriteStream['write'] | undefined

/**
 * Takes care of stdout and stderr from when somebody first uses them: Node opens them then, which takes milliseconds.
 * A reader that has gone away (`| head`) is no failure, and no reason to leave work half done.
 */
export function watchStreams(): void {
  // Bun opens them as soon as it is asked how they are opened: there `openStream` is called for each use.
  if (process.versions.bun) return
  for (const name of ['stdout', 'stderr'] as const) {
    const open: (() => NodeJS.WriteStream) | undefined = Object.getOwnPropertyDescriptor(process, name)?.get
    const get = () => opened.get(name) ?? watched(name, open?.call(process) ?? process[name])
    // Where somebody has opened it already, there is no function to open it.
    if (open) Object.defineProperty(process, name, {configurable: true, enumerable: true, get})
    else get()
  }
}

/** The stream, which is opened and taken care of now if it was not before. */
export function openStream(name: Name): NodeJS.WriteStream {
  return opened.get(name) ?? watched(name, process[name])
}

/** The stream that takes what is printed to this one now. */
export function currentStream(name: Name): Name {
  return diversions > 0 ? 'stderr' : name
}

function watched(name: Name, stream: NodeJS.WriteStream): NodeJS.WriteStream {
  opened.set(name, stream)
  stream.on('error', ignoreClosedPipe)
  if (name === 'stdout' && diversions > 0) divert(stream)
  return stream
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
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
