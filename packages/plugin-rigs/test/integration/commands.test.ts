import {existsSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {API_VERSION, type Host, type HostSessions, type Place, plainStyle} from '@gtown/sdk'
import type {GtCommand} from '@gtown/sdk/commands'
import {Config} from '@oclif/core'
import {describe, expect, it, onTestFinished, vi} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import Install from '../../src/commands/install.js'
import RigAdd from '../../src/commands/rig/add.js'
import RigList from '../../src/commands/rig/list.js'
import RigRemove from '../../src/commands/rig/remove.js'
import Trust from '../../src/commands/trust.js'
import {failureOf, makeRepository, makeTown, placeAt} from '../support/town.js'

type CommandClass = new (argv: string[], config: Config) => GtCommand

/** Runs a command with a host that has only a place: no sessions, no style. */
async function run(command: CommandClass, place: Place, ...argv: string[]) {
  const host: Partial<Host> = {
    apiVersion: API_VERSION,
    place: () => place,
    sessions: {list: async () => []} as Partial<HostSessions> as HostSessions,
    style: async () => plainStyle,
  }
  const config = await Config.load({root: resolve(import.meta.dirname, '../..')})
  const answer = (event: string) => ({successes: event === 'gt:host' ? [{result: host}] : [], failures: []})
  config.runHook = (async (event: string) => answer(event)) as unknown as Config['runHook']
  const out = captured(process.stdout)
  const err = captured(process.stderr)
  try {
    const result = await new command(argv, config).run()
    return {result, stdout: out.text(), stderr: err.text()}
  } finally {
    out.release()
    err.release()
  }
}

function captured(stream: NodeJS.WriteStream) {
  let text = ''
  const spy = vi.spyOn(stream, 'write').mockImplementation((piece) => {
    text += piece
    return true
  })
  onTestFinished(() => spy.mockRestore())
  return {text: () => text, release: () => spy.mockRestore()}
}

describe('gt install', () => {
  it('says what it created, and nothing under --json', async () => {
    const box = sandbox()
    const place = placeAt(box, box.dir)
    const root = join(box.dir, 'town')
    const {stdout} = await run(Install, place, 'town', '--name', 'acme')
    expect(stdout.split('\n')).toEqual([
      `✓ Town laid out in ${root}`,
      '  created mayor',
      '  created mayor/town.json',
      '  created settings',
      '  created settings/config.json',
      '  created mayor/rigs.json',
      "  Add a rig there with 'gt rig add <name> <git-url>'",
      '',
    ])
    expect((await run(Install, place, 'town')).stdout).toMatch(`⚠ ${root} is already a town\n`)
    expect(await run(Install, place, root, '--json')).toEqual({
      result: {root, created: []},
      stdout: '',
      stderr: '',
    })
  })
})

describe('gt rig', () => {
  it('adds, lists and removes a rig', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'))
    const source = makeRepository(box, join(box.dir, 'source'))
    const place = placeAt(box, root)
    expect((await run(RigList, place)).stdout).toMatch(/^No rigs in .*\n {2}Use 'gt rig add/)
    expect(await run(RigAdd, place, 'alpha', `file://${source}`)).toMatchObject({
      stdout: `Cloning file://${source}...\n✓ Rig alpha added\n  Use 'gt witness start alpha' to watch it\n`,
      stderr: expect.stringContaining('Receiving objects\n'),
    })
    const path = join(root, 'beta')
    expect(await run(RigAdd, place, 'beta', source, '--json')).toEqual({
      result: {name: 'beta', path, git_url: source, default_branch: 'main'},
      stdout: '',
      stderr: '',
    })
    expect((await run(RigList, place)).stdout).toBe(
      `Rig    Polecats  Cloned from\nalpha  0         file://${source}\nbeta   0         ${source}\n`,
    )
    expect((await run(RigList, place, '--json')).result).toMatchObject({
      rigs: [{name: 'alpha'}, {name: 'beta', path}],
    })
    expect((await run(RigRemove, place, 'beta')).stdout).toBe(
      `✓ Rig beta removed\n  Its files are still in ${path}\n`,
    )
    expect(await run(RigRemove, place, 'alpha', '--delete-files', '--json')).toMatchObject({
      result: {name: 'alpha', files: 'deleted'},
      stdout: '',
    })
    expect(existsSync(join(root, 'alpha'))).toBe(false)
  })

  it('says nothing about a clone that is refused before it begins', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    const out = captured(process.stdout)
    expect(await failureOf(run(RigAdd, placeAt(box, root), 'alpha', box.dir))).toMatchObject({
      code: 'RIG_EXISTS',
    })
    expect(out.text()).toBe('')
  })
})

describe('gt trust', () => {
  it('trusts, lists and forgets a workspace', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'))
    const place = placeAt(box, root)
    expect((await run(Trust, place)).stdout).toBe(`${root} is now trusted\n`)
    expect((await run(Trust, place, root)).stdout).toBe(`${root} is already trusted\n`)
    expect((await run(Trust, place, '--list')).stdout).toBe(`${root}\n`)
    expect((await run(Trust, place, '--list', '--json')).result).toEqual({directories: [root]})
    const forgotten = {directory: root, trusted: false, changed: true}
    expect((await run(Trust, place, '--remove', '--json')).result).toEqual(forgotten)
    expect((await run(Trust, place, '--list')).stdout).toBe('No workspaces of other users are trusted\n')
  })
})
