// Nudges fixture agents while things go wrong, and counts texts that are lost, doubled, garbled or pressed into a dialog,
// and receipts that are not true. Then measures one look at an agent. Usage: node bench/nudge.js [nudges] [looks]
import {execFileSync, spawn} from 'node:child_process'
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
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {gt, gtAsync, inTown, launcher, median, node} from './support/town.js'

const nudges = Number(process.argv[2] ?? 1000)
const lookedAt = Number(process.argv[3] ?? 200)
/** Ten processes, each with five nudges at once. */
const SENDERS = 10
const AT_ONCE = 50
const BATCH = 25
const SETTLED_WITHIN_MS = 90_000
const fixture = fileURLToPath(new URL('../test/fixtures/agents/careful-agent.js', import.meta.url))
const senderProgram = fileURLToPath(new URL('./support/nudge-sender.js', import.meta.url))
const rigs = Array.from({length: 12}, (_, n) => `rig${n}`)
/** Number of agents that each rig has had. */
const lives = new Map()
/** Error codes of refused nudges. */
const refusals = []
const say = (line) => process.stdout.write(`${line}\n`)

await inTown(rigs, async (town) => {
  useCarefulAgent(town)
  for (const rig of rigs) startAgent(town, rig)
  const faults = injectFaults(town)
  const begun = performance.now()
  const sent = await sendAll(town)
  faults.end()
  await faults.done
  for (const rig of rigs) tell(town, rig, 'answered')
  const receipts = await settle(town, sent)
  report(town, sent, receipts, faults, performance.now() - begun)
})

await inTown(['rig0'], async (town) => {
  await costOfLooks(town)
})

/** Each life of each agent writes its notes to a folder of its own: `<log>/<rig>.<pid>`. */
function useCarefulAgent(town) {
  const folder = join(town.base, 'agent')
  mkdirSync(folder)
  mkdirSync(join(town.base, 'log'))
  writeFileSync(
    join(folder, 'package.json'),
    '{"version":"2.1.330","type":"module","bin":"careful-agent.js"}',
  )
  copyFileSync(fixture, join(folder, 'careful-agent.js'))
  chmodSync(join(folder, 'careful-agent.js'), 0o755)
  const env = {AGENT_LOOK: 'claude', AGENT_OWN_STATE: '1'}
  const careful = {command: join(folder, 'careful-agent.js'), args: [], kind: 'claude', env}
  const settings = {version: 1, default_agent: 'careful', agents: {careful}}
  writeFileSync(join(town.base, 'settings', 'config.json'), JSON.stringify(settings))
}

function logOf(town, rig) {
  return join(town.base, 'log', `${rig}.${lives.get(rig)}`)
}

function startAgent(town, rig) {
  lives.set(rig, (lives.get(rig) ?? 0) + 1)
  gt(town, 'witness', 'start', rig, '--env', `AGENT_LOG=${logOf(town, rig)}`)
}

function tell(town, rig, order) {
  writeFileSync(join(logOf(town, rig), 'do'), order)
}

/** Sends all nudges from ten processes, several at once, and kills every fourth sender at some moment. Returns the texts. */
async function sendAll(town) {
  const waiting = Array.from({length: nudges}, (_, number) => ({
    number,
    address: `${rigs[number % rigs.length]}/witness`,
    text:
      number % 10 === 0
        ? `${'long '.repeat(300)}\nnudge ${number} ends${number}`
        : `nudge number ${number} of many ends${number}`,
  }))
  const texts = waiting.map(({text}) => text)
  let batches = 0
  const sender = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH)
      const begun = await sendBatch(town, batch, batches++ % 4 === 3)
      waiting.push(...batch.filter(({number}) => !begun.has(number)))
    }
  }
  await Promise.all(Array.from({length: SENDERS}, sender))
  return texts
}

/** The numbers of the nudges that it began to send. */
async function sendBatch(town, batch, isKilled) {
  const args = [senderProgram, launcher, JSON.stringify(batch)]
  const child = spawn(node, args, {cwd: town.base, env: town.env, stdio: ['ignore', 'pipe', 'inherit']})
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  const ended = new Promise((resolve) => child.on('close', resolve))
  if (isKilled) {
    await Promise.race([ended, sleep(1000 + Math.random() * 5000)])
    child.kill('SIGKILL')
  }
  await ended
  const lines = output.split('\n').map((line) => line.split(' '))
  refusals.push(...lines.filter(([word]) => word === 'refused').map(([, code]) => code))
  return new Set(lines.filter(([word]) => word === 'begun').map(([, number]) => Number(number)))
}

