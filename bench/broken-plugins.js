// Runs every kind of command beside every kind of broken plugin, and checks exit code, stdout, stderr and time. A command
// that does not need the plugin must work, with at most one line of warning. A command that needs it must name the
// plugin. With --json, stdout must be JSON. Exits with 1 if anything is wrong.
// Usage: node bench/broken-plugins.js [kind]...   (Node 22.18 or later)
import {execFile} from 'node:child_process'
import {brokenPlugins, HELLO, linkPlugin} from '../test/support/broken-plugins.ts'
import {printTable} from './support/table.js'
import {inTown, launcher, node} from './support/town.js'

const OWN = 'hello'
const LIMIT_MS = 60_000
const commands = [
  ['witness', 'status', 'alpha', '--json'],
  ['witness', 'start', 'alpha'],
  ['witness', 'stop', 'alpha'],
  ['--help'],
  ['doctor', '--json'],
  ['plugins'],
  [OWN, '--json'],
]
const chosen = process.argv.slice(2)
const kinds = brokenPlugins.filter(({name}) => chosen.length === 0 || chosen.includes(name))

const rows = []
const wrongs = []
for (const {name, files} of kinds) {
  await inTown(['alpha'], async (town) => {
    linkPlugin({dir: town.base, home: town.env.HOME}, name, {
      ...files,
      commands: {...files.commands, [OWN]: HELLO},
    })
    for (const args of commands) {
      // gt cannot know any more which commands it had.
      if (files.isGone && args[0] === OWN) continue
      rows.push(await look(town, name, args))
    }
  })
}
printTable(['plugin', 'command', 'exit', 'stdout', 'stderr', 'ms'], rows)
process.stdout.write(`${wrongs.length} wrong\n${wrongs.map((wrong) => `WRONG: ${wrong}\n`).join('')}`)
if (wrongs.length > 0) process.exitCode = 1

async function look(town, name, args) {
  const begun = performance.now()
  const {code, stdout, stderr} = await run(town, args)
  const ms = Math.round(performance.now() - begun)
  const shape = shapeOf(stdout)
  const lines = stderr
    .split('\n')
    .filter((line) => line !== '' && !/^(noise on stdout|more noise)$/.test(line))
  const wrong = faultOf(name, args, {code, shape, lines})
  if (wrong !== '') wrongs.push(`${name}, gt ${args.join(' ')}: ${wrong}`)
  const said = lines.join(' / ').replaceAll(town.base, '…').slice(0, 160)
  return [name, args.join(' '), code, shape, said, ms]
}

/** Runs gt until it ends, or until the time limit. */
function run({base, env}, args) {
  return new Promise((resolve) => {
    const options = {cwd: base, env, timeout: LIMIT_MS}
    execFile(node, [launcher, ...args], options, (error, stdout, stderr) =>
      resolve({code: error ? (error.code ?? error.signal) : 0, stdout, stderr}),
    )
  })
}

function shapeOf(stdout) {
  if (stdout === '') return 'empty'
  try {
    const value = JSON.parse(stdout)
    return value?.error ? `JSON: ${value.error.message}`.slice(0, 110) : 'JSON'
  } catch {
    return 'text'
  }
}

function faultOf(name, args, {code, shape, lines}) {
  const told = [shape, ...lines].join('\n')
  if (args.includes('--json') && !shape.startsWith('JSON')) return `stdout is ${shape}`
  if (/\n {4}at /.test(told)) return 'a stack trace'
  if (args[0] === 'doctor') return shape === 'JSON' && code <= 1 ? '' : `the doctor exits with ${code}`
  if (typeof code !== 'number') return `it does not end within ${LIMIT_MS / 1000} s`
  if (code !== 0) return told.includes(name) ? '' : `it fails with ${code} and does not name the plugin`
  return lines.length > 1 ? `${lines.length} lines on stderr` : ''
}
