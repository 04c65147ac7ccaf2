import {randomUUID} from 'node:crypto'
import {access, constants, stat} from 'node:fs/promises'
import {checkSessionName, GtError, isSafeName, type SessionSpec, shorten} from '@gtown/sdk'

/** Rejects what no process could be given, or what tmux would take for something else. */
export async function checkSpec(spec: SessionSpec): Promise<void> {
  checkSessionName(spec.name)
  for (const name of [...Object.keys(spec.env), ...spec.unsetEnv]) {
    if (!/^[^=\0]+$/.test(name)) throw refused(spec, `'${shorten(name)}' cannot be the name of a variable`)
  }
  for (const [name, value] of Object.entries(spec.env)) {
    if (value.includes('\0')) throw refused(spec, `the variable ${name} contains a NUL character`)
  }
  if (spec.command.some((word) => word.includes('\0')))
    throw refused(spec, 'its command contains a NUL character')
  const {background = 'default', foreground = 'default'} = spec.appearance ?? {}
  for (const colour of [background, foreground]) {
    // In a style anything else may be a format, and a format may run a command.
    if (!/^#?[A-Za-z0-9]+$/.test(colour)) throw refused(spec, `'${shorten(colour)}' is not a colour`)
  }
  await checkDirectory(spec)
}

/** What will identify the session: its label of that name, or else a random one. */
export function incarnationOf(spec: SessionSpec): string {
  const {incarnation = randomUUID()} = spec.labels
  if (isSafeName(incarnation, 200)) return incarnation
  throw refused(spec, `'${shorten(incarnation)}' cannot be its incarnation`)
}

/** tmux would run the command somewhere else, without a word. */
async function checkDirectory(spec: SessionSpec): Promise<void> {
  try {
    if (!(await stat(spec.cwd)).isDirectory()) throw refused(spec, `'${spec.cwd}' is not a directory`)
    await access(spec.cwd, constants.X_OK)
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    throw refused(spec, `its working directory cannot be used: ${error.message}`, error)
  }
}

function refused({name}: SessionSpec, reason: string, cause?: Error): GtError {
  return new GtError(`session '${name}' cannot be started: ${reason}`, {code: 'INVALID_SESSION', cause})
}
