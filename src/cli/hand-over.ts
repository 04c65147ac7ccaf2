import {accessSync, closeSync, constants, openSync, readSync, realpathSync, statSync} from 'node:fs'
import {delimiter, isAbsolute, join} from 'node:path'
import {hasErrno} from '@gtown/sdk/files'

/** Environment variable for the program that takes over: the pid of the gt that handed over to it. */
const MARKER = 'GT_HANDED_OVER_BY'

/**
 * Runs another `gt` on PATH in place of this process, with the same arguments and streams, and does not return.
 * Returns if there is none, if `GT_DELEGATE=0` forbids it, or if another gt handed the command to this one: two of
 * ours must not pass it back and forth.
 */
export function handOver(
  argv: readonly string[],
  launcher: string,
  env: NodeJS.ProcessEnv,
  become: Become = replaceProcess,
): void {
  if (env.GT_DELEGATE === '0' || wasHandedOver(env)) return
  const other = findOther(env.PATH ?? '', realpathSync(launcher))
  if (other === undefined) return
  become(other, [other, ...argv], {...definedOnly(env), [MARKER]: String(process.pid)})
}

/** Runs a program in place of this process. */
type Become = (file: string, argv: readonly string[], env: Record<string, string>) => void

const replaceProcess: Become = (file, argv, env) => process.execve?.(file, argv, env)

/** The marker counts only in the replaced process and its child. An agent inherits a stale one. */
function wasHandedOver(env: NodeJS.ProcessEnv): boolean {
  return env[MARKER] === String(process.pid) || env[MARKER] === String(process.ppid)
}

function findOther(searchPath: string, self: string): string | undefined {
  for (const directory of searchPath.split(delimiter)) {
    if (!isAbsolute(directory)) continue
    const candidate = join(directory, 'gt')
    if (isProgram(candidate) && realpathSync(candidate) !== self) return candidate
  }
  return undefined
}

/** Checks the first bytes, too: `execve` of a file that the system cannot run would abort this process. */
function isProgram(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false
    accessSync(path, constants.X_OK)
    const head = firstBytes(path)
    return head.startsWith('#!') || head === '\x7fELF' || MACH_O.has(head)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP')) return false
    throw error
  }
}

const MACH_O = new Set(['\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe'])

function firstBytes(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(4)
    const length = readSync(file, bytes, 0, 4, 0)
    const head = bytes.toString('latin1', 0, length)
    return head.startsWith('#!') ? '#!' : head
  } finally {
    closeSync(file)
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
