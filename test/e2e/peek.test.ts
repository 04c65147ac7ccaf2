// Whose session an address means, and what peek tells of it, at sessions in real terminals.
import {describe, expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {until} from '../support/until.js'
import {type CarefulTown, carefulTown} from './support/careful-town.js'

/** A session as the original makes them: no labels, and `GT_ROOT` in its environment. */
function original(town: CarefulTown, name: string, root: string) {
  const command = ['bash', '-c', 'exec -a claude "$0" "$@"', process.execPath, town.program]
  const env = ['-e', `GT_ROOT=${root}`, '-e', `AGENT_LOG=${town.log}`, '-e', 'AGENT_LOOK=claude']
  town.box.tmux('new-session', '-d', '-s', name, '-x', '100', '-y', '30', ...env, ...command)
}

const idle = 'idle (screen)\n'

describe('peek', () => {
  test('shows the screen, the last lines of it, or the state, in words and as JSON', async () => {
    const town = carefulTown('claude')
    await town.started()
    const {stdout} = await town.run('peek', 'alpha/witness')
    expect(stdout).toContain('Claude Code v2.1.330')
    expect((await town.run('peek', 'alpha/witness', '--lines', '1')).stdout).toBe('  ⏸ manual mode on\n')
    expect((await town.run('peek', 'alpha/witness', '1')).stdout).toBe('  ⏸ manual mode on\n')
    await town.tell('permission')
    const {code, stdout: json} = await town.run('peek', 'alpha/witness', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(json)).toMatchObject({
      address: 'alpha/witness',
      session: 'gt-alpha-witness',
      backend: 'tmux',
      attached: false,
      state: {
        value: 'permission',
        text: expect.stringContaining('Do you want to proceed?'),
        choices: [
          {label: 'Yes', marked: true},
          {label: 'No', marked: false},
        ],
        evidence: [{source: 'screen', says: 'permission', age_ms: expect.any(Number)}],
      },
      lines: expect.arrayContaining([expect.stringContaining('Do you want to proceed?')]),
    })
    expect(
      JSON.parse((await town.run('peek', 'alpha/witness', '--state', '--json')).stdout),
    ).not.toHaveProperty('lines')
    expect((await town.run('peek', 'alpha/witness', 'many')).code).toBe(2)
  })

  test('an agent that has ended is dead, whatever its screen shows', async () => {
    const town = carefulTown('claude')
    await town.started()
    await town.tell('die').catch(() => undefined)
    await until('its end', async () =>
      (await town.run('peek', 'alpha/witness', '--state')).stdout.startsWith('dead'),
    )
    expect(await town.run('nudge', 'alpha/witness', 'are you there?')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has ended'),
    })
  })
})

describe('addresses', () => {
  test('witness alone is the one of the rig of this directory', async () => {
    const town = carefulTown('claude')
    await town.started()
    const inside = (...args: string[]) => gt(args, {cwd: `${town.cwd}/alpha/witness`, env: town.box.env})
    expect(await inside('peek', 'witness', '--state')).toMatchObject({code: 0, stdout: idle})
    expect((await town.run('peek', 'witness', '--state')).code).not.toBe(0)
    expect((await gt(['peek', 'witness'], {cwd: `${town.cwd}/beta`, env: town.box.env})).stderr).toContain(
      'beta/witness',
    )
  })

  test.each([
    ['alpha/nux', 'gt-alpha-nux'],
    ['alpha/polecats/nux', 'gt-alpha-nux'],
    ['alpha/crew/max', 'gt-alpha-crew-max'],
    ['alpha/refinery', 'gt-alpha-refinery'],
    ['deacon', 'hq-deacon'],
    ['hq/deacon', 'hq-deacon'],
    ['mayor', 'hq-mayor'],
  ])("%s, a session of the original's: looked at and nudged", async (address, name) => {
    const town = carefulTown('claude')
    original(town, name, town.cwd)
    await until('its prompt', async () => (await town.run('peek', address, '--state')).stdout === idle)
    expect(await town.run('nudge', address, 'hello')).toMatchObject({code: 0, stderr: ''})
    expect(town.submitted()).toEqual(['hello'])
  })

  test("another town's session is left alone", async () => {
    const town = carefulTown('claude')
    original(town, 'gt-alpha-nux', '/')
    for (const args of [
      ['peek', 'alpha/nux'],
      ['nudge', 'alpha/nux', 'hello'],
    ]) {
      const {code, stderr} = await town.run(...args)
      expect([code, stderr]).toEqual([1, expect.stringContaining('another town')])
    }
    expect(town.notes('submitted')).toEqual([])
  })

  test('the beginning of a name is no name', async () => {
    const town = carefulTown('claude')
    original(town, 'gt-alpha-nux', town.cwd)
    original(town, 'gt-alpha-witness', town.cwd)
    for (const address of ['alpha/nu', 'alpha/wit', 'alp/witness']) {
      expect((await town.run('peek', address)).code).toBe(1)
    }
  })

  test.each([
    '',
    'nonsense',
    '..',
    '../alpha/witness',
    'alpha/..',
    'alpha/../beta',
    'a/b/c/d',
    'alpha/polecats/',
    '/etc',
    'alpha/x;y',
    'alpha/dogs/rex',
    '$(id)/witness',
  ])('%j is no address: exit code 2', async (address) => {
    const town = carefulTown('claude')
    expect((await town.run('peek', address)).code).toBe(2)
    expect((await town.run('nudge', address, 'hello')).code).toBe(2)
  })
})
