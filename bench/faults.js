// Makes the disk full, or takes gt's right to write, at every step of a start, a stop, a restart and a status. Checks what
// the command says, and what the next commands see, first with the fault and then without it. Needs root and Linux.
// Usage: node bench/faults.js
import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {processesWith} from '../scripts/support/processes.js'
import {inTown, launcher, node} from './support/town.js'

const session = 'gt-alpha-witness'
const NOBODY = 65534

const faults = {
  'disk full': {
    strike: ({base}) => {
      for (const folder of runtimeFolders(base)) fill(folder)
    },
    heal: ({base}) => {
      for (const folder of runtimeFolders(base)) rmSync(join(folder, 'filler'), {force: true})
    },
  },
  permission: {
    strike: ({base}) => {
      for (const folder of runtimeFolders(base)) execFileSync('chmod', ['-R', 'a-w', folder])
    },
    heal: ({base}) => {
      for (const folder of runtimeFolders(base)) execFileSync('chmod', ['-R', 'u+w', folder])
    },
  },
}

/** When the fault strikes, and during which command. */
const steps = {
  'before a start': {verb: 'start'},
  'while the agent starts': {verb: 'start', strikesDuring: true},
  'before a stop': {before: ['start'], verb: 'stop'},
  'before a restart': {before: ['start'], verb: 'restart'},
  'while the agent restarts': {before: ['start'], verb: 'restart', strikesDuring: true},
  'before the status of a dead agent': {before: ['start'], kills: true, verb: 'status'},
  'before the start over a dead agent': {before: ['start'], kills: true, verb: 'start'},
}

let wrong = 0
for (const [name, fault] of Object.entries(faults)) {
  for (const [when, step] of Object.entries(steps))
    await inTown(['alpha'], (town) => row(town, {name, fault, when, step}))
}
process.stdout.write(`${wrong} wrong of ${Object.keys(faults).length * Object.keys(steps).length}\n`)
if (wrong > 0) process.exitCode = 1

async function row(town, {name, fault, when, step}) {
  const world = {...town, agent: agentOf(town.base)}
  prepare(world)
  try {
    for (const verb of step.before ?? []) await gt(world, verb)
    if (step.kills) await killAgent(world)
    const result = await struck(world, fault, step)
    const during = await gt(world, 'status')
    const truth = agentRuns(world)
    fault.heal(world)
    const after = await aftermath(world)
    const right = during.running === truth && !result.trace && after.right
    if (!right) wrong++
    const words = `exit ${result.code}${result.error ? `: ${result.error}` : ''}`
    process.stdout.write(
      `${right ? 'right' : 'WRONG'} | ${name}, ${when} | ${step.verb}: ${words} | status: running ${during.running}, truly ${truth} | healed: ${after.words}\n`,
    )
  } finally {
    spawnSync('tmux', ['-L', 'default', 'kill-server'], {env: world.env, stdio: 'ignore'})
    for (const folder of runtimeFolders(world.base)) spawnSync('umount', [folder])
  }
}

function runtimeFolders(base) {
  return [join(base, '.runtime'), join(base, 'alpha', '.runtime')]
}

/** Mounts a small disk on each folder that gt writes to; everything belongs to an unprivileged user. */
function prepare({base, agent}) {
  for (const folder of runtimeFolders(base)) {
    mkdirSync(folder)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0755', 'gt-bench', folder])
    if (folder === join(base, '.runtime')) mkdirSync(join(folder, 'sessions'))
    else mkdirSync(join(folder, 'post-mortem'), {mode: 0o700})
  }
  writeFileSync(
    join(base, 'settings', 'config.json'),
    JSON.stringify({version: 1, default_agent: 'slow', agents: {slow: agent}}),
  )
  execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, base])
}

/** An agent that is ready when a file exists, so that the fault can strike before. */
function agentOf(base) {
  const script = 'until [ -e "$0" ]; do sleep 0.02; done; echo "> "; cat'
  return {command: '/bin/sh', args: ['-c', script, join(base, 'home', 'go')], ready_prompt_prefix: '> '}
}

function fill(folder) {
  spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=1k'], {stdio: 'ignore'})
}

async function struck(world, fault, {verb, strikesDuring}) {
  if (!strikesDuring) fault.strike(world)
  const before = agentPid(world)
  const running = strikesDuring ? run(world, verb, {wait: true}) : gt(world, verb)
  if (strikesDuring) {
    await until(() => agentRuns(world) && agentPid(world) !== before)
    fault.strike(world)
    writeFileSync(join(world.base, 'home', 'go'), '')
  }
  const {code, stdout, stderr} = await running
  const text = stderr || (code ? stdout : '')
  return {code, error: text.split('\n')[0].replaceAll(world.base, '…'), trace: /\n\s+at /.test(stderr)}
}

async function aftermath(world) {
  const status = await gt(world, 'status')
  const truth = agentRuns(world)
  const start = await gt(world, 'start')
  const afterStart = agentRuns(world)
  const stop = await gt(world, 'stop')
  const left = processesWith(`TMUX_TMPDIR=${world.env.TMUX_TMPDIR}`).filter(({pid}) =>
    processesWith(`GT_SESSION=${session}`).some((entry) => entry.pid === pid),
  )
  const right =
    status.running === truth && start.code === 0 && afterStart && stop.code === 0 && left.length === 0
  return {
    right,
    words: `status ${status.running}, start ${start.code}, stop ${stop.code}, left ${left.length}`,
  }
}

async function gt(world, verb) {
  const result = await run(world, verb, {wait: false})
  return verb === 'status' ? {...result, ...JSON.parse(result.stdout)} : result
}

/** Runs gt as the unprivileged user. The agent is ready at once, unless it must wait for the fault. */
function run({base, env}, verb, {wait}) {
  const go = join(base, 'home', 'go')
  if (wait) rmSync(go, {force: true})
  else writeFileSync(go, '')
  const json = verb === 'status' ? ['--json'] : []
  return new Promise((resolve, reject) => {
    const child = spawn(node, [launcher, 'witness', verb, 'alpha', ...json], {
      cwd: base,
      env,
      uid: NOBODY,
      gid: NOBODY,
    })
    const output = {stdout: '', stderr: ''}
    child.stdout.on('data', (text) => (output.stdout += text))
    child.stderr.on('data', (text) => (output.stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({code, ...output}))
  })
}

async function killAgent(world) {
  process.kill(agentPid(world), 'SIGKILL')
  await until(() => !agentRuns(world))
}

/** Whether tmux itself says that the session exists and its pane is alive. */
function agentRuns(world) {
  return panes(world, '#{pane_dead}') === '0\n'
}

function agentPid(world) {
  return Number(panes(world, '#{pane_pid}'))
}

function panes({env}, format) {
  const args = ['-L', 'default', 'list-panes', '-t', `=${session}:`, '-F', format]
  return spawnSync('tmux', args, {env, encoding: 'utf8', uid: NOBODY, gid: NOBODY}).stdout
}

async function until(condition) {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1000) throw new Error('waited too long')
    await sleep(10)
  }
}
