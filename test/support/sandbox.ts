import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import {processesWith} from '../../scripts/support/processes.js'
import {until} from './until.js'

/** An environment for one test: home, temporary folder and tmux server, all removed when the test ends. */
export interface Sandbox {
  /** Absolute path; short, because unix sockets are below it. */
  dir: string
  /** Variables that lead to nothing of the user's: no home, XDG folder, tmux server or session. */
  env: Record<string, string>
  /** Runs tmux on the sandbox's own server; returns stdout. Throws if tmux fails. */
  tmux(...args: string[]): string
}

/**
 * Makes a sandbox that is removed, its tmux server included, when the current test ends.
 *
 * @param atEnd for a test that runs beside others: `onTestFinished` of its own context, because the current test may be
 *   another one
 */
export function sandbox(atEnd: (work: () => Promise<void>) => void = onTestFinished): Sandbox {
  const box = openSandbox()
  atEnd(() => closeSandbox(box))
  return box
}

/** Makes a sandbox for several tests of a file; pair it with `closeSandbox` in `afterAll`. */
export function openSandbox(): Sandbox {
  const dir = mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 'b'))
  for (const folder of ['home', 'tmux', 'pty']) mkdirSync(join(dir, folder), {mode: 0o700})
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: join(dir, 'home'),
    TMUX_TMPDIR: join(dir, 'tmux'),
    GT_PTY_DIR: join(dir, 'pty'),
    LANG: 'C.UTF-8',
    // tmux runs a pane's command in this shell, and the user's own may refuse commands.
    SHELL: '/bin/sh',
    NODE_ENV: 'production',
    // At its end, the test run looks for processes with this variable: each is a leak.
    GT_TEST_RUN: process.env.GT_TEST_RUN ?? 'manual',
  }
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-u', '-L', 'default', ...args], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  return {dir, env, tmux}
}

/**
 * Ends the sandbox's tmux servers, waits for the end of every process that was started in it, and removes its folder.
 * Throws if one lives on, naming it.
 */
export async function closeSandbox(box: Sandbox): Promise<void> {
  for (const folder of readdirSync(box.env.TMUX_TMPDIR ?? '')) {
    for (const socket of readdirSync(join(box.env.TMUX_TMPDIR ?? '', folder))) endServer(box, socket)
  }
  await endOfProcesses(box)
  rmSync(box.dir, {recursive: true, force: true})
}

/** A command that still writes its last file would make the folder anew while it is removed. */
async function endOfProcesses(box: Sandbox): Promise<void> {
  const living = () => processesWith(`HOME=${box.env.HOME}`)
  try {
    await until('the end of the processes of the sandbox', () => living().length === 0)
  } catch (error) {
    const names = living().map(({pid, command}) => `process ${pid} (${command})`)
    throw new Error(`left behind in the sandbox: ${names.join(', ')}`, {cause: error})
  }
}

function endServer(box: Sandbox, socket: string): void {
  try {
    execFileSync('tmux', ['-L', socket, 'kill-server'], {env: box.env, stdio: 'pipe'})
  } catch (error) {
    // A server that ended by itself leaves its socket behind. The leak check finds anything else.
    if (!/no server running|error connecting|server exited/.test(String(error))) throw error
  }
}
