// A rig of workers for measuring the patrol: real worktrees and real sessions, whose screens all follow one file.
import {execFileSync} from 'node:child_process'
import {appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {killer} from '@gtown/process'
import {createTmuxBackend} from '../../packages/plugin-tmux/dist/backend.js'

/** Creates the rig `alpha` of the town with that many workers. Returns a function that prints on every screen. */
export async function makeRig(town, workers) {
  layOut(town)
  const backend = createTmuxBackend({killer, env: town.env})
  for (let number = 0; number < workers; number++) await makeWorker(town, backend, `w${number}`)
  return () => appendFileSync(screenFile(town), `${new Date().toISOString()}\n`)
}

const screenFile = ({base}) => join(base, 'screen')

function layOut(town) {
  const {base, env} = town
  const git = (...args) => execFileSync('git', args, {cwd: base, env, stdio: 'pipe'})
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com']
  git('init', '--quiet', '--bare', '--initial-branch=main', 'origin.git')
  git('clone', '--quiet', 'origin.git', 'first')
  git('-C', 'first', ...identity, 'commit', '--quiet', '--allow-empty', '--message', 'first')
  git('-C', 'first', 'push', '--quiet', 'origin', 'HEAD:main')
  git('clone', '--quiet', '--bare', 'origin.git', 'alpha/.repo.git')
  mkdirSync(join(base, 'alpha/.runtime/polecats'), {recursive: true})
  writeFileSync(screenFile(town), 'started\n')
}

async function makeWorker(town, backend, name) {
  const {base, env} = town
  const path = join(base, 'alpha/polecats', name, 'alpha')
  const branch = `polecat/${name}-m1`
  execFileSync('git', ['-C', 'alpha/.repo.git', 'worktree', 'add', '--quiet', '-b', branch, path, 'main'], {
    cwd: base,
    env,
    stdio: 'pipe',
  })
  const spawned_at = new Date().toISOString()
  const file = {version: 1, name, incarnation: name, task: 'stand still', branch, base: 'main', spawned_at}
  writeFileSync(join(base, 'alpha/.runtime/polecats', `${name}.json`), JSON.stringify(file))
  await backend.start({
    name: `gt-alpha-${name}`,
    cwd: path,
    command: ['/usr/bin/tail', '-f', screenFile(town)],
    env: {GT_ROOT: base},
    unsetEnv: [],
    labels: {town: base, rig: 'alpha', role: 'polecat', name, kind: 'claude', agent: 'claude'},
  })
}

/** Puts programs before the real ones that note each call and pass it on. Returns a function that counts new calls. */
export function countingPrograms({base, env}, names) {
  const folder = join(base, 'programs')
  const log = join(base, 'calls')
  mkdirSync(folder)
  for (const name of names) {
    const real = execFileSync('/bin/sh', ['-c', `command -v ${name}`], {encoding: 'utf8'}).trim()
    writeFileSync(join(folder, name), `#!/bin/sh\necho ${name} >> '${log}'\nexec '${real}' "$@"\n`)
    chmodSync(join(folder, name), 0o755)
  }
  env.PATH = [folder, env.PATH].join(delimiter)
  return () => {
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
    rmSync(log, {force: true})
    return Object.fromEntries(names.map((name) => [name, lines.filter((line) => line === name).length]))
  }
}
