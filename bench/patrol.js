// What a cycle of the patrol costs over a rig of workers with real sessions and worktrees in which nothing happens:
// wall, processor, the programs that it starts, and the memory of the loop. The first cycle has looked at nothing yet.
// Usage: node bench/patrol.js [workers] [cycles]
import {execFileSync, spawn} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {createInterface} from 'node:readline'
import {setTimeout as sleep} from 'node:timers/promises'
import {killer} from '@gtown/process'
import {createTmuxBackend} from '../packages/plugin-tmux/dist/backend.js'
import {inTown, launcher, median, node} from './support/town.js'

const workers = Number(process.argv[2] ?? 200)
const cycles = Number(process.argv[3] ?? 10)
const INTERVAL_MS = 3000
const TICK_MS = 10

await inTown(['alpha'], async (town) => {
  layOut(town)
  const backend = createTmuxBackend({killer, env: town.env})
  for (let number = 0; number < workers; number++) await makeWorker(town, backend, `w${number}`)
  // Their screens stand still from here on.
  await sleep(INTERVAL_MS)
  const calls = countingPrograms(town, ['tmux', 'git'])
  const args = [launcher, 'witness', 'patrol', 'alpha', '--interval', `${INTERVAL_MS}ms`, '--json']
  const child = spawn(node, args, {cwd: town.base, env: town.env, stdio: ['ignore', 'pipe', 'inherit']})
  const rows = await measure(child, calls)
  report(rows)
})

function layOut({base, env}) {
  const git = (...args) => execFileSync('git', args, {cwd: base, env, stdio: 'pipe'})
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com']
  git('init', '--quiet', '--bare', '--initial-branch=main', 'origin.git')
  git('clone', '--quiet', 'origin.git', 'first')
  git('-C', 'first', ...identity, 'commit', '--quiet', '--allow-empty', '--message', 'first')
  git('-C', 'first', 'push', '--quiet', 'origin', 'HEAD:main')
  git('clone', '--quiet', '--bare', 'origin.git', 'alpha/.repo.git')
  mkdirSync(join(base, 'alpha/.runtime/polecats'), {recursive: true})
}

async function makeWorker({base, env}, backend, name) {
  const path = join(base, 'alpha/polecats', name, 'alpha')
  const branch = `polecat/${name}-m1`
  execFileSync('git', ['-C', 'alpha/.repo.git', 'worktree', 'add', '--quiet', '-b', branch, path, 'main'], {
    cwd: base,
    env,
    stdio: 'pipe',
  })
  const spawned_at = new Date().toISOString()
  const file = {version: 1, name, incarnation: name, task: 'stand still', branch, base: 'main', spawned_at}
  writeFileSync(join(base, 'alpha/.runtime/polecats', `${name}.json`), JSON.stringify(file))
  await backend.start({
    name: `gt-alpha-${name}`,
    cwd: path,
    command: ['/bin/sleep', '3600'],
    env: {GT_ROOT: base},
    unsetEnv: [],
    labels: {town: base, rig: 'alpha', role: 'polecat', name, kind: 'claude', agent: 'claude'},
  })
}

/** Puts programs before the real ones that note each call and hand it on. */
function countingPrograms({base, env}, names) {
  const folder = join(base, 'programs')
  const log = join(base, 'calls')
  mkdirSync(folder)
  for (const name of names) {
    const real = execFileSync('/bin/sh', ['-c', `command -v ${name}`], {encoding: 'utf8'}).trim()
    writeFileSync(join(folder, name), `#!/bin/sh\necho ${name} >> '${log}'\nexec '${real}' "$@"\n`)
    chmodSync(join(folder, name), 0o755)
  }
  env.PATH = [folder, env.PATH].join(delimiter)
  return () => {
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
    rmSync(log, {force: true})
    return Object.fromEntries(names.map((name) => [name, lines.filter((line) => line === name).length]))
  }
}

async function measure(child, calls) {
  const rows = []
  let before = 0
  for await (const line of createInterface({input: child.stdout})) {
    const {took_ms: wall, polecats} = JSON.parse(line)
    if (polecats === undefined) break
    const {ticks, rss} = usageOf(child.pid)
    rows.push({wall, cpu: (ticks - before) * TICK_MS, rss, ...calls(), verdicts: verdictsOf(polecats)})
    before = ticks
    if (rows.length > cycles) child.kill('SIGTERM')
  }
  return rows
}

/** Ticks of the process and of the children that it has waited for, and its memory in MiB. */
function usageOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
  return {ticks, rss}
}

function verdictsOf(polecats) {
  const groups = Object.entries(Object.groupBy(polecats, ({verdict}) => verdict))
  return groups.map(([verdict, of]) => `${of.length} ${verdict}`).join(', ')
}

function report(rows) {
  const [first, ...later] = rows
  const show = (name, row) => {
    const {wall, cpu, tmux, git, rss} = row
    process.stdout.write(
      `${name.padEnd(24)} ${wall.toFixed(0).padStart(6)} ms  ${cpu.toFixed(0).padStart(6)} ms CPU  ${tmux} tmux  ${git} git  ${rss.toFixed(0)} MiB\n`,
    )
  }
  process.stdout.write(`${workers} workers: ${first.verdicts}\n`)
  show('first cycle', first)
  const keys = ['wall', 'cpu', 'tmux', 'git', 'rss']
  show(
    `later, median of ${later.length}`,
    Object.fromEntries(keys.map((key) => [key, median(later.map((row) => row[key]))])),
  )
}
