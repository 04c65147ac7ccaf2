import {closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, statSync} from 'node:fs'
import {dirname, isAbsolute, join, relative} from 'node:path'
import {isSafeName} from '@gtown/sdk/names'

/** Maximum size of a file to read names from. */
const MAX_BYTES = 4_000_000

/**
 * The root of the town around a directory, else the one that the environment names; undefined when there is none.
 * It repeats the rules of plugin-rigs, which a keystroke has no time to load. It does not check trust, since completion
 * runs nothing from the town.
 */
export function findTown(
  cwd: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const walked = cwd === undefined ? undefined : walkUp(cwd)
  if (walked !== undefined) return walked
  const candidates = [env.GT_TOWN_ROOT, env.GT_ROOT]
  return candidates.find((root) => root !== undefined && isAbsolute(root) && isTown(root))
}

/** The first component of a directory below the town. */
export function rigOfDirectory(town: string, cwd: string | undefined): string | undefined {
  const [name = ''] = cwd === undefined ? [] : relative(town, cwd).split('/')
  return isSafeName(name) ? name : undefined
}

/** The registered rigs of the town whose names a command accepts. */
export function rigNames(town: string): string[] {
  const {rigs} = (readJson(join(town, 'mayor', 'rigs.json')) ?? {}) as {rigs?: unknown}
  return keysOf(rigs).filter((name) => isSafeName(name))
}

/** The agents in the settings of that directory, a town or a rig. */
export function agentNames(directory: string): string[] {
  const files = ['config.json', 'agents.json'].map((name) => join(directory, 'settings', name))
  return files.flatMap((file) => keysOf(((readJson(file) ?? {}) as {agents?: unknown}).agents))
}

/** The subdirectories with safe names, such as a rig's polecats. */
export function directoryNames(directory: string): string[] {
  const entries = unlessUnreadable(() => readdirSync(directory, {withFileTypes: true})) ?? []
  return entries.filter((entry) => entry.isDirectory() && isSafeName(entry.name)).map(({name}) => name)
}

/** The innermost with `mayor/town.json`, or the outermost from a worker's copy; else the outermost with `mayor/` alone. */
function walkUp(start: string): string | undefined {
  const inWorkerCopy = dirname(start)
    .split('/')
    .some((name) => name === 'polecats' || name === 'crew')
  let primary: string | undefined
  let secondary: string | undefined
  for (const directory of ancestors(start)) {
    if (!isTown(directory)) continue
    secondary = directory
    if (!stat(join(directory, 'mayor', 'town.json'))) continue
    if (!inWorkerCopy) return directory
    primary = directory
  }
  return primary ?? secondary
}

function isTown(directory: string): boolean {
  return stat(join(directory, 'mayor'))?.isDirectory() === true
}

function* ancestors(start: string): Generator<string> {
  yield start
  for (let directory = start; directory !== dirname(directory); ) {
    directory = dirname(directory)
    yield directory
  }
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}

function stat(path: string) {
  return unlessUnreadable(() => statSync(path, {throwIfNoEntry: false}))
}

/** Parsed by hand, like all files here, since a keystroke has no time to load schemas. */
function readJson(file: string): unknown {
  return unlessUnreadable(() => {
    // Opening a named pipe would otherwise wait for a writer.
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const {size} = fstatSync(descriptor)
      return size <= MAX_BYTES ? (JSON.parse(readFileSync(descriptor, 'utf8')) as unknown) : undefined
    } finally {
      closeSync(descriptor)
    }
  })
}

/** Unreadable files offer no candidates. A keystroke is no place for an error, and the command itself reports it. */
function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined) return undefined
    throw error
  }
}
