// What the host composes of the plugins' answers and of the system, with an oclif that answers what a test says.
import {spawn} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {GtError, type Host, type SessionBackend, type WorkQuery} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {afterEach, expect, onTestFinished, test, vi} from 'vitest'
import {completionTree, watchedPaths} from '../../../src/cli/completion-tree.js'
import {diagnosticsOf} from '../../../src/cli/diagnostics.js'
import {pluginFacts} from '../../../src/cli/plugin-facts.js'
import {patrolServices} from '../../../src/host/patrol.js'
import {createServices} from '../../../src/host/services.js'
import {sandbox} from '../../support/sandbox.js'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

type Answer = {successes?: unknown[]; failures?: unknown[]} | Error

/** An oclif whose hooks answer so. */
function oclif(answers: Record<string, Answer> = {}, more: object = {}): Config {
  const runHook = async (event: string) => {
    const answer = answers[event] ?? {}
    if (answer instanceof Error) throw answer
    return {successes: [], failures: [], ...answer}
  }
  return {runHook, commands: [], topics: [], getPluginsList: () => [], ...more} as unknown as Config
}

const failing = (name: string) => ({failures: [{plugin: {name}, error: new Error('no disk')}]})

const source = {name: 'tracker', priority: 5, read: async () => ({work: 'open'}) as const}

test('WorkSources_APluginIsBroken: what it knows is unknown, and the others are asked as well', async () => {
  const works = {...failing('jira'), successes: [{plugin: {name: 'other'}, result: [source]}]}
  const sources = await (await patrolServices(oclif({'gt:work': works}))).workSources()
  expect(sources.map(({name}) => name)).toEqual(['plugins', 'tracker'])
  await expect(sources[0]?.read({} as WorkQuery)).rejects.toMatchObject({
    code: 'WORK_UNKNOWN',
    message: expect.stringContaining('jira'),
  })
})

test('WorkSources_AllAnswer: they, and no other', async () => {
  const works = {successes: [{plugin: {name: 'other'}, result: [source]}]}
  expect(await (await patrolServices(oclif({'gt:work': works}))).workSources()).toEqual([source])
})

test('CompletionTree_APluginHangs: kept without what it offers; another failure is one', async () => {
  const hangs = new GtError('a plugin hangs', {code: 'PLUGIN_HANGS'})
  expect((await completionTree(oclif({'gt:backends': hangs}))).names).toMatchObject({backends: []})
  const other = new Error('out of memory')
  await expect(completionTree(oclif({'gt:roles': other}))).rejects.toBe(other)
})

test('WatchedPaths: the commands of a plugin without a manifest, too', async () => {
  const {dir} = sandbox()
  mkdirSync(join(dir, 'commands/deep'), {recursive: true})
  writeFileSync(join(dir, 'commands/deep/greet.js'), '')
  const plugin = (hasManifest: boolean, commands: unknown) => ({
    root: dir,
    hasManifest,
    pjson: {oclif: {commands}},
  })
  const watched = (...of: Parameters<typeof plugin>) =>
    watchedPaths(oclif({}, {dataDir: '/data', getPluginsList: () => [plugin(...of)]}))
  const greet = join(dir, 'commands/deep/greet.js')
  expect(await watched(false, './commands')).toContain(greet)
  expect(await watched(false, {target: './commands'})).toContain(greet)
  expect(await watched(true, './commands')).not.toContain(greet)
  expect(await watched(false, './nowhere')).toContain(join(dir, 'nowhere'))
  expect(await watched(false, undefined)).toContain('/data/package.json')
})

test('PluginFacts: what is installed and not there, commands that cannot be read, and those of two', async () => {
  const {dir} = sandbox()
  const plugins = ['renamed', 'gone'].map((name) => ({name, type: 'link', root: join(dir, name)}))
  writeFileSync(
    join(dir, 'package.json'),
    JSON.stringify({oclif: {plugins: [...plugins, {name: 'real', type: 'user'}]}}),
  )
  const loaded = [
    {
      name: 'real',
      alias: 'other',
      commandIDs: ['greet', 'a:b'],
      commands: [{id: 'greet'}],
      version: '1',
      type: 'user',
    },
    {
      name: 'new',
      alias: 'renamed',
      commandIDs: ['greet'],
      commands: [{id: 'greet'}],
      version: '2',
      type: 'link',
    },
  ]
  const {working, broken} = await pluginFacts(oclif({}, {dataDir: dir, getPluginsList: () => loaded}))
  expect(working.map(({name}) => name)).toEqual(['real', 'new'])
  expect(broken).toEqual(
    expect.arrayContaining([
      {name: 'gone', reason: expect.stringMatching(/^cannot be loaded: /)},
      {name: 'real', reason: "has a command 'a b' that cannot be read"},
      {name: 'new', reason: "has the command 'greet', which real has, too"},
    ]),
  )
  expect(broken.filter(({reason}) => reason.startsWith('cannot be loaded'))).toHaveLength(1)
})

test('Services: the system itself is asked', async () => {
  const services = createServices(oclif())
  const child = spawn('sleep', ['600'], {stdio: 'ignore'})
  onTestFinished(() => void child.kill('SIGKILL'))
  const pid = child.pid ?? 0
  expect(services.processState(pid)).toBe('running')
  expect((await services.identify(pid))?.start).toEqual(expect.any(String))
  expect(await services.runsUnder(pid)).toBe(false)
  expect(await services.runsUnder(process.ppid)).toBe(true)
  const backend = {name: 'fake'} as SessionBackend
  await expect(services.runAgainOutside(backend, {waitMs: 1})).rejects.toMatchObject({code: 'INSIDE_SESSION'})
  await expect(services.firstBackend()).rejects.toMatchObject({liveness: 'unknown'})
})

test('Services_Strays: those of the prefix end', async () => {
  const marker = `/strays-of-services/${process.pid}`
  // Of a tmux server that is certainly gone.
  const {pid: gone} = spawn('true', {stdio: 'ignore'}).once('error', () => {})
  const env = {...process.env, GT_SESSION_ID: marker, TMUX: `/nowhere,${gone},0`}
  const stray = spawn('sleep', ['600'], {stdio: 'ignore', env})
  const end = new Promise((resolve) => stray.once('exit', (_, signal) => resolve(signal)))
  expect(await createServices(oclif()).endStrays(marker, {graceMs: 5000})).toBe(1)
  expect(await end).toBe('SIGTERM')
})

test('Services_Warn: one line on stderr', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  createServices(oclif()).warn('it was late')
  expect(write).toHaveBeenCalledWith('warning: it was late\n')
})

const look = (config = oclif()) =>
  diagnosticsOf(config, {place: () => ({cwd: '/', env: {}})} as unknown as Host)

test('OtherProblems: of resolvers and of sources of work', async () => {
  const problems = await look(
    oclif({'gt:rigs': failing('finder'), 'gt:work': failing('jira')}),
  ).otherProblems()
  expect(problems).toEqual([expect.stringContaining('finder'), expect.stringContaining('jira')])
})
