import {realpath} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import * as v from '@gtown/sdk/schema'
import {readForeignDirectory, readForeignJson} from './foreign-files.js'

/** Native installers and Homebrew put the version into the program's path. */
const VERSIONED = /\/(?:versions|Cellar\/[^/]+)\/v?(\d+\.\d+[^/]*)(?:\/|$)/

/** Number of parent directories to search for the program's package. */
const LEVELS = 6

/** The relevant part of a `package.json`. */
const packageFormat = v.pipe(
  v.objectOf({version: v.text, bin: v.union([v.text, v.recordOf(v.fallback(v.text, ''))])}),
  v.transform(({version, bin}) => ({
    version,
    programs: typeof bin === 'string' ? [bin] : Object.values(bin),
  })),
)

/**
 * The version of an agent's program, derived from its installation without running it. Undefined when that is not
 * possible.
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
    const description = readForeignJson(join(directory, 'package.json'), packageFormat)
    // Other projects may contain the script by chance.
    if (description?.programs.some((path) => join(directory, path) === file)) return description.version
    directory = dirname(directory)
  }
  return undefined
}

/** For a script of a Python environment, from a directory `<name>_chat-1.2.3.dist-info` or `<name>-1.2.3.dist-info`. */
async function pythonVersion(file: string): Promise<string | undefined> {
  const library = join(dirname(dirname(file)), 'lib')
  const wanted = new RegExp(
    `^${basename(file).replaceAll(/\W/g, '.')}(?:[._-]chat)?-(\\d[^-]*)\\.dist-info$`,
    'i',
  )
  for (const python of readForeignDirectory(library)) {
    if (!python.startsWith('python')) continue
    for (const name of readForeignDirectory(join(library, python, 'site-packages'))) {
      const version = wanted.exec(name)?.[1]
      if (version !== undefined) return version
    }
  }
  return undefined
}
