import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {exitBy, fakeTmux, quiet, readIfThere, type World, world} from '../support/world.js'

/** Waits until the session is dead, and returns it. */
async function ended({backend}: World, name: string) {
  return until(`${name} to be dead`, async () => {
    const session = await backend.inspect(name)
    return session?.liveness === 'dead' && session
  })
}

test('inspect_NoServerAndNoSession: is undefined, certainly', async () => {
  const {backend} = world()
  expect(await backend.inspect('gt-a-witness')).toBeUndefined()
  expect(await backend.list()).toEqual([])
  await backend.start(quiet('other'))
  expect(await backend.inspect('gt-a-witness')).toBeUndefined()
})

test('inspect_NameThatIsAPrefixOfAnother: is undefined', async () => {
  const {backend} = world()
  await backend.start(quiet('gt-a-witness-2'))
  expect(await backend.inspect('gt-a-witness')).toBeUndefined()
})

test.each(['a:b', '=a', '$0', '%1', '@1', '{last}', ''])('inspect_Name %s: is refused', async (name) => {
  await expect(world().backend.inspect(name)).rejects.toMatchObject({code: 'INVALID_NAME'})
})

test('inspect_AnySession: takes one tmux process, and so does list', async () => {
  const box = sandbox()
  const log = join(box.dir, 'log')
  const path = fakeTmux(box, `echo x >> '${log}'; exec tmux "$@"`)
  const plain = world({}, box)
  for (const name of ['a', 'b', 'c']) await plain.backend.start(quiet(name))
  const counted = world({PATH: path}, box)
  expect(await counted.backend.inspect('a')).toBeDefined()
  expect(readFileSync(log, 'utf8')).toBe('x\n')
  expect(await counted.backend.list()).toHaveLength(3)
  expect(readFileSync(log, 'utf8')).toBe('x\nx\n')
})

test('inspect_ForeignSession: has no labels, its root, and an incarnation that stays', async () => {
  const {backend, tmux} = world()
  tmux('new-session', '-d', '-s', 'gt-a-witness', '-e', 'GT_ROOT=/town of ü\nsecond line', 'sleep', '600')
  const session = await backend.inspect('gt-a-witness')
  expect(session).toMatchObject({labels: {}, environmentRoot: '/town of ü\nsecond line', liveness: 'alive'})
  expect(session?.incarnation).toMatch(/^created:\d+$/)
  expect(await backend.inspect('gt-a-witness')).toEqual(session)
  tmux('new-session', '-d', '-s', 'rootless', 'sleep', '600')
  expect(await backend.inspect('rootless')).not.toHaveProperty('environmentRoot')
})

test('inspect_ExitCode: is kept with the dead session', async () => {
  const here = world()
  await here.backend.start(quiet('a', {command: ['/bin/sh', '-c', 'exit 42']}))
  expect(await ended(here, 'a')).toMatchObject({exit: {code: 42}})
})

test('inspect_TmuxThatMissedTheEnd: asks again how the process ended', async () => {
  const box = sandbox()
  const here = world({}, box)
  await here.backend.start(quiet('a', {command: ['/bin/sh', '-c', 'exit 42']}))
  await ended(here, 'a')
  const path = fakeTmux(
    box,
    `case $* in *run-shel*) exec tmux "$@";; *) tmux "$@" | sed 's/|1|42||/|1|||/';; esac`,
  )
  expect(await world({PATH: path}, box).backend.inspect('a')).toMatchObject({
    liveness: 'dead',
    exit: {code: 42},
  })
  expect((await world({PATH: path}, box).backend.list())[0]).toMatchObject({liveness: 'dead', exit: {}})
})

test('inspect_KilledBySignal: the signal is kept', async () => {
  const here = world()
  const {pid} = await here.backend.start(quiet('a'))
  process.kill(pid, 'SIGUSR1')
  expect(await ended(here, 'a')).toMatchObject({exit: exitBy('SIGUSR1', here)})
})

