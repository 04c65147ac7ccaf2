import {resolve} from 'node:path'
import {type Command, Config} from '@oclif/core'
import {onTestFinished, vi} from 'vitest'
import {API_VERSION} from '../../src/api-version.js'
import type {Host} from '../../src/host.js'
import {plainStyle} from '../../src/style.js'

export interface Ran {
  stdout: string
  stderr: string
  exitCode: number | undefined
  /** What it rejected with. */
  error: unknown
}

type CommandClass = new (argv: string[], config: Config) => Command

/** What is written to the stream until the test ends; nothing of it is shown. */
export function captured(stream: NodeJS.WriteStream): () => string {
  let text = ''
  const spy = vi.spyOn(stream, 'write').mockImplementation((piece) => {
    text += piece
    return true
  })
  onTestFinished(() => spy.mockRestore())
  return () => text
}

/** Runs a command as oclif does, from its argument words to its exit code, in a host that can do what is given. */
export async function runCommand(
  command: CommandClass,
  argv: string[],
  can: Partial<Host> = {},
): Promise<Ran> {
  const host = {apiVersion: API_VERSION, style: async () => plainStyle, ...can}
  const config = await Config.load({root: resolve(import.meta.dirname, '../..')})
  const answer = (event: string) => ({successes: event === 'gt:host' ? [{result: host}] : [], failures: []})
  config.runHook = (async (event: string) => answer(event)) as unknown as Config['runHook']
  const [stdout, stderr] = [captured(process.stdout), captured(process.stderr)]
  const before = process.exitCode
  process.exitCode = undefined
  onTestFinished(() => {
    process.exitCode = before
  })
  const running = new command(argv, config)
  running.id = 'role:do'
  // What oclif itself calls.
  const error = await (running as unknown as {_run(): Promise<unknown>})._run().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return {stdout: stdout(), stderr: stderr(), exitCode: process.exitCode as number | undefined, error}
}