/** Makes something go wrong again and again, until it is stopped. */
function injectFaults(town) {
  const counts = {dialogs: 0, swallowed: 0, busy: 0, deaths: 0, dispatchers: 0, servers: 0}
  let going = true
  const work = async () => {
    for (let round = 0; going; round++) {
      await sleep(150)
      const rig = rigs[round % rigs.length]
      if (round === 150) killServer(town, counts)
      else if (round % 40 === 25) await die(town, rig, counts)
      else if (round % 15 === 7) killDispatcher(town, rig, counts)
      else await disturb(town, rig, round, counts)
    }
  }
  const done = work()
  return {counts, done, end: () => (going = false)}
}

async function disturb(town, rig, round, counts) {
  if (modeOf(town, rig) === 'permission') {
    tell(town, rig, 'answered')
  } else if (round % 5 === 1) {
    counts.dialogs++
    tell(town, rig, 'permission-after-paste')
  } else if (round % 5 === 2) {
    counts.swallowed++
    tell(town, rig, 'swallow')
  } else if (round % 5 === 3) {
    counts.busy++
    tell(town, rig, 'busy 700')
  }
}

function modeOf(town, rig) {
  return notes(logOf(town, rig), 'obeyed').at(-1)
}

async function die(town, rig, counts) {
  counts.deaths++
  tell(town, rig, 'die-on-paste')
  await sleep(1500)
  tell(town, rig, 'die')
  await sleep(100)
  startAgent(town, rig)
}

function isAttended(town, rig) {
  const pid = dispatcherOf(town, rig)
  return pid !== undefined && existsSync(`/proc/${pid}`)
}

function dispatcherOf(town, rig) {
  const lock = join(town.base, '.runtime', 'nudges', `gt-${rig}-witness`, '.courier')
  const [claim] = existsSync(lock) ? readdirSync(lock) : []
  return claim === undefined ? undefined : Number.parseInt(claim, 10)
}

function killDispatcher(town, rig, counts) {
  if (!isAttended(town, rig)) return
  counts.dispatchers++
  process.kill(dispatcherOf(town, rig), 'SIGKILL')
}

function killServer(town, counts) {
  counts.servers++
  const pid = execFileSync('tmux', ['-L', 'default', 'display-message', '-p', '#{pid}'], {
    env: town.env,
    encoding: 'utf8',
  })
  process.kill(Number(pid), 'SIGKILL')
  for (const rig of rigs) startAgent(town, rig)
}

/** Waits until no nudge is open; asks for delivery again in case the last dispatcher was killed. */
async function settle(town) {
  for (const end = performance.now() + SETTLED_WITHIN_MS; performance.now() < end; await sleep(1000)) {
    const open = rigs.filter((rig) => filesOf(town, rig, '').length > 0)
    if (open.length === 0) break
    for (const rig of open) standIn(town, rig)
    for (const rig of open)
      if (!isAttended(town, rig)) void gtAsync(town, 'nudge', 'deliver', `${rig}/witness`)
  }
  return rigs.flatMap((rig) =>
    ['', 'done'].flatMap((folder) =>
      filesOf(town, rig, folder).map((file) => JSON.parse(readFileSync(file, 'utf8'))),
    ),
  )
}