test('inspect_AgentEndedWhileAChildHoldsItsTerminal: is dead', async () => {
  const here = world()
  const child = join(here.dir, 'child')
  const script = `trap "" HUP; sleep 600 & echo $! > ${child}; exit 3`
  await here.backend.start(quiet('a', {command: ['/bin/sh', '-c', script]}))
  expect(await ended(here, 'a')).toMatchObject({exit: {code: 3}})
  expect(process.kill(Number(readIfThere(child)), 'SIGKILL')).toBe(true)
})

test('inspect_AgentEndedWhileAnotherPaneLives: is dead', async () => {
  const here = world()
  const {pid} = await here.backend.start(quiet('a'))
  here.tmux('split-window', '-b', '-t', '=a:', 'sleep', '600')
  here.tmux('new-window', '-t', '=a:', 'sleep', '600')
  expect(await here.backend.inspect('a')).toMatchObject({liveness: 'alive', pid})
  process.kill(pid, 'SIGKILL')
  expect(await ended(here, 'a')).toMatchObject({pid})
})

test('inspect_AgentPaneClosedWhileAnotherLives: is dead', async () => {
  const here = world()
  const {pid} = await here.backend.start(quiet('a'))
  const pane = here.tmux('list-panes', '-t', '=a:', '-F', '#{pane_id}').trim()
  here.tmux('split-window', '-t', '=a:', 'sleep', '600')
  here.tmux('kill-pane', '-t', pane)
  expect(await here.backend.inspect('a')).toMatchObject({liveness: 'dead', exit: {}, pid})
})

test('list_Prefix: finds labelled and foreign sessions whose name begins with it', async () => {
  const {backend, tmux} = world()
  const labels = {town: '/t', rig: 'a'}
  for (const name of ['gt-a-witness', 'gt-b-witness', 'hq-deacon']) await backend.start(quiet(name, {labels}))
  tmux('new-session', '-d', '-s', 'gt-foreign|x', 'sleep', '600')
  tmux('split-window', '-t', '=gt-a-witness:', 'sleep', '600')
  expect((await backend.list({prefix: 'gt-'})).map(({name, labels}) => [name, labels])).toEqual([
    ['gt-a-witness', labels],
    ['gt-b-witness', labels],
    ['gt-foreign|x', {}],
  ])
  expect(await backend.list()).toHaveLength(4)
  expect(await backend.list({prefix: 'gt-c'})).toEqual([])
})

test('inspect_LastActivity: moves when the screen changes', async () => {
  const {backend, tmux} = world()
  const {lastActivityAt} = await backend.start(quiet('a', {command: ['/bin/cat', '-u']}))
  await until('the activity to move', async () => {
    tmux('send-keys', '-t', '=a:', 'x', 'Enter')
    return ((await backend.inspect('a'))?.lastActivityAt ?? 0) > lastActivityAt
  })
})

test('inspect_WithItsView: has the agent’s screen, and none when another pane is active', async () => {
  const {backend, tmux} = world()
  const command: [string, ...string[]] = ['/bin/sh', '-c', 'echo agent; exec sleep 600']
  const session = await backend.start(quiet('a', {command}))
  const shown = async () => (await backend.inspect('a', {view: true}))?.view?.rows[0]
  await until('the text', async () => (await shown()) === 'agent')
  tmux('split-window', '-t', '=a:', 'sleep 600')
  expect(await backend.inspect('a', {view: true})).toMatchObject({pid: session.pid})
  expect(await shown()).toBeUndefined()
})

test.each([
  ['the session has its own', {GT_ROOT: '/town\nline'}, '/town\nline'],
  ['the session has none', {}, undefined],
])('inspect_VariableOnTheScreen, and %s: is none of its environment', async (_, env, root) => {
  const {backend} = world()
  const command: [string, ...string[]] = ['/bin/sh', '-c', 'echo GT_ROOT=/other; exec sleep 600']
  await backend.start(quiet('a', {command, env}))
  const look = () => backend.inspect('a', {view: true})
  await until('the text', async () => (await look())?.view?.rows[0] === 'GT_ROOT=/other')
  expect((await look())?.environmentRoot).toBe(root)
})
