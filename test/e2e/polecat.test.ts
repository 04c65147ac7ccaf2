// Workers: spawned, listed, started again. What a removal and faults do is in the files beside.
import {existsSync, mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {firstLine} from '../support/cli.js'
import {expectFailure, polecatTown, promptedAgent, readRecord, traces} from './support/polecat-town.js'

describe('spawn', () => {
  test('New: a worktree on a branch of its own, a record, and a session with labels', async () => {
    const town = await polecatTown()
    const {code, stdout} = await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'Fix the bug')
    const record = readRecord(town, 'nux')
    const sandbox = join(town.rig, 'polecats/nux/alpha')
    expect({code, stdout}).toEqual({
      code: 0,
      stdout: `Spawning a polecat in alpha...\n✓ Polecat alpha/nux spawned\n  Branch: ${record.branch}\n  Sandbox: ${sandbox}\n  Use 'gt polecat attach alpha/nux' to connect\n`,
    })
    expect(record).toEqual({
      version: 1,
      name: 'nux',
      incarnation: expect.stringMatching(/^[0-9a-f]{16}$/),
      task: 'Fix the bug',
      branch: expect.stringMatching(/^polecat\/nux-[0-9a-z]{8}$/),
      base: 'main',
      spawned_at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    expect(town.git(sandbox, 'symbolic-ref', '--short', 'HEAD')).toBe(record.branch)
    expect(town.git(sandbox, 'rev-parse', 'HEAD')).toBe(town.git(town.origin, 'rev-parse', 'main'))
    expect(town.git(sandbox, 'status', '--porcelain')).toBe('')
    const shown = town.box.tmux('show-options', '-t', '=gt-alpha-nux:')
    for (const label of ['role', 'polecat', 'name', 'nux', 'alpha']) expect(shown).toContain(label)
  })

  test('New: the agent works in the sandbox and is told its task, with --base and --agent', async () => {
    const town = await polecatTown({
      agents: {echo: promptedAgent('echo-agent'), dump: promptedAgent('dumping-agent')},
    })
    const file = join(town.box.dir, 'dump.json')
    const flags = ['--agent', 'dump', '--env', `DUMP=${file}`, '--base', 'develop', '--task', 'Two\nlines']
    expect(await town.run('polecat', 'spawn', 'alpha', 'nux', ...flags)).toMatchObject({code: 0})
    const seen = JSON.parse(readFileSync(file, 'utf8'))
    const {incarnation, base, agent} = readRecord(town, 'nux')
    expect({base, agent}).toEqual({base: 'develop', agent: 'dump'})
    expect(seen.cwd).toBe(join(town.rig, 'polecats/nux/alpha'))
    expect(existsSync(join(seen.cwd, 'develop'))).toBe(true)
    expect(seen.argv.at(-1)).toContain('The task:\nTwo\nlines\n')
    expect(seen.env).toMatchObject({
      BD_ACTOR: 'alpha/polecats/nux',
      GT_POLECAT: 'nux',
      GT_POLECAT_INCARNATION: incarnation,
      GT_RIG: 'alpha',
      GT_ROLE: 'polecat',
      GT_ROOT: town.cwd,
      GT_SESSION: 'gt-alpha-nux',
    })
  })

  test('NoName: two at once get two names', async () => {
    const town = await polecatTown()
    const spawned = await Promise.all([1, 2].map(() => town.json('polecat', 'spawn', 'alpha')))
    const names = spawned.map(({outcome, name}) => `${outcome} ${name}`).sort()
    expect(names).toEqual(['spawned furiosa', 'spawned nux'])
  })

  test('Names that mean others are refused, and nothing is made', async () => {
    const town = await polecatTown()
    mkdirSync(join(town.cwd, 'alpha-two'))
    const refused = {
      witness: 'it is reserved',
      Refinery: 'it is reserved',
      'crew-max': 'it is reserved',
      '..': 'cannot be the name of a polecat',
      'a/b': 'cannot be the name of a polecat',
      'two-nux': "its session would be one of rig 'alpha-two'",
    }
    for (const [name, message] of Object.entries(refused)) {
      for (const args of [
        ['spawn', 'alpha', name],
        ['nuke', `alpha/${name}`],
      ]) {
        const {code, stderr} = await town.run('polecat', ...args)
        const shown = {code, stderr: firstLine(stderr)}
        const expected = args[0] === 'nuke' && name === 'a/b' ? 'is not the address of a polecat' : message
        expect(shown).toEqual({code: 2, stderr: expect.stringContaining(expected)})
      }
    }
    expect(traces(town)).toEqual([])
  })
})

describe('spawn of one that is there', () => {
  test('It runs: nothing happens; asked for another task: refused', async () => {
    const town = await polecatTown()
    await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'one')
    const before = readRecord(town, 'nux')
    for (const task of [[], ['--task', 'one']]) {
      expect(await town.json('polecat', 'spawn', 'alpha', 'nux', ...task)).toMatchObject({
        outcome: 'already_running',
      })
    }
    const other = await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'two')
    expectFailure(other, /^Error: polecat alpha\/nux exists already: it has another task$/)
    expect(readRecord(town, 'nux')).toEqual(before)
  })

  test('Its session ended: started again, with the same branch, files and incarnation', async () => {
    const town = await polecatTown()
    await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'one')
    const before = readRecord(town, 'nux')
    const head = town.commit('nux', 'work')
    town.box.tmux('kill-session', '-t', '=gt-alpha-nux')
    expect(await town.json('polecat', 'spawn', 'alpha', 'nux')).toMatchObject({outcome: 'resumed'})
    expect(readRecord(town, 'nux')).toEqual(before)
    expect(town.git(join(town.rig, 'polecats/nux/alpha'), 'rev-parse', 'HEAD')).toBe(head)
    expect((await town.run('peek', 'alpha/nux')).stdout).toContain('one')
  })
})

