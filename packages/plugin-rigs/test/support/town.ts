import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {Place} from '@gtown/sdk'
import type {Sandbox} from '../../../../test/support/sandbox.js'

/** Writes a file with its parent directories. */
export function write(path: string, content: string | object): string {
  mkdirSync(dirname(path), {recursive: true})
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

export function readJson(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** A town with these rigs, all registered, each with a directory. */
export function makeTown(root: string, ...rigs: string[]): string {
  write(join(root, 'mayor', 'town.json'), '')
  write(join(root, 'mayor', 'rigs.json'), {
    version: 1,
    rigs: Object.fromEntries(rigs.map((rig) => [rig, {}])),
  })
  for (const rig of rigs) mkdirSync(join(root, rig), {recursive: true})
  return root
}

export function placeAt(box: Sandbox, cwd: string | undefined, env: Record<string, string> = {}): Place {
  return {
    cwd,
    env: {...box.env, ...env},
    ...(cwd === undefined && {cwdError: 'getting current directory: gone'}),
  }
}

/** Runs git in a directory, without the user's configuration; returns stdout. */
export function git(box: Sandbox, cwd: string, ...args: string[]): string {
  const identity = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'init.defaultBranch=main',
  ]
  return execFileSync('git', [...identity, ...args], {
    cwd,
    env: box.env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()
}

/** A repository with one commit on the branch main. */
export function makeRepository(box: Sandbox, path: string): string {
  mkdirSync(path, {recursive: true})
  git(box, path, 'init', '--quiet')
  git(box, path, 'commit', '--quiet', '--allow-empty', '--message', 'first')
  return path
}

/** The reason of a rejected promise. */
export async function failureOf(promise: Promise<unknown>) {
  const outcome = await promise.then(
    (value) => ({value}),
    (error: Error & {code?: string; hint?: string}) => ({error}),
  )
  if ('error' in outcome) return outcome.error
  throw new Error(`expected a rejection, got ${JSON.stringify(outcome.value)}`)
}
