// A home, a town with one rig and a tmux server that nobody else sees, and gt in it.
import {execFileSync, spawn} from 'node:child_process'
import {existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {knownAgents} from '../../../dist/agents/known/index.js'

/** How gt runs each agent that it knows. */
export const presets = Object.fromEntries((await knownAgents()).map(([name, {preset}]) => [name, preset]))

const launcher = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))

/** gt, for a shell. */
export const gtCommand = `'${process.execPath}' '${launcher}'`

/** Makes the world. `programs` is the folder of the agent's program. Call `remove` when nothing runs in it any more. */
export function makeWorld(programs) {
  const base = mkdtempSync(join(tmpdir(), 'gt-agents-'))
  const town = join(base, 'town')
  const directory = join(town, 'alpha', 'witness')
  layOut(base, town)
  const env = {
    PATH: [programs, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: join(base, 'home'),
    TMPDIR: join(base, 'tmp'),
    TMUX_TMPDIR: join(base, 'tmux'),
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    SHELL: '/bin/sh',
  }
  const tmux = (...args) => execFileSync('tmux', ['-u', '-L', 'default', ...args], {env, encoding: 'utf8'})
  // So that the server does not end with the session that is looked at.
  tmux('new-session', '-d', '-s', 'keep', 'exec sleep infinity')
  return {
    directory,
    town,
    tmux,
    gt: (...args) => run([launcher, ...args], {cwd: town, env}),
    /** What stands in the files below the home that a pattern such as `.codex/rules/**` matches. */
    kept: (patterns) => contentOf(env.HOME, patterns),
    isThere: existsSync,
    /** A bare repository with one commit; returns its path. */
    makeOrigin: () => makeOrigin(base, env),
    /** Whether a file of the directory that the agent works in exists. */
    has: (name) => existsSync(join(directory, name)),
    /** Makes it the town's agent, and its files all that is in the home; returns it with its `variables`. */
    useAgent: (agent, model, {works = directory, settings = {}} = {}) =>
      useAgent({town, home: env.HOME, place: {model, directory: works}, settings}, agent),
    git: (folder, ...args) =>
      execFileSync('git', ['-C', folder, ...args], {env, encoding: 'utf8', stdio: 'pipe'}).trim(),
    screen: (session) => tmux('capture-pane', '-p', '-t', `=${session}:`).trimEnd().split('\n'),
    /** What tmux says of a session, by a format of its own such as `#{pane_pid}`. */
    ask: (session, format) => tmux('display-message', '-p', '-t', `=${session}:`, format).trim(),
    remove: () => rmSync(base, {recursive: true, force: true}),
  }
}

function makeOrigin(base, env) {
  const [origin, project] = [join(base, 'origin.git'), join(base, 'project')]
  const git = (...args) => execFileSync('git', args, {env, stdio: 'pipe'})
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
  git('init', '--quiet', '--initial-branch=main', project)
  git('-C', project, ...author, 'commit', '--quiet', '--allow-empty', '--message=First')
  git('clone', '--quiet', '--bare', project, origin)
  return origin
}

function layOut(base, town) {
  for (const folder of ['home', 'tmux', 'tmp', 'town/mayor', 'town/settings', 'town/alpha/witness']) {
    mkdirSync(join(base, folder), {recursive: true, mode: 0o700})
  }
  writeJson(join(town, 'mayor', 'town.json'), {type: 'town', version: 2, name: 'agents'})
  writeJson(join(town, 'mayor', 'rigs.json'), {version: 1, rigs: {alpha: {}}})
}

function useAgent({town, home, place, settings: others}, agent) {
  const variables = {...presets[agent.preset].env, ...agent.env(place)}
  const entry = {...presetEntry(agent), env: variables}
  const settings = {version: 1, default_agent: agent.name, agents: {[agent.name]: entry}, ...others}
  writeJson(join(town, 'settings', 'config.json'), settings)
  rmSync(home, {recursive: true})
  mkdirSync(home, {mode: 0o700})
  for (const [path, text] of Object.entries(agent.files(place))) {
    mkdirSync(dirname(join(home, path)), {recursive: true})
    writeFileSync(join(home, path), text)
  }
  return {...agent, variables}
}

/** An entry of the preset's own name is merged over it; one of another name has to repeat it. */
function presetEntry({name, preset, args}) {
  const {command, readyPromptPrefix} = presets[preset]
  if (name !== preset) return {command, args, ready_prompt_prefix: readyPromptPrefix}
  return {command, ...(args && {args})}
}

function contentOf(home, patterns) {
  const files = globSync(patterns, {cwd: home, withFileTypes: true}).filter((entry) => entry.isFile())
  const paths = files.map(({parentPath, name}) => join(parentPath, name)).sort()
  return paths.map((path) => `${path}\n${readFileSync(path, 'utf8')}`).join('\n')
}

/** Runs Node without waiting for it; resolves with its exit code, output and wall time in milliseconds. */
function run(args, options) {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {...options, stdio: ['ignore', 'pipe', 'pipe']})
    const output = {stdout: '', stderr: ''}
    child.stdout.setEncoding('utf8').on('data', (text) => (output.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (output.stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({code, ...output, ms: performance.now() - start}))
  })
}

function writeJson(file, value) {
  writeFileSync(file, JSON.stringify(value))
}
