// The transcripts of the original, replayed: stdout and exit code in full, of stderr the first line.
import {mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {firstLine, gt} from '../support/cli.js'
import {closeSandbox, openSandbox, type Sandbox} from '../support/sandbox.js'
import {makeTown, writeJson} from '../support/town.js'

const folder = new URL('golden/', import.meta.url).pathname

interface Transcript {
  cwd: string
  args: string[]
  code: number
  stdout: string
  stderr: string
}

/** Where we differ from the original on purpose. */
const differences: Record<string, Partial<Transcript>> = {
  // A usage error exits 2.
  'badflag.txt': {code: 2},
  'extra-status.txt': {code: 2},
  // Without a rig all are meant.
  'missing-status.txt': {
    code: 0,
    stdout: [
      'Rig    State    Agent  Backend  Since',
      ...['alpha', 'beta', 'delta', 'gamma', 'ghost'].map((rig) => `${rig.padEnd(5)}  stopped`),
      '',
    ].join('\n'),
    stderr: '',
  },
  // Said once, not twice.
  'status-outside.txt': {stderr: 'Error: not in a Gas Town workspace'},
  'disc-symlink.txt': {stderr: 'Error: not in a Gas Town workspace'},
  // An --env entry without '=' is an error: nothing is started without what was asked for.
  'start-ok.txt': {args: ['witness', 'start', 'alpha', '--env', 'FOO=bar', '--env', 'EQ=a=b']},
  // Stopping the last session of a tmux server is no reason for a warning.
  'run-stop.txt': {stdout: '✓ Witness stopped for alpha\n'},
}

const whileRunning = [
  'start-ok.txt',
  'run-status.txt',
  'run-status-json.txt',
  'run-start-again.txt',
  'run-restart.txt',
  'run-stop.txt',
  'run-stop2.txt',
]
const all = readdirSync(folder)
const help = all.filter((name) => name.startsWith('help-'))
const others = all.filter((name) => !help.includes(name) && !whileRunning.includes(name))

let box: Sandbox

beforeAll(() => {
  box = openSandbox()
  makeTown(join(box.dir, 'town'))
  makeOddPlaces(join(box.dir, 'root'))
})
afterAll(() => closeSandbox(box))

describe('with no witness running', () => {
  test.each(others)('%s', replay)
})

// In this order: each needs what the one before it left.
describe('with a witness running', () => {
  test.each(whileRunning)('%s', replay)
})

describe('help keeps the words and examples', () => {
  test.each(help)('%s', async (name) => {
    const expected = read(name)
    const result = await run(expected)
    expect(result.code).toBe(0)
    const [words] = expected.stdout.split(/^Usage:/m)
    for (const line of words?.replace('Examples:', '').split('\n') ?? []) {
      expect(result.stdout.replaceAll(/\s+/g, ' ')).toContain(line.replaceAll(/\s+/g, ' ').trim())
    }
  })
})

async function replay(name: string): Promise<void> {
  const expected = {...read(name), ...differences[name]}
  const result = await run(expected)
  if (!expected.args.includes('--json')) expect(result.stdout).toBe(expected.stdout)
  // A failure under --json is told on stdout as well.
  else if (expected.code === 0) expectKeysFirst(result.stdout, expected.stdout)
  expect(firstLine(result.stderr)).toBe(firstLine(expected.stderr))
  expect(result.code).toBe(expected.code)
}

/** The original's JSON, its keys in its order and its layout; keys of ours may follow. */
function expectKeysFirst(stdout: string, original: string): void {
  const keys = Object.keys(JSON.parse(original))
  const first = Object.entries(JSON.parse(stdout)).slice(0, keys.length)
  expect(`${JSON.stringify(Object.fromEntries(first), null, 2)}\n`).toBe(original)
  expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), null, 2)}\n`)
}

function run({args, cwd}: Transcript) {
  const place = cwd.replace(/^TOWN/, join(box.dir, 'town')).replace(/^ROOT/, join(box.dir, 'root'))
  return gt(args, {cwd: place, env: box.env})
}

/** `# cwd=…`, the command with its exit code, stdout, stderr. */
function read(name: string): Transcript {
  const text = readFileSync(join(folder, name), 'utf8')
  const match =
    /^# cwd=(.*)\n\$ gt (.*?) {3}-> exit (\d+)\n--- stdout\n([\s\S]*?)--- stderr\n?([\s\S]*)$/.exec(text)
  if (!match) throw new Error(`${name} is no transcript`)
  const [, cwd = '', command = '', code, stdout = '', stderr = ''] = match
  return {cwd, args: command.split(' '), code: Number(code), stdout, stderr}
}

/** The places of the transcripts that are not in the town: nested towns, links, nowhere. */
function makeOddPlaces(root: string): void {
  const rig = {version: 1, rigs: {alpha: {}}}
  const nested = join(root, 'disc/town/alpha/polecats/p2/inner')
  for (const directory of [
    join(nested, 'mayor'),
    join(root, 'disc/town/mayor'),
    join(root, 'disc/sec/mayor'),
    join(root, 'disc/sec/alpha/polecats/p1'),
    join(root, 'disc/sec/rigx'),
    join(root, 'outside'),
  ]) {
    mkdirSync(directory, {recursive: true})
  }
  writeFileSync(join(nested, 'mayor/town.json'), '{}')
  writeFileSync(join(root, 'disc/town/mayor/town.json'), '{}')
  writeJson(join(root, 'disc/town/mayor/rigs.json'), rig)
  writeJson(join(root, 'disc/sec/mayor/rigs.json'), rig)
  symlinkSync(join(box.dir, 'town/alpha/polecats/nux'), join(root, 'outside/link'))
}
