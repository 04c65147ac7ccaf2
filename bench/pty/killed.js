// Kills a shim. Checks what gt says about its session, whether the next command ends what the agent left, and whether
// anything is left on disk.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {bornIn, gtAsync} from '../support/town.js'
import {signal, until} from '../support/trees.js'
import {filesIn, terminalPidOf} from './world.js'

const SESSION = 'gt-alpha-witness'
const PROMPT = {ready_prompt_prefix: '> '}

/** Agents by their reaction when their terminal disappears with the shim. */
const agents = {
  obeys: {command: '/bin/sh', args: ['-c', 'echo "> "; exec sleep 3600'], ...PROMPT},
  ignores: {
    command: '/bin/sh',
    args: ['-c', 'trap "" HUP; echo "> "; while :; do sleep 1; done'],
    ...PROMPT,
  },
  'left-a-daemon': {
    command: '/bin/sh',
    args: ['-c', 'setsid sh -c "trap \'\' HUP; while :; do sleep 1; done" & echo "> "; exec sleep 3600'],
    ...PROMPT,
  },
}

export async function measureKilled(world) {
  const settings = {version: 1, default_agent: 'obeys', agents}
  writeFileSync(join(world.base, 'settings', 'config.json'), JSON.stringify(settings))
  const rows = []
  const wrongs = []
  for (const agent of Object.keys(agents)) {
    for (const next of ['stop', 'start', 'restart']) {
      const {row, wrong} = await oneDeath(world, agent, next)
      rows.push(row)
      if (wrong !== '') wrongs.push(`${agent}, then ${next}: ${wrong}`)
    }
  }
  const heads = [
    'the agent',
    'backend',
    'status',
    'status in words',
    'then',
    'left of it',
    'left after a stop',
    'files',
  ]
  return {heads, rows, wrongs}
}

async function oneDeath(world, agent, next) {
  const failures = []
  const gt = async (...args) => {
    const result = await gtAsync(world, 'witness', ...args)
    if (result.code !== 0) failures.push(`${args[0]} exits with ${result.code}: ${result.stderr}`)
    return result.stdout
  }
  await gt('start', 'alpha', '--backend', 'pty', '--agent', agent)
  const shim = terminalPidOf(world, world.backends.pty, SESSION)
  const old = bornIn(world).filter((pid) => pid !== shim)
  process.kill(shim, 'SIGKILL')
  await until('the shim to end', () => !bornIn(world).includes(shim))
  const found = await world.backends.pty.inspect(SESSION)
  const told = JSON.parse(await gt('status', 'alpha', '--json'))
  const words = (await gt('status', 'alpha')).match(/(?<=State: |Reason: ).*/g)?.join('; ') ?? ''
  await gt(next, 'alpha')
  const left = bornIn(world).filter((pid) => old.includes(pid)).length
  const after = JSON.parse(await gt('status', 'alpha', '--json'))
  await gt('stop', 'alpha')
  const [ended, files] = [bornIn(world).length, filesIn(world).length]
  if (found?.liveness !== 'dead') failures.push(`the backend says ${found?.liveness}`)
  if (told.running || told.liveness !== 'dead') failures.push(`status says ${told.liveness}`)
  if (!words.includes('stopped')) failures.push(`status says in words: ${words}`)
  if (after.running !== (next !== 'stop')) failures.push(`afterwards status says ${after.liveness}`)
  if (left + ended + files > 0) failures.push('something is left')
  for (const pid of bornIn(world)) signal(pid, 'SIGKILL')
  const says = `${told.liveness}, running ${told.running}`
  const row = [agent, found?.liveness, says, words, next, left, ended, files]
  return {row, wrong: failures.join('; ')}
}