describe('list and status', () => {
  test('None, one that runs, and one whose session ended', async () => {
    const town = await polecatTown()
    expect((await town.run('polecat', 'list', 'alpha')).stdout).toBe('alpha has no polecats\n')
    await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'one\ntwo')
    await town.run('polecat', 'spawn', 'alpha', 'toast')
    town.box.tmux('kill-session', '-t', '=gt-alpha-toast')
    const [nux, toast] = ['nux', 'toast'].map((name) => readRecord(town, name).branch)
    expect((await town.run('polecat', 'list', 'alpha')).stdout).toBe(
      `● nux  running\n  ${nux}\n  one\n○ toast  not running\n  ${toast}\n`,
    )
    expectFailure(await town.run('polecat', 'attach', 'alpha/nux'), /^Error: attach needs a terminal$/)
    expectFailure(
      await town.run('polecat', 'attach', 'alpha/toast'),
      /^Error: polecat alpha\/toast does not run$/,
    )
    const status = await town.run('polecat', 'status', 'alpha/nux')
    expect(status.stdout).toMatch(/^● Polecat alpha\/nux: running\n {2}Agent: echo, idle\n/)
    expect(status.stdout).toMatch(/\n\n {2}one\n {2}two\n$/)
    expect(await town.json('polecat', 'status', 'alpha/toast')).toMatchObject({
      rig: 'alpha',
      name: 'toast',
      running: false,
      liveness: 'absent',
      task: null,
    })
  })

  test('Unknown, and no address', async () => {
    const town = await polecatTown()
    expectFailure(await town.run('polecat', 'status', 'alpha/nux'), /^Error: there is no polecat alpha\/nux$/)
    expectFailure(await town.run('polecat', 'nuke', 'alpha/nux'), /^Error: there is no polecat alpha\/nux$/)
    expectFailure(await town.run('polecat', 'attach', 'alpha/nux'), /^Error: there is no polecat/)
    expect(await town.run('polecat', 'status', 'nux')).toMatchObject({code: 2})
    expect(traces(town)).toEqual([])
  })
})
