import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {lstatSync, readdirSync, readFileSync, readlinkSync} from 'node:fs'
import {join, relative, resolve} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {type WorkerRecord, writeRecord} from '../../src/index.js'
import {listRemoved} from '../../src/put-away/list.js'
import {type PutAwayRequest, putAway} from '../../src/put-away/put-away.js'
import {type RestoreRequest, restore} from '../../src/put-away/restore.js'
import type {Worker} from './worker.js'

export const rigOf = ({box}: Pick<Worker, 'box'>) => ({name: 'rig', path: join(box.dir, 'rig')})

export const removedFolder = (worker: Worker) => join(rigOf(worker).path, 'polecats/.removed')

export const contextOf = (worker: Worker) => ({git: unattendedGit(worker.box.env), rig: rigOf(worker)})

export function away(worker: Worker, changes: Partial<PutAwayRequest> = {}) {
  return putAway({
    ...contextOf(worker),
    name: 'nux',
    verdict: {is: 'unsafe', reasons: ['for the test']},
    callerDirectory: '/',
    processesIn: () => [],
    ...changes,
  })
}

export const back = (worker: Worker, id: string, changes: Partial<RestoreRequest> = {}) =>
  restore({...contextOf(worker), processesIn: () => [], id, ...changes})

export const removed = async (worker: Worker) => (await listRemoved(contextOf(worker))).sandboxes

export function recordOf(worker: Worker, changes: Partial<WorkerRecord> = {}): WorkerRecord {
  return {
    version: 1,
    name: 'nux',
    incarnation: 'a1b2',
    task: 'mend it',
    branch: worker.branch,
    base: 'main',
    spawned_at: '2026-12-01T00:00:00.000Z',
    ...changes,
  }
}

export const record = (worker: Worker, changes: Partial<WorkerRecord> = {}) =>
  writeRecord({rig: rigOf(worker), name: 'nux'}, recordOf(worker, changes))

/** Returns git's output in a sandbox, and every file in it with its permissions and content. */
export function snapshot(worker: Worker, path = worker.path) {
  const ask = (...args: string[]) => {
    try {
      return worker.gitIn(path, '-c', 'core.fsmonitor=false', ...args)
    } catch (error) {
      return (error as {stderr: string}).stderr.replaceAll(path, 'SANDBOX')
    }
  }
  return {
    head: ask('rev-parse', 'HEAD'),
    branch: ask('rev-parse', '--symbolic-full-name', 'HEAD'),
    status: ask('status', '--porcelain=v2', '--branch', '--untracked-files=all', '--ignored'),
    index: ask('ls-files', '--stage', '-v'),
    submodules: ask('submodule', 'status', '--recursive'),
    own: ask('for-each-ref', 'refs/heads', 'refs/worktree', 'refs/bisect'),
    settings: ask('config', '--get-regexp', '^branch\\.'),
    files: filesOf(path),
  }
}

/** Lists files without their times, since git's own links are rewritten. */
export function filesOf(path: string, top = path): string[] {
  const stats = lstatSync(path)
  const name = relative(top, path)
  const line = `${name} ${(stats.mode & 0o7777).toString(8)}`
  if (stats.isSymbolicLink()) return [`${name} -> ${readlinkSync(path)}`]
  if (stats.isFile()) return [`${line} ${isLink(path) ? 'link' : hash(path)}`]
  if (!stats.isDirectory()) return [`${line} other`]
  const names = readdirSync(path, {encoding: 'latin1'}).sort()
  return [line, ...names.flatMap((entry) => filesOf(join(path, entry), top))]
}

const isLink = (path: string) => path.endsWith('/.git')
const hash = (path: string) => createHash('sha1').update(readFileSync(path)).digest('hex')

/** Runs a gc that expires and prunes everything it may. */
export function collect({gitIn, repository}: Worker): void {
  const now = ['gc.reflogExpire', 'gc.reflogExpireUnreachable', 'gc.worktreePruneExpire']
  gitIn(repository, ...now.flatMap((key) => ['-c', `${key}=now`]), 'gc', '--quiet', '--prune=now')
}

/** Throws if an object that the repository or a worktree names is missing. */
export function checkSound({gitIn, repository}: Worker): void {
  gitIn(repository, 'fsck', '--connectivity-only', '--no-dangling', '--no-progress')
}

const dist = resolve(import.meta.dirname, '../../dist/put-away/index.js')

/** Runs a call of the put-away API in a process that kills itself right after the given step. */
export function killedAfter(worker: Worker, step: string, call: string): void {
  const script = `
    const api = await import(${JSON.stringify(dist)})
    const {unattendedGit} = await import('@gtown/sdk/git')
    const step = (name) => name === ${JSON.stringify(step)} && process.kill(process.pid, 'SIGKILL')
    const rig = ${JSON.stringify(rigOf(worker))}
    const context = {git: unattendedGit(process.env), rig, step, processesIn: () => [], callerDirectory: '/'}
    const verdict = {is: 'safe', reasons: []}
    await ${call}
    console.log('not killed')`
  const {signal, stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: worker.box.env,
    encoding: 'utf8',
  })
  if (signal !== 'SIGKILL') throw new Error(`it was not killed after ${step}: ${stdout}${stderr}`)
}
