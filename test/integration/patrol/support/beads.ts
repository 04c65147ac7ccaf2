import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {runBd} from '../../../../src/host/run-bd.js'
import {writeJson} from '../../../support/town.js'
import type {World} from './world.js'

const fixture = new URL('../../../fixtures/bd', import.meta.url).pathname

/** A rig with beads, and a fake bd that prints what the test prepares. */
export interface Beads {
  /** Where they are. */
  folder: string
  /** From now on it answers so, and the files of the beads have changed. */
  say(command: 'list' | 'show' | 'sql', answer: unknown): void
  /** From now on it fails so; it works again when that is undefined. */
  fail(command: 'list' | 'show' | 'sql', words: string | undefined): void
  /** The calls of bd, each as the folder of its beads and its words. */
  calls(): string[]
}

export function giveBeads(world: World, {backend = 'sqlite', registry = false} = {}): Beads {
  const answers = join(world.box.dir, 'bd')
  const folder = join(world.rig, 'mayor/rig/.beads')
  for (const path of [answers, folder, join(world.rig, '.beads')]) mkdirSync(path, {recursive: true})
  // As the original lays it out where the project's repository keeps the beads.
  writeFileSync(join(world.rig, '.beads/redirect'), 'mayor/rig/.beads\n')
  writeFileSync(join(folder, 'metadata.json'), JSON.stringify({database: 'beads.db', backend}))
  const rig = {beads: {prefix: 'al'}}
  if (registry) writeJson(join(world.town, 'mayor/rigs.json'), {version: 1, rigs: {alpha: rig}})
  else writeJson(join(world.rig, 'config.json'), {type: 'rig', version: 1, ...rig})
  world.bd = (args, where) =>
    runBd(args, {
      ...where,
      env: {...world.box.env, BD_FIXTURE: answers, PATH: `${fixture}:${world.box.env.PATH}`},
    })
  let version = 0
  const touch = () => writeFileSync(join(folder, 'issues.jsonl'), `${'x'.repeat(++version)}\n`)
  return {
    folder,
    say(command, answer) {
      writeFileSync(join(answers, command), typeof answer === 'string' ? answer : JSON.stringify(answer))
      touch()
    },
    fail(command, words) {
      if (words === undefined) rmSync(join(answers, `fail-${command}`))
      else writeFileSync(join(answers, `fail-${command}`), words)
      touch()
    },
    calls: () => readFileSync(join(answers, 'calls'), 'utf8').trimEnd().split('\n'),
  }
}

/** As bd prints one. */
export function bead(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    title: id,
    description: '',
    status: 'open',
    priority: 2,
    issue_type: 'task',
    created_at: '2026-01-20T12:00:00Z',
    updated_at: '2026-01-20T12:00:00Z',
    ...more,
  }
}

/** The bead that stands for the rig. */
export const rigBead = (...labels: string[]) =>
  bead('al-rig-alpha', {issue_type: 'rig', labels: ['gt:rig', ...labels]})
