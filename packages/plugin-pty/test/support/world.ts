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
  /** For a session of this test: the real killer ends every process of this machine that has the same one. */
  marker: string
}

/** A sandbox, and a backend in it with the real killer. When the test ends nothing of any session may be left. */
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

/** What is on record of every session. */
export function records({sessions}: World): SessionRecord[] {
  const files = readdirSync(sessions).filter((file) => file.endsWith('.json'))
  return files.map((file) => JSON.parse(readFileSync(join(sessions, file), 'utf8')))
}

/** The process that holds the only session. */
export function shimOf(here: World): number {
  return Number(records(here)[0]?.owner.split('.')[0])
}

export const shell = (script: string): [string, ...string[]] => ['/bin/sh', '-c', script]
