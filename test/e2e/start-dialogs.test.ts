// Dialogs that stand before an agent's first prompt, at a start in a real terminal.
import {describe, expect, test} from 'vitest'
import {type CarefulTown, carefulTown} from './support/careful-town.js'

const start = (town: CarefulTown, ...flags: string[]) =>
  town.run('witness', 'start', 'alpha', '--timeout', '10s', ...flags)

function sessions(town: CarefulTown): string {
  return town.box.tmux('list-sessions', '-F', '#S')
}

/** Keeps the tmux server when the last session of the town is gone. */
function keepServer(town: CarefulTown) {
  town.box.tmux('new-session', '-d', '-s', 'other', 'cat')
}

describe('whether the folder is trusted, with the wrong choice marked', () => {
  test('allowed by --accept-dialogs: the mark is moved first, then confirmed', async () => {
    const town = carefulTown('claude', {env: {AGENT_START: 'folder'}})
    expect(await start(town, '--accept-dialogs')).toMatchObject({code: 0, stderr: ''})
    expect(town.notes('keys')).toEqual(['\x1b[B', '\r'])
    expect((await town.run('peek', 'alpha/witness', '--state')).stdout).toBe('idle (screen)\n')
  })

  test('allowed by the argument that lets the agent work without questions', async () => {
    const town = carefulTown('claude', {env: {AGENT_START: 'folder'}, args: ['--yes'], auto_approve: '--yes'})
    expect(await start(town)).toMatchObject({code: 0, stderr: ''})
    expect(town.notes('keys')).toEqual(['\x1b[B', '\r'])
  })

  test.each([[['--no-accept-dialogs']], [[]]])(
    'not allowed (%j): blocked, with its text, and nothing left',
    async (flags) => {
      const args = flags.length > 0 ? ['--yes'] : []
      const town = carefulTown('claude', {env: {AGENT_START: 'folder'}, args, auto_approve: '--yes'})
      keepServer(town)
      const {code, stdout, stderr} = await start(town, '--json', ...flags)
      expect(code).toBe(1)
      expect(JSON.parse(stdout).error).toMatchObject({
        code: 'AGENT_BLOCKED',
        dialog: expect.stringContaining('one you trust?'),
      })
      expect(stderr).toContain('one you trust?')
      expect(stderr).toContain('--accept-dialogs')
      expect(town.notes('keys')).toEqual([])
      expect(sessions(town)).toBe('other\n')
    },
  )

  test('the screen changes between look and key: no key reaches a dialog that was not read', async () => {
    const town = carefulTown('claude', {env: {AGENT_START: 'shifting'}})
    keepServer(town)
    const {code} = await start(town, '--accept-dialogs', '--timeout', '4s')
    // What is pressed at all is right: the mark is moved, and only the right choice confirmed.
    expect(town.notes('violations')).toEqual([])
    const keys = town.notes('keys')
    if (code === 0) expect(keys.at(-1)).toBe('\r')
    expect(keys.indexOf('\r')).not.toBe(0)
  })
})

test('a dialog that is not known is never answered, whatever is allowed', async () => {
  const town = carefulTown('claude', {env: {AGENT_START: 'legal'}})
  keepServer(town)
  const {code, stdout} = await start(town, '--accept-dialogs', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'AGENT_BLOCKED',
    dialog: expect.stringContaining('new terms'),
  })
  expect(town.notes('keys')).toEqual([])
  expect(sessions(town)).toBe('other\n')
})

test('a prompt that is drawn late is waited for', async () => {
  const town = carefulTown('claude', {env: {AGENT_START: 'late'}})
  expect(await start(town)).toMatchObject({code: 0, stderr: ''})
  expect((await town.run('peek', 'alpha/witness', '--state')).stdout).toBe('idle (screen)\n')
})

test('startup messages are typed only into an idle prompt, whole and in order', async () => {
  const town = carefulTown('claude', {prompt_mode: 'none'})
  expect(await start(town)).toMatchObject({code: 0, stderr: ''})
  expect(town.submitted()).toEqual([
    expect.stringContaining('[GAS TOWN]'),
    expect.stringContaining('gt prime'),
  ])
  expect(town.notes('violations')).toEqual([])
})
