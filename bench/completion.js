// Measures a press of Tab in each shell that is installed here, from the second press on: the shell's own work and the gt
// that it runs. Compares it with an empty Node, and with gt on oclif, which answers the first Tab. The runs take turns.
// Usage: node bench/completion.js [rounds]
import {spawnSync} from 'node:child_process'
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {inTown, launcher, median, node, time} from './support/town.js'

const rounds = Number(process.argv[2] ?? 15)
const KEYSTROKES = 10

const repeated = {
  bash: (body) => `for ((i = 0; i < ${KEYSTROKES}; i++)); do ${body}; done`,
  zsh: (body) => `for ((i = 0; i < ${KEYSTROKES}; i++)); do ${body}; done`,
  fish: (body) => `for i in (seq ${KEYSTROKES}); ${body}; end`,
}

/** How to make each shell complete `gt witness start ` without a terminal. */
const keystrokes = {
  bash: {args: ['--norc'], press: 'COMP_WORDS=(gt witness start ""); COMP_CWORD=3; _gt'},
  zsh: {
    args: ['-f'],
    press: 'words=(gt witness start ""); CURRENT=4; _gt',
    before: 'compdef() { :; }; compadd() { :; }',
  },
  fish: {args: ['--no-config'], press: "complete -C 'gt witness start ' >/dev/null"},
}

await inTown(['alpha', 'beta'], (town) => {
  const programs = join(town.base, 'programs')
  mkdirSync(programs)
  symlinkSync(launcher, join(programs, 'gt'))
  symlinkSync(node, join(programs, 'node'))
  town.env.PATH = [programs, town.env.PATH].join(delimiter)
  const request = [node, launcher, 'completion', 'candidates', '--', 'fish', 'witness', 'start', '']
  const commands = {
    'node -e 0': {command: [node, '-e', '0'], count: 1},
    'gt --version (with oclif)': {command: [node, launcher, '--version'], count: 1},
    'gt completion candidates': {command: request, count: 1},
  }
  for (const [shell, {args, press, before = ':'}] of Object.entries(keystrokes)) {
    if (spawnSync(shell, ['-c', 'true'], {stdio: 'ignore'}).status !== 0) {
      process.stdout.write(`${shell} is not installed\n`)
      continue
    }
    const script = join(town.base, `script.${shell}`)
    const {stdout} = spawnSync(node, [launcher, 'completion', shell], {env: town.env, cwd: town.base})
    writeFileSync(script, stdout)
    const body = `${before}; source ${script}; ${repeated[shell](press)}`
    commands[`Tab in ${shell}`] = {command: [shell, ...args, '-c', body], count: KEYSTROKES}
  }
  report(measure(commands, town))
})

function measure(commands, town) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (const {command} of Object.values(commands)) time(command, town)
  for (let round = 0; round < rounds; round++) {
    for (const [name, {command, count}] of Object.entries(commands)) {
      times[name].push(time(command, town) / count)
    }
  }
  return times
}

function report(times) {
  process.stdout.write(`${rounds} rounds, wall, ms\n${'median'.padStart(35)}${'best'.padStart(8)}\n`)
  for (const [name, values] of Object.entries(times)) {
    const figures = [median(values), Math.min(...values)].map((ms) => ms.toFixed(1).padStart(8))
    process.stdout.write(`${name.padEnd(27)}${figures.join('')}\n`)
  }
}
