import {spawn} from 'node:child_process'
import {copyFileSync, existsSync, readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {hasCode, type KillTarget} from '@gtown/sdk'
import {pidOf} from '@gtown/sdk/files'
import {expect, onTestFinished, test, vi} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../../process/src/index.js'
import {createPtyBackend} from '../../src/backend.js'
import type {Birth} from '../../src/birth.js'
import {ShimProcess} from '../../src/shim-process.js'
import {isAlive, quiet, readIfThere, records, shimOf, world} from '../support/world.js'

const startFixture = join(import.meta.dirname, '../fixtures/start.mjs')

test('start_FreeName: returns the session that inspect finds', async () => {
  const {backend} = world()
  const labels = {town: '/a b/ü', rig: 'a|b=c&d%', incarnation: 'one'}
  const session = await backend.start(quiet('gt-a-witness', {labels, env: {GT_ROOT: '/town'}}))
  expect(session).toMatchObject({
    name: 'gt-a-witness',
    incarnation: 'one',
    liveness: 'alive',
    attached: 0,
    stopping: false,
    environmentRoot: '/town',
    labels,
  })
  expect(await backend.inspect('gt-a-witness')).toEqual(session)
  const commandLine = '/bin/sleep\x00600\x00'
  await until('its process to run', () => readIfThere(`/proc/${session.pid}/cmdline`) === commandLine)
})

test('start_NameTaken: rejects with SESSION_EXISTS and changes nothing', async () => {
  const {backend} = world()
  const first = await backend.start(quiet('a', {labels: {owner: 'first'}}))
  const second = backend.start(quiet('a', {labels: {owner: 'second'}}))
  await expect(second).rejects.toMatchObject({
    code: 'SESSION_EXISTS',
    message: "session 'a' exists already",
  })
  expect(await backend.list()).toEqual([first])
})

test('start_TwentyAtOnce: one wins, and the others change nothing', async () => {
  const {backend} = world()
  const starts = Array.from({length: 20}, (_, n) => backend.start(quiet('a', {labels: {n: String(n)}})))
  const results = await Promise.allSettled(starts)
  const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const losers = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(winners).toHaveLength(1)
  expect(losers.filter((error) => !hasCode(error, 'SESSION_EXISTS'))).toEqual([])
  expect(await backend.list()).toEqual(winners)
})

test('start_SeveralNamesAtOnce: all are started, and a prefix finds those that begin with it', async () => {
  const {backend} = world()
  const names = ['gt-a', 'gt-a-2', 'gt-b', 'x'.repeat(200)]
  await Promise.all(names.map((name) => backend.start(quiet(name))))
  const found = async (prefix?: string) =>
    (await backend.list({...(prefix && {prefix})})).map(({name}) => name)
  expect(await found()).toEqual(names)
  expect(await found('gt-a')).toEqual(['gt-a', 'gt-a-2'])
  expect(await backend.inspect('gt-')).toBeUndefined()
  expect(await backend.inspect('gt')).toBeUndefined()
})

test('start_ProgramThatEndsAtOnce: is a dead session with its exit', async () => {
  const {backend, dir} = world()
  const program = join(dir, 'false')
  copyFileSync('/bin/false', program)
  await backend.start(quiet('a', {command: [program]}))
  await until('it to end', async () => (await backend.inspect('a'))?.liveness === 'dead')
  expect(await backend.inspect('a')).toMatchObject({exit: {code: 1}})
})

test('start_MissingProgram: is a dead session that says why', async () => {
  const {backend} = world()
  const session = await backend.start(quiet('a', {command: ['/nowhere/agent']}))
  await until('it to end', async () => (await backend.inspect('a'))?.exit?.code === 127)
  expect(await backend.capture(session, {lines: 1})).toEqual([
    'cannot run /nowhere/agent: No such file or directory',
  ])
})

test('start_Secrets: appear in no argument, variable or file of the shim', async () => {
  const here = world()
  await here.backend.start(quiet('a', {env: {TOKEN: 's3cret'}, command: ['/bin/sleep', '6000']}))
  const shim = shimOf(here)
  const shown = ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${shim}/${file}`, 'latin1'))
  const files = readdirSync(here.sessions).filter((file) => file.endsWith('.json'))
  shown.push(...files.map((file) => readFileSync(join(here.sessions, file), 'latin1')))
  expect(shown.join()).not.toMatch(/s3cret|6000/)
  expect(shown[1]).toContain('GT_SESSION_ID=infra')
  for (const file of readdirSync(here.sessions)) {
    expect(statSync(join(here.sessions, file)).mode & 0o777).toBe(0o600)
  }
})

test('start_FirstProcess: has the terminal, and no other descriptor of its shim', async () => {
  const here = world()
  const session = await here.backend.start(quiet('a'))
  const own = readdirSync('/proc/self/fd')
  const open = readdirSync(`/proc/${session.pid}/fd`).filter((fd) => Number(fd) < 3 || !own.includes(fd))
  expect(open).toEqual(['0', '1', '2'])
  const links = readdirSync(`/proc/${session.pid}/fd`).map((fd) =>
    readlinkSync(`/proc/${session.pid}/fd/${fd}`),
  )
  expect(links.filter((link) => link.includes('ptmx'))).toEqual([])
  expect(links.filter((link) => link.startsWith('socket:') && !inherited().has(link))).toEqual([])
})

/** Descriptors that this process passes to every child. */
function inherited(): Set<string> {
  return new Set(readdirSync('/proc/self/fd').map((fd) => linkOrNothing(`/proc/self/fd/${fd}`)))
}

function linkOrNothing(path: string): string {
  try {
    return readlinkSync(path)
  } catch (error) {
    // The descriptor of the listing itself.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return ''
  }
}

test('start_StarterKilledBeforeItIsDone: nothing runs, and the name is free at once', async () => {
  const here = world()
  const starter = spawn(process.execPath, [startFixture, 'a', 'stay'], {
    env: here.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = await new Promise<number>((resolve) => {
    starter.stdout.on('data', (text) => resolve(Number(text)))
  })
  await until('it to ignore hang-ups', () => readIfThere(`/proc/${pid}/cmdline`).startsWith('sleep'))
  expect(records(here)).toMatchObject([{name: 'a', phase: 'starting'}])
  await expect(here.backend.start(quiet('a'))).rejects.toMatchObject({code: 'SESSION_EXISTS'})
  starter.kill('SIGKILL')
  await until('its process to be gone', () => !isAlive(pid))
  expect(await here.backend.inspect('a')).toBeUndefined()
  expect(await here.backend.list()).toEqual([])
  expect(await here.backend.start(quiet('a'))).toMatchObject({liveness: 'alive'})
})

test('start_TerminalThatIsClosed: the session lives on, and gt has ended', async () => {
  const here = world()
  const {backend, dir, sessions, tmux} = here
  const script = `GT_PTY_DIR=${sessions} ${process.execPath} ${startFixture} a && touch ${dir}/done; sleep 600`
  tmux('-L', 'terminal', '-f', '/dev/null', 'new-session', '-d', 'sh', '-c', script)
  await until('gt to end', () => existsSync(join(dir, 'done')))
  tmux('-L', 'terminal', 'kill-server')
  const shim = shimOf(here)
  const [, , session, terminal] = readIfThere(`/proc/${shim}/stat`).split(') ')[1]?.split(' ').slice(1) ?? []
  expect({session, terminal}).toEqual({session: String(shim), terminal: '0'})
  expect(await backend.inspect('a')).toMatchObject({liveness: 'alive'})
})

test('start_Aborted: rejects with the reason, and nothing is left', async () => {
  const here = world()
  const reason = new Error('enough')
  const aborted = here.backend.start(quiet('a'), {signal: AbortSignal.abort(reason)})
  await expect(aborted).rejects.toBe(reason)
  const controller = new AbortController()
  const starting = here.backend.start(quiet('a', {env: {GT_SESSION_ID: here.marker}}), {
    signal: controller.signal,
  })
  const rejection = expect(starting).rejects.toBe(reason)
  await until('the name to be taken', () => records(here).length === 1)
  controller.abort(reason)
  await rejection
  expect(readdirSync(here.sessions)).toEqual([])
})

test('start_AbortedWhenItsProcessRuns: its processes and its shim end, and nothing is left', async () => {
  const here = world()
  const killed: KillTarget[] = []
  const noting = {
    ...killer,
    end: async (target: KillTarget) => {
      killed.push(target)
      return []
    },
  }
  const [controller, reason] = [new AbortController(), new Error('enough')]
  const born: number[] = []
  const createSession = ShimProcess.prototype.createSession
  const spy = vi.spyOn(ShimProcess.prototype, 'createSession').mockImplementation(async function (
    this: ShimProcess,
    ...args
  ) {
    const reply = await createSession.apply(this, args)
    born.push(reply.pid, pidOf(reply.owner))
    controller.abort(reason)
    return reply
  })
  onTestFinished(() => spy.mockRestore())
  const starting = createPtyBackend({killer: noting, env: here.env}).start(
    quiet('a', {env: {GT_SESSION_ID: here.marker}}),
    {signal: controller.signal},
  )
  await expect(starting).rejects.toBe(reason)
  expect(killed).toEqual([{roots: born.slice(0, 1), marker: here.marker}])
  expect(born.filter(isAlive)).toEqual([])
  expect(readdirSync(here.sessions)).toEqual([])
})

test('start_MarkerOfNoSession: is not taken for this session’s', async () => {
  const here = world()
  await here.backend.start(quiet('a', {env: {GT_SESSION_ID: 'infra'}}))
  expect(records(here)[0]).not.toHaveProperty('marker')
})

test('start_ShimThatFails: is an error that says why, and it ends', async () => {
  const shim = new ShimProcess(process.env)
  const birth = {record: {name: 'a'}, socket: '/nowhere/socket', command: ['/bin/true'], cwd: '/', env: {}}
  await expect(shim.createSession(birth as unknown as Birth)).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
    message: expect.stringContaining("session 'a' cannot be held: "),
  })
  await shim.end()
})