/** Does what a person would do: answers dialogs, and clears text that a killed sender left in the prompt. */
function standIn(town, rig) {
  const [first] = filesOf(town, rig, '').map((file) => JSON.parse(readIfThere(file) || '{}'))
  if (first?.reason === 'its state is draft') tell(town, rig, 'idle')
  else if (modeOf(town, rig) === 'permission') tell(town, rig, 'answered')
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function filesOf(town, rig, folder) {
  const directory = join(town.base, '.runtime', 'nudges', `gt-${rig}-witness`, folder)
  const names = existsSync(directory) ? readdirSync(directory) : []
  return names.filter((name) => /^\w{9}-\w{12}\.json$/.test(name)).map((name) => join(directory, name))
}

function notes(folder, file) {
  const path = join(folder, file)
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
}

function report(town, sent, receipts, faults, ms) {
  const logs = readdirSync(join(town.base, 'log')).map((name) => join(town.base, 'log', name))
  const heard = logs.flatMap((log) => notes(log, 'submitted'))
  const violations = logs.flatMap((log) => notes(log, 'violations'))
  const times = (text) => heard.filter((other) => other === text).length
  const of = (state) => receipts.filter((receipt) => receipt.state === state)
  const untrue = receipts.filter(({state, text, reason = ''}) => {
    if (state === 'delivered') return times(text) !== 1
    return times(text) !== 0 && !reason.includes('not known')
  })
  const known = new Set(receipts.map(({text}) => text))
  say(`${sent.length} nudges, ${AT_ONCE} at once, ${rigs.length} sessions, ${Math.round(ms / 1000)} s`)
  say(
    `faults: ${Object.entries(faults.counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}, every fourth sender killed`,
  )
  say(
    `receipts: ${['delivered', 'failed', 'expired', 'queued', 'typing'].map((state) => `${state} ${of(state).length}`).join(', ')}; never queued ${sent.filter((text) => !known.has(text)).length}`,
  )
  for (const [reason, count] of tally(of('failed').map((receipt) => receipt.reason)))
    say(`  failed ${count}: ${reason}`)
  for (const [code, count] of tally(refusals)) say(`  refused ${count}: ${code}`)
  const lost = of('delivered').filter(({text}) => times(text) === 0).length
  const doubled = sent.filter((text) => times(text) > 1).length
  const garbled = heard.filter((text) => !sent.includes(text)).length
  say(
    `lost ${lost + of('queued').length + of('typing').length}, doubled ${doubled}, garbled ${garbled}, keys into dialogs ${violations.length}, receipts that are not true ${untrue.length}`,
  )
  for (const {state, reason, text} of untrue)
    say(`  ${state} (${reason}): ${text.slice(-30)} was heard ${times(text)} times`)
  process.exitCode = lost + doubled + garbled + violations.length + untrue.length > 0 ? 1 : 0
}

function tally(values) {
  const counts = new Map()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}

/** Looks at an agent through the built supervisor, in this process, with a tmux that counts its calls. */
async function costOfLooks(town) {
  const {observe} = await import('../dist/typing/observe.js')
  const {createTmuxBackend} = await import('@gtown/plugin-tmux')
  const calls = join(town.base, 'calls')
  const programs = join(town.base, 'programs')
  mkdirSync(programs)
  const real = execFileSync('/bin/sh', ['-c', 'command -v tmux'], {encoding: 'utf8'}).trim()
  writeFileSync(join(programs, 'tmux'), `#!/bin/sh\necho >> '${calls}'\nexec '${real}' "$@"\n`)
  chmodSync(join(programs, 'tmux'), 0o755)
  const backend = createTmuxBackend({killer: {}, env: town.env})
  for (let n = 0; n < lookedAt; n++) {
    execFileSync(
      'tmux',
      ['-L', 'default', 'new-session', '-d', '-s', `a${n}`, `printf '> '; exec sleep 600`],
      {env: town.env},
    )
  }
  const look = async (name) => observe({env: town.env}, backend, await backend.inspect(name, {view: true}))
  const one = []
  for (let n = 0; n < 20; n++) one.push(await timed(() => look('a0')))
  const all = []
  const names = Array.from({length: lookedAt}, (_, n) => `a${n}`)
  for (let n = 0; n < 3; n++) all.push(await timed(() => Promise.all(names.map(look))))
  const counting = createTmuxBackend({killer: {}, env: {...town.env, PATH: `${programs}:${town.env.PATH}`}})
  await observe({env: town.env}, counting, await counting.inspect('a0', {view: true}))
  const processes = readFileSync(calls, 'utf8').length
  say(`one look at one agent: ${processes} process, ${median(one).toFixed(1)} ms`)
  say(`one look at ${lookedAt} agents: ${processes * lookedAt} processes, ${median(all).toFixed(0)} ms`)
}

async function timed(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}
