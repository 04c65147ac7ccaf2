import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {expect} from 'vitest'
import {type CliOptions, type CliResult, gt, spawnGt} from '../../support/cli.js'
import {type Sandbox, sandbox} from '../../support/sandbox.js'
import {makeTown, useAgents, writeJson} from '../../support/town.js'
import {until} from '../../support/until.js'

const program = new URL('../../fixtures/agents/careful-agent.js', import.meta.url).pathname

export interface CarefulTown {
  box: Sandbox
  cwd: string
  options: CliOptions
  run(...args: string[]): Promise<CliResult>
  /** Runs gt without waiting for its end. */
  spawn(...args: string[]): ReturnType<typeof spawnGt>
  /** Starts the witness of alpha and waits until it has drawn its prompt. */
  started(): Promise<void>
  /** Nudges it and reads the receipt. */
  nudge(text: string, ...flags: string[]): Promise<Record<string, unknown> & {code: number | null}>
  /** Asks for a receipt. */
  receipt(id: unknown): Promise<Record<string, unknown> & {code: number | null}>
  /** Tells the agent what to do, and waits until it does it where that is at once. */
  tell(order: string): Promise<void>
  /** What the agent has noted in one of its files. */
  notes(file: string): unknown[]
  submitted(): unknown[]
  screen(): string
  /** The pid of the dispatcher that is at work; undefined when none is. */
  dispatcher(): number | undefined
  /** Where the program of the agent is. */
  program: string
  /** The folder of its notes. */
  log: string
}

/**
 * A town whose agent keeps account of every key; `claude` draws the screens of Claude Code, `plain` a bare prompt.
 *
 * @param atEnd as `sandbox` has it
 */
export function carefulTown(
  look: 'claude' | 'plain',
  more: Record<string, unknown> = {},
  atEnd?: Parameters<typeof sandbox>[0],
): CarefulTown {
  const box = sandbox(atEnd)
  const cwd = makeTown(join(box.dir, 'town'))
  const log = join(box.dir, 'log')
  mkdirSync(log)
  const {env = {}, ...entry} = more
  const known = look === 'claude' ? {kind: 'claude'} : {ready_prompt_prefix: '> ', bracketed_paste: true}
  const agentEnv = {AGENT_LOG: log, AGENT_LOOK: look, ...(env as object)}
  const installed = install(box.dir)
  useAgents(cwd, {careful: {command: installed, args: [], ...known, ...entry, env: agentEnv}})
  const options = {cwd, env: box.env}
  const run = (...args: string[]) => gt(args, options)
  const json = async (args: string[]) => {
    const {code, stdout} = await run(...args, '--json')
    return {...JSON.parse(stdout), code}
  }
  const notes = (file: string) => linesOf(join(log, file)).map((line) => JSON.parse(line))
  return {
    box,
    cwd,
    options,
    run,
    spawn: (...args) => spawnGt(args, options),
    async started() {
      expect(await run('witness', 'start', 'alpha')).toMatchObject({code: 0, stderr: ''})
      await until('the prompt', () => existsSync(join(log, 'ready')))
      await until('it to be idle', async () =>
        (await run('peek', 'alpha/witness', '--state')).stdout.startsWith('idle '),
      )
    },
    nudge: (text, ...flags) => json(['nudge', 'alpha/witness', text, ...flags]),
    receipt: (id) => json(['nudge', 'receipt', String(id)]),
    async tell(order) {
      const before = notes('obeyed').length
      writeFileSync(join(log, 'do'), `${order}\n`)
      await until(`the agent to obey ${order}`, () => notes('obeyed').length > before)
    },
    notes,
    submitted: () => notes('submitted'),
    screen: () => box.tmux('capture-pane', '-p', '-t', '=gt-alpha-witness:'),
    dispatcher: () => dispatcherIn(join(cwd, '.runtime/nudges/gt-alpha-witness/.courier')),
    program: installed,
    log,
  }
}

/** The agent in a folder that tells a version of Claude Code: where a program is installed says which one it is. */
function install(dir: string): string {
  const folder = join(dir, 'agent')
  mkdirSync(folder)
  writeJson(join(folder, 'package.json'), {version: '2.1.330', type: 'module', bin: 'careful-agent.js'})
  copyFileSync(program, join(folder, 'careful-agent.js'))
  chmodSync(join(folder, 'careful-agent.js'), 0o755)
  return join(folder, 'careful-agent.js')
}

function dispatcherIn(lock: string): number | undefined {
  const [claim] = existsSync(lock) ? readdirSync(lock) : []
  return claim === undefined ? undefined : Number.parseInt(claim, 10)
}

/** The lines that are whole: the agent may be writing the next. */
function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
}
