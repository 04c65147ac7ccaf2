// A town with the polecat nux, and gt to run in it.
import {spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const launcher = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

export const argsOf = {
  nuke: ['nuke', 'rig/nux', '--yes'],
  restore: ['restore', 'rig/nux'],
  purge: ['purge', 'rig/nux', '--unclean'],
}

/** Makes a world a town, whose polecat has a commit, a draft, a submodule and an ignored file. Returns the commit, too. */
export function asTown(w) {
  for (const folder of ['tmux', 'pty']) mkdirSync(join(w.dir, folder), {mode: 0o700})
  write(join(w.dir, 'mayor/town.json'), {})
  write(join(w.dir, 'mayor/rigs.json'), {version: 1, rigs: {rig: {git_url: w.origin}}})
  const spawned_at = '2026-12-01T00:00:00.000Z'
  const record = {version: 1, name: 'nux', incarnation: 'a1b2', task: null, base: 'main', spawned_at}
  write(join(w.dir, 'rig/.runtime/polecats/nux.json'), {...record, branch: w.branch})
  w.git('submodule', '--quiet', 'add', w.origin, 'lib')
  const commit = w.commit('work')
  w.write('draft')
  w.write('build/out')
  return {...w, commit}
}

function write(path, content) {
  mkdirSync(join(path, '..'), {recursive: true})
  writeFileSync(path, JSON.stringify(content))
}

export const envOf = (w, more = {}) => ({
  ...w.env,
  TMUX_TMPDIR: join(w.dir, 'tmux'),
  GT_PTY_DIR: join(w.dir, 'pty'),
  ...more,
})

/** @param options of spawnSync, with more variables for the environment */
export function gt(w, command, {env = {}, ...options} = {}) {
  const args = [launcher, 'polecat', ...argsOf[command]]
  return spawnSync(process.execPath, args, {cwd: w.dir, env: envOf(w, env), encoding: 'utf8', ...options})
}

export function collect(w) {
  const now = ['gc.reflogExpire', 'gc.reflogExpireUnreachable', 'gc.worktreePruneExpire']
  w.gitIn(w.repository, ...now.flatMap((key) => ['-c', `${key}=now`]), 'gc', '--quiet', '--prune=now')
  w.gitIn(w.repository, 'worktree', 'prune', '--expire=now')
}
