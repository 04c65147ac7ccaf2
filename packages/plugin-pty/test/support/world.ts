import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {SessionBackend} from '@gtown/sdk'
import {expect, onTestFinished} from 'vitest'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {killer} from '../../../process/src/index.js'
import {createPtyBackend} from '../../src/backend.js'
import type {SessionRecord} from '../../src/record.js'

export {dumped, fixture, isAlive, quiet, readIfThere} from '../../../plugin-tmux/test/support/world.js'

export interface World extends Sandbox {
  backend: Required<SessionBackend>
  /** Where records and sockets are. */
  sessions: string
  /** Unique marker for this test's session: the real killer ends every process on this machine that carries it. */
  marker: string
}

/** A sandbox with a backend and the real killer. At the end of the test no session may be left. */
export function world(more: Record<string, string> = {}): World {
  const box = sandbox()
  const sessions = join(box.dir, 'pty')
  const env = {...box.env, ...more}
  const backend = createPtyBackend({killer, env})
  onTestFinished(async () => {
    for (const session of await backend.list()) await backend.stop(session, {graceMs: 0})
    expect(readdirSync(sessions)).toEqual([])
  })
  return {...box, env, backend, sessions, marker: `${box.dir}/a/1`}
}

/** The records of all sessions. */
export function records({sessions}: World): SessionRecord[] {
  const files = readdirSync(sessions).filter((file) => file.endsWith('.json'))
  return files.map((file) => JSON.parse(readFileSync(join(sessions, file), 'utf8')))
}

/** The pid of the only session's shim. */
export function shimOf(here: World): number {
  return Number(records(here)[0]?.owner.split('.')[0])
}

export const shell = (script: string): [string, ...string[]] => ['/bin/sh', '-c', script]
