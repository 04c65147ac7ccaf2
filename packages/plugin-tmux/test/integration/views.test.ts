import {describe, expect, test} from 'vitest'
import {countingTmux} from '../../../../test/support/counting-tmux.js'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {fakeTmux, quiet, world} from '../support/world.js'

const shell = (script: string): [string, ...string[]] => ['/bin/sh', '-c', script]

describe('views', () => {
  test('views_ManySessions: all of them in one tmux process', async () => {
    const box = sandbox()
    const {path, calls} = countingTmux(box)
    const {backend} = world({PATH: `${path}:${box.env.PATH}`}, box)
    const names = Array.from({length: 30}, (_, index) => `s${index}`)
    const sessions = []
    for (const name of names) {
      sessions.push(await backend.start(quiet(name, {command: shell(`echo ${name}; exec sleep 600`)})))
    }
    for (const session of sessions) {
      await until(session.name, async () => (await backend.view(session)).rows[0] === session.name)
    }
    const before = calls().length
    const views = await backend.views(sessions)
    expect(calls().length - before).toBe(1)
    expect([...views].map(([name, view]) => [name, view.rows[0]])).toEqual(names.map((name) => [name, name]))
  }, 120_000)

  test('views_SomeAreOver: they are left out, and the others are there', async () => {
    const {backend, tmux} = world()
    const [first, second, third, last] = [
      await backend.start(quiet('a')),
      await backend.start(quiet('b')),
      await backend.start(quiet('c')),
      await backend.start(quiet('d')),
    ]
    await backend.stop(first, {graceMs: 0})
    tmux('kill-session', '-t', '=b')
    await backend.start(quiet('b'))
    process.kill(third.pid, 'SIGKILL')
    await until('its process to end', async () => (await backend.inspect('c'))?.liveness === 'dead')
    const views = await backend.views([first, second, third, last])
    // The screen of an ended process can still be read.
    expect([...views.keys()]).toEqual(['c', 'd'])
  })

  test('views_AnotherPaneInFront: is left to view', async () => {
    const {backend, tmux} = world()
    const [split, plain] = [await backend.start(quiet('a')), await backend.start(quiet('b'))]
    tmux('split-window', '-t', '=a:', 'sleep 600')
    expect([...(await backend.views([split, plain])).keys()]).toEqual(['b'])
  })

  test('views_HookOfTheUserPrints: its output is not taken for a screen', async () => {
    const {backend, tmux} = world()
    const session = await backend.start(quiet('a', {command: shell('echo agent; exec sleep 600')}))
    await until('the text', async () => (await backend.view(session)).rows[0] === 'agent')
    tmux('set-hook', '-g', 'after-display-message', 'display-message -p noise')
    expect((await backend.views([session])).size).toBe(0)
    tmux('set-hook', '-gu', 'after-display-message')
    expect((await backend.views([session])).get('a')?.rows[0]).toBe('agent')
  })

  test('views_SameIdOfAnotherLife: is not shown', async () => {
    const {backend, tmux} = world()
    const first = await backend.start(quiet('a'))
    tmux('kill-server')
    const second = await backend.start(quiet('a'))
    expect(second.id).toBe(first.id)
    expect([...(await backend.views([first])).keys()]).toEqual([])
    expect([...(await backend.views([second])).keys()]).toEqual(['a'])
  })

  test('views_NoServer: there are none; no answer is an error', async () => {
    const box = sandbox()
    const {backend} = world({}, box)
    const session = await backend.start(quiet('a'))
    box.tmux('kill-server')
    expect((await backend.views([session])).size).toBe(0)
    const {backend: mute} = world({PATH: fakeTmux(box, 'echo "no way" >&2; exit 1')}, box)
    await expect(mute.views([session])).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  })
})
