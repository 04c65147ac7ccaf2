import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, onTestFinished} from 'vitest'
import {gt, spawnGt} from './cli.js'
import {sandbox} from './sandbox.js'
import {fixtureAgent, makeTown} from './town.js'
import {until} from './until.js'

const plugin = fileURLToPath(new URL('../../packages/plugin-deacon', import.meta.url))

const echo = fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})

/** A town with the deacon's plugin. Its witnesses are small programs; incidents are appended to a file. */
export async function watchedTown() {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  const pager = join(box.dir, 'pager')
  const pages = join(box.dir, 'pages')
  writeFileSync(pager, `#!/bin/sh\ntr -d '\\n' >> '${pages}'; echo >> '${pages}'\n`, {mode: 0o755})
  /** The town's settings: the agents, and whatever else is given. */
  const configure = (agents: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    writeState('settings/config.json', {
      type: 'town-settings',
      version: 1,
      default_agent: Object.keys(agents)[0],
      agents,
      escalate: {command: [pager]},
      ...more,
    })
  const writeState = (file: string, value: unknown) => {
    mkdirSync(dirname(join(cwd, file)), {recursive: true})
    writeFileSync(join(cwd, file), typeof value === 'string' ? value : JSON.stringify(value))
  }
  configure({echo})
  const options = {cwd, env: box.env}
  const run = (...args: string[]) => gt(args, options)
  expect(await run('plugins', 'link', '--no-install', plugin)).toMatchObject({code: 0})
  const pidOf = (session: string) =>
    Number(box.tmux('display-message', '-p', '-t', `=${session}:`, '#{pane_pid}'))
  return {
    box,
    cwd,
    configure,
    writeState,
    run,
    spawn(...args: string[]) {
      const child = spawnGt(args, options)
      onTestFinished(() => {
        child.kill('SIGKILL')
      })
      return child
    },
    /** Runs one cycle of the watch; returns its JSON. */
    async cycle(...flags: string[]): Promise<Cycle> {
      const {stdout, stderr, code} = await run('deacon', 'watch', '--once', '--json', ...flags)
      return {...JSON.parse(stdout), code, stderr}
    },
    /** Starts the witnesses of these rigs. */
    async start(...rigs: string[]) {
      for (const rig of rigs) expect(await run('witness', 'start', rig)).toMatchObject({code: 0})
    },
    /** The pid of a session's first process. */
    pidOf,
    /** Kills the agent of a session, and waits until tmux has noticed. */
    async kill(session: string) {
      process.kill(pidOf(session), 'SIGKILL')
      const dead = () => box.tmux('display-message', '-p', '-t', `=${session}:`, '#{pane_dead}') === '1\n'
      await until(`the end of ${session}`, dead)
    },
    sessions: () => {
      try {
        return box.tmux('list-sessions', '-F', '#S').trimEnd().split('\n').sort()
      } catch {
        return []
      }
    },
    /** The restarts of an agent, from the original's file. */
    restarts: (agent = 'alpha/witness') => readState(join(cwd, 'daemon/restart_state.json'))?.agents?.[agent],
    heartbeat: () => readState(join(cwd, 'deacon/heartbeat.json')),
    /** The incidents that a person was told. */
    pages: (): Page[] => readLines(pages),
    /** The events of a type, from the town's log. */
    noted: (type: string) =>
      readLines(join(cwd, '.events.jsonl')).filter((event: {type: string}) => event.type === type),
  }
}

interface Cycle {
  code: number | null
  stderr: string
  doubt?: string
  paused?: string
  witnesses: {rig_name: string; finding: string; action: string; reason?: string; outcome?: string}[]
  incidents: unknown[]
}

interface Page {
  status: string
  cause: string
  detail?: string
  rig: string
  worker: string
}

function readState(file: string) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Reads a file with one JSON document per line. */
function readLines(file: string) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  // The last line may be incomplete.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

/** A cycle's report about one rig's witness. */
export function witnessOf({witnesses}: Cycle, rig = 'alpha') {
  return witnesses.find(({rig_name}) => rig_name === rig)
}
