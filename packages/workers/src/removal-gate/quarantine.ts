import {copyFile, lstat, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {guarded, repositoryContext} from './guarded-git.js'
import {type GateContext, runGit} from './repository.js'

/** A temporary repository that sees the objects of another one, but none of its configuration, refs or hooks. */
export interface QuarantineRequest {
  context: GateContext
  /** The git directory whose objects it sees. */
  of: string
  /** The address of its only remote, named as in the context. */
  url: string
  /** Whether `url` comes from a file that agents write, so that only git's own protocols may be used. */
  isTrusted: boolean
}

const OWN_PROTOCOLS = {GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh'}

/**
 * Asks a remote without changing the repository, and without obeying it: its configuration, which an agent can write,
 * could make git start any program. What is fetched stays in a temporary folder, which is removed afterwards. Only the
 * configuration of the user and the system counts, such as credentials.
 */
export async function inQuarantine<T>(
  {context, of, url, isTrusted}: QuarantineRequest,
  work: (quarantine: GateContext) => Promise<T>,
): Promise<T> {
  return await withScratch(async (path) => {
    const settings = [
      [`remote.${context.remote}.url`, url],
      ['protocol.ext.allow', 'never'],
      ['core.commitGraph', 'false'],
    ] as const
    const env = {GIT_DIR: path, ...(!isTrusted && OWN_PROTOCOLS)}
    const quarantine = {...context, path, git: guarded(context.git, settings, env)}
    const format = (await runGit(repositoryContext(context, of), 'rev-parse', '--show-object-format')).trim()
    await runGit(quarantine, 'init', '--quiet', '--bare', '--template=', `--object-format=${format}`)
    await writeFile(join(path, 'objects', 'info', 'alternates'), `${join(of, 'objects')}\n`)
    if (await isRegular(join(of, 'shallow'))) await copyFile(join(of, 'shallow'), join(path, 'shallow'))
    return await work(quarantine)
  })
}

/** False also for a pipe, whose reader would wait for ever. */
async function isRegular(path: string): Promise<boolean> {
  return (await isThere(path)) && (await lstat(path)).isFile()
}

/** Runs work with an empty folder, which is removed afterwards. */
export async function withScratch<T>(work: (path: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), 'gt-gate-'))
  try {
    return await work(path)
  } finally {
    await rm(path, {recursive: true, force: true})
  }
}
