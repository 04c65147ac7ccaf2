import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {end, processesWith} from './processes.js'

const top = fileURLToPath(new URL('../..', import.meta.url))
const PERSON = {
  GIT_AUTHOR_NAME: 'Demo',
  GIT_AUTHOR_EMAIL: 'demo@example.com',
  GIT_COMMITTER_NAME: 'Demo',
  GIT_COMMITTER_EMAIL: 'demo@example.com',
}

/** Variables that would lead to the user's own files, servers and sessions. */
const MISLEADING = /^(?:XDG_|GIT_|TMUX|GT_(?!BACKEND$|TEST_)|NO_COLOR$)/

/**
 * Makes a folder with a home, folders for session backends, and a `gt` on its PATH, so that nothing outside of it is
 * touched. Every process that runs in it has `GT_DEMO` in its environment.
 */
export function openPlace() {
  const base = mkdtempSync(join(tmpdir(), 'gt-demo-'))
  for (const folder of ['home', 'tmux', 'pty', 'bin']) mkdirSync(join(base, folder), {mode: 0o700})
  const launcher = `#!/bin/sh\nexec '${process.execPath}' '${join(top, 'bin/run.js')}' "$@"\n`
  writeFileSync(join(base, 'bin/gt'), launcher, {mode: 0o755})
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !MISLEADING.test(name))),
    ...PERSON,
    PATH: [join(base, 'bin'), process.env.PATH].join(delimiter),
    HOME: join(base, 'home'),
    TMUX_TMPDIR: join(base, 'tmux'),
    GT_PTY_DIR: join(base, 'pty'),
    GT_DEMO: base,
  }
  return {base, env}
}

/** Runs a command of gt, and prints the command and its output. Throws if it fails. */
export function gt({env}, cwd, ...args) {
  process.stdout.write(`$ gt ${args.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' ')}\n`)
  const {status} = spawnSync('gt', args, {cwd, env: {...env, PWD: cwd}, stdio: 'inherit'})
  if (status !== 0) throw new Error(`'gt ${args.join(' ')}' ended with ${status}`)
}

export function git({env}, cwd, ...args) {
  return execFileSync('git', args, {cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']})
}

/** Makes a bare repository with one commit, for others to clone. */
export function makeOrigin(place, name) {
  const first = join(place.base, 'first')
  git(place, place.base, 'init', '--quiet', '--initial-branch=main', first)
  writeFileSync(join(first, 'README.md'), '# A project\n')
  git(place, first, 'add', '.')
  git(place, first, 'commit', '--quiet', '--message=First')
  git(place, place.base, 'clone', '--quiet', '--bare', first, name)
}

/** Adds to the settings of the town. */
export function changeSettings(town, change) {
  const file = join(town, 'settings', 'config.json')
  writeFileSync(file, JSON.stringify({...JSON.parse(readFileSync(file, 'utf8')), ...change}, null, 2))
}

/** The settings entry of an agent program in test/fixtures. */
export function fixtureAgent(name) {
  const program = join(top, 'test/fixtures/agents', `${name}.js`)
  return {command: process.execPath, args: [program], ready_prompt_prefix: '> '}
}

/**
 * Waits until the probe is true. Rejects after the deadline (ms), with a message that names what it waited for.
 *
 * @param {string | (() => string)} what a function is called when the deadline is over
 */
export async function until(what, deadlineMs, probe) {
  const end = Date.now() + deadlineMs
  while (!probe()) {
    if (Date.now() > end)
      throw new Error(`waited ${deadlineMs / 1000} s for ${typeof what === 'string' ? what : what()}`)
    await sleep(100)
  }
}

/** The processes that still run there, except tmux servers, which end with their last session. */
export function stillRunning({base}) {
  return processesWith(`GT_DEMO=${base}`).filter(({command}) => !command.startsWith('tmux'))
}

/** Ends what a failed demo left running, and removes the folder. */
export function removePlace(place) {
  for (const {pid} of processesWith(`GT_DEMO=${place.base}`)) end(Number(pid))
  rmSync(place.base, {recursive: true, force: true, maxRetries: 5})
}
