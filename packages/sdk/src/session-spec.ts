import {randomUUID} from 'node:crypto'
import {access, constants, stat} from 'node:fs/promises'
import {GtError} from './errors.js'
import {checkSessionName, isSafeName, shorten} from './names.js'
import type {SessionSpec} from './session.js'

/**
 * Rejects a spec that no process could be started with: an unsafe name, a NUL character, a variable without a name,
 * or a directory that cannot be entered. Backends call it before they start anything.
 */
export async function checkSessionSpec(spec: SessionSpec): Promise<void> {
  checkSessionName(spec.name)
  for (const name of [...Object.keys(spec.env), ...spec.unsetEnv]) {
    if (!/^[^=\0]+$/.test(name))
      throw refusedSpec(spec, `'${shorten(name)}' cannot be the name of a variable`)
  }
  for (const [name, value] of Object.entries(spec.env)) {
    if (value.includes('\0')) throw refusedSpec(spec, `the variable ${name} contains a NUL character`)
  }
  if (spec.command.some((word) => word.includes('\0'))) {
    throw refusedSpec(spec, 'its command contains a NUL character')
  }
  await checkDirectory(spec)
}

/** The incarnation for the session: its `incarnation` label, or a random one. */
export function incarnationOf(spec: SessionSpec): string {
  const {incarnation = randomUUID()} = spec.labels
  if (isSafeName(incarnation, 200)) return incarnation
  throw refusedSpec(spec, `'${shorten(incarnation)}' cannot be its incarnation`)
}

/** The error for a session that cannot be started as requested. */
export function refusedSpec({name}: SessionSpec, reason: string, cause?: Error): GtError {
  return new GtError(`session '${name}' cannot be started: ${reason}`, {code: 'INVALID_SESSION', cause})
}

/** Without this check, a backend might silently run the command in another directory. */
async function checkDirectory(spec: SessionSpec): Promise<void> {
  try {
    if (!(await stat(spec.cwd)).isDirectory()) throw refusedSpec(spec, `'${spec.cwd}' is not a directory`)
    await access(spec.cwd, constants.X_OK)
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    throw refusedSpec(spec, `its working directory cannot be used: ${error.message}`, error)
  }
}
