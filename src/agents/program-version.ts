import {readdir, readFile, realpath} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'

/** A directory of that name on the way to a program tells its version: native installers and Homebrew do so. */
const VERSIONED = /\/(?:versions|Cellar\/[^/]+)\/v?(\d+\.\d+[^/]*)(?:\/|$)/

/** How many directories above the program its package may begin. */
const LEVELS = 6

/**
 * The version of an agent's program, by where it is installed; the program is not run. Undefined where the place does
 * not tell.
 *
 * @param program absolute path
 */
export async function programVersion(program: string): Promise<string | undefined> {
  const file = await realpath(program)
  return VERSIONED.exec(file)?.[1] ?? (await packageVersion(file)) ?? (await pythonVersion(file))
}

async function packageVersion(file: string): Promise<string | undefined> {
  let directory = dirname(file)
  for (let level = 0; level < LEVELS && directory !== dirname(directory); level++) {
    const text = await readIfThere(join(directory, 'package.json'))
    const version = text === undefined ? undefined : versionIn(text, (path) => join(directory, path) === file)
    if (version !== undefined) return version
    directory = dirname(directory)
  }
  return undefined
}

/** The version in a `package.json` that names the program among its own: a script in any other project is none of it. */
function versionIn(text: string, isProgram: (path: string) => boolean): string | undefined {
  const {version, bin} = parsed(text)
  const programs = typeof bin === 'string' ? [bin] : Object.values(bin ?? {})
  const isOwn = programs.some((path) => typeof path === 'string' && isProgram(path))
  return isOwn && typeof version === 'string' ? version : undefined
}

function parsed(text: string): {version?: unknown; bin?: string | Record<string, unknown>} {
  try {
    return JSON.parse(text) ?? {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** A script of a Python environment: its package has a directory `<name>_chat-1.2.3.dist-info` or `<name>-1.2.3.dist-info`. */
async function pythonVersion(file: string): Promise<string | undefined> {
  const library = join(dirname(dirname(file)), 'lib')
  const wanted = new RegExp(
    `^${basename(file).replaceAll(/\W/g, '.')}(?:[._-]chat)?-(\\d[^-]*)\\.dist-info$`,
    'i',
  )
  for (const python of await entriesOf(library)) {
    if (!python.startsWith('python')) continue
    for (const name of await entriesOf(join(library, python, 'site-packages'))) {
      const version = wanted.exec(name)?.[1]
      if (version !== undefined) return version
    }
  }
  return undefined
}

async function readIfThere(file: string): Promise<string | undefined> {
  return await unlessHidden(() => readFile(file, 'utf8'), undefined)
}

async function entriesOf(directory: string): Promise<string[]> {
  return await unlessHidden(() => readdir(directory), [])
}

async function unlessHidden<T, U>(read: () => Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await read()
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'EISDIR') return otherwise
    throw error
  }
}
