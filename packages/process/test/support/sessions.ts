import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import type {KillTarget} from '@gtown/sdk'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../src/index.js'
import {newCanary} from './canary.js'

/** A tmux session full of processes, beside another one that must survive. */
export interface Trees {
  box: Sandbox
  canary: string
  /** Starts a fixture program as the session's first process, with the canary as its first argument. */
  start(program: string, ...args: string[]): void
  /** The same, contained. */
  startContained(program: string, ...args: string[]): Promise<void>
  /** The kill target that a backend would give. */
  target(): KillTarget
  /** Returns after the other session has survived another third of a second. */
  neighbourLivesOn(): Promise<void>
}

export const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))

export function openTrees(): Trees {
  // First, so that it is removed last: it waits for the end of the processes that the canaries end.
  const box = sandbox()
  const canary = newCanary()
  const neighbour = newCanary()
  const heartbeat = join(box.dir, 'heartbeat')
  const marker = `town/victim/${canary}`
  const open = (name: string, ownMarker: string, command: string[]) =>
    box.tmux('new-session', '-d', '-s', name, '-e', `GT_SESSION_ID=${ownMarker}`, '--', ...command)

  open('victim-2', `town/victim-2/${neighbour}`, [fixture('heartbeat.pl'), heartbeat])
  box.tmux('set-option', '-g', 'remain-on-exit', 'on')
  return {
    box,
    canary,
    start: (program, ...args) => void open('victim', marker, [fixture(program), canary, ...args]),
    startContained: async (program, ...args) => {
      open('victim', marker, await killer.contain([fixture(program), canary, ...args]))
    },
    target: () => {
      const panes = box.tmux('list-panes', '-s', '-t', '=victim', '-F', '#{pane_pid}')
      const parentPid = Number(box.tmux('display-message', '-p', '#{pid}'))
      return {roots: panes.trim().split('\n').map(Number), parentPid, marker}
    },
    neighbourLivesOn: async () => {
      const beats = () => readFileSync(heartbeat).length
      // It may have been started only a moment ago.
      await until('the neighbour to live', () => existsSync(heartbeat))
      const before = beats()
      await until('the neighbour to live on', () => beats() >= before + 15)
    },
  }
}
