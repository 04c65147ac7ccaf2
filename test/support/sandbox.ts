import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'

/** A world of its own for one test: home, temporary folder and tmux server, all gone when the test ends. */
export interface Sandbox {
  /** Absolute path; short, since unix sockets live below it. */
  dir: string
  /** An environment that reaches nothing of the user's: no HOME, XDG folder, tmux server or session of theirs. */
  env: Record<string, string>
  /** Runs tmux on the sandbox's own server; returns stdout. Throws when tmux fails. */
  tmux(...args: string[]): string
}

/**
 * Makes a sandbox that is removed, its tmux server included, when the current test ends.
 *
 * @param atEnd of a test that runs beside others: the one of its own context, since the current one may be another
 */
export function sandbox(atEnd: (work: () => void) => void = onTestFinished): Sandbox {
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
    // tmux runs a pane's command in it: whoever runs the tests may have one that refuses.
    SHELL: '/bin/sh',
    NODE_ENV: 'production',
    // The test run looks for processes that carry this when it ends: whatever is left is a leak.
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

export function closeSandbox(box: Sandbox): void {
  for (const folder of readdirSync(box.env.TMUX_TMPDIR ?? '')) {
    for (const socket of readdirSync(join(box.env.TMUX_TMPDIR ?? '', folder))) endServer(box, socket)
  }
  rmSync(box.dir, {recursive: true, force: true})
}

function endServer(box: Sandbox, socket: string): void {
  try {
    execFileSync('tmux', ['-L', socket, 'kill-server'], {env: box.env, stdio: 'pipe'})
  } catch (error) {
    // A server that ended by itself leaves its socket behind; anything else is for the leak check to find.
    if (!/no server running|error connecting|server exited/.test(String(error))) throw error
  }
}
