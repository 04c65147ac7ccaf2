import {mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {Rig} from '@gtown/sdk'
import {describe, expect, test, vi} from 'vitest'
import {isClosed, isKind, parseBeads} from '../../../src/beads/bead.js'
import {type BdResult, BeadsReader, rigLabels} from '../../../src/beads/reader.js'
import {findStore, rigBeadId, stampOf} from '../../../src/beads/store.js'
import {sandbox} from '../../support/sandbox.js'

function world() {
  const {dir} = sandbox()
  const root = join(dir, 'town')
  const path = join(root, 'alpha')
  mkdirSync(path, {recursive: true})
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), {recursive: true})
    writeFileSync(join(root, file), text)
    return join(root, file)
  }
  const rig = {name: 'alpha', path, town: {root, realRoot: root}} as unknown as Rig
  return {dir, root, rig, write}
}

/** A fake bd with these answers by its arguments. */
function bd(answers: Record<string, Partial<BdResult>>) {
  const calls: (readonly string[])[] = []
  const ask = async (args: readonly string[]) => {
    calls.push(args)
    // An endless loop of calls fails instead of blocking the test.
    if (calls.length > 20) throw new Error('asked too often')
    const command = args.find((word) => !word.startsWith('--')) ?? ''
    return {code: 0, stdout: '', stderr: '', ...answers[command]}
  }
  return {calls, reader: new BeadsReader(ask)}
}

const open = {id: 'al-1', status: 'open', description: 'No issues found here'}
const list = JSON.stringify([open])

describe('the output of bd', () => {
  test.each([
    ['nothing', '', []],
    ['that there are none', 'No issues found.\n', []],
    ['null', 'null', []],
    ['warnings before the list', `warning: old\n  warning: more\n${list}`, ['al-1']],
    ['a list in which such words stand', list, ['al-1']],
  ])('%s', (_, stdout, ids) => expect(parseBeads(stdout)?.map(({id}) => id)).toEqual(ids))

  test.each(['[{"id":"al-1","sta', '{}', '"x"', '[7]', '[{"id":"al-1"}]', '[null]', 'Error: no database'])(
    '%s: no list',
    (stdout) => expect(parseBeads(stdout)).toBeUndefined(),
  )

  test('the kind comes from labels, in a list or with commas, or from the type', () => {
    const [a, b, c] =
      parseBeads(
        JSON.stringify([
          {...open, labels: ['gt:agent']},
          {...open, labels_csv: 'x,gt:agent'},
          {...open, issue_type: 'agent'},
        ]),
      ) ?? []
    for (const bead of [a, b, c])
      expect(bead && [isKind(bead, 'agent'), isKind(bead, 'rig')]).toEqual([true, false])
  })

  test.each([
    ['open', false],
    ['hooked', false],
    ['closed', true],
    ['tombstone', true],
  ])('%s is closed: %s', (status, closed) => expect(isClosed({status} as never)).toBe(closed))
})

describe('the store', () => {
  test('no folder: unused', async () => {
    expect(await findStore(world().rig)).toBeUndefined()
    expect(await bd({}).reader.read(world().rig)).toEqual({is: 'unused'})
  })

  test('a redirect to another folder', async () => {
    const {rig, root, write} = world()
    write('alpha/.beads/redirect', '../mayor/.beads\n')
    write('mayor/.beads/metadata.json', '{"backend":"dolt"}')
    expect(await findStore(rig)).toEqual({folder: join(root, 'mayor/.beads'), isInFiles: false})
    write('mayor/.beads/metadata.json', '{"backend":"sqlite"}')
    expect(await findStore(rig)).toMatchObject({isInFiles: true})
  })

  test.each(['../../town-of-others/.beads', '../../elsewhere', '/'])(
    '%s is outside of the town',
    async (target) => {
      const {dir, rig, write} = world()
      for (const folder of ['town-of-others/.beads', 'elsewhere'])
        mkdirSync(join(dir, folder), {recursive: true})
      write('alpha/.beads/redirect', target)
      await expect(findStore(rig)).rejects.toMatchObject({code: 'BEADS_OUTSIDE'})
    },
  )

  test('a link out of the town is outside, too', async () => {
    const {dir, rig} = world()
    mkdirSync(join(dir, 'elsewhere'))
    symlinkSync(join(dir, 'elsewhere'), join(rig.path, '.beads'))
    await expect(findStore(rig)).rejects.toMatchObject({code: 'BEADS_OUTSIDE'})
  })

  test('a loop of redirects is followed only a few times', async () => {
    const {rig, write} = world()
    write('alpha/.beads/redirect', '../beta/.beads')
    write('beta/.beads/redirect', '../alpha/.beads')
    expect(await findStore(rig)).toBeDefined()
  })

  test.each(['beads.db', 'beads.db-wal', 'issues.jsonl', 'metadata.json', 'config.yaml'])(
    '%s, written anew with as many bytes: another stamp',
    async (name) => {
      const {rig, write} = world()
      const file = write(`alpha/.beads/${name}`, 'x')
      const stamp = async () => stampOf({folder: join(rig.path, '.beads'), isInFiles: true})
      const before = await stamp()
      const {atime, mtimeMs} = statSync(file)
      utimesSync(file, atime, (mtimeMs + 1000) / 1000)
      expect(await stamp()).not.toBe(before)
    },
  )

  test('a log or a lock beside them: the same stamp', async () => {
    const {rig, write} = world()
    write('alpha/.beads/beads.db', 'x')
    const stamp = async () => stampOf({folder: join(rig.path, '.beads'), isInFiles: true})
    const before = await stamp()
    write('alpha/.beads/daemon.log', 'x')
    expect(await stamp()).toBe(before)
  })

  test.each([
    ['al', 'al-rig-alpha'],
    ['--all', '--all-rig-alpha'],
    ['a b', undefined],
    ['$(x)', undefined],
    ['', undefined],
    [7, undefined],
  ])('of the prefix %j the rig’s own bead is %s', async (prefix, id) => {
    const {rig, write} = world()
    write('mayor/rigs.json', JSON.stringify({rigs: {alpha: {beads: {prefix}}}}))
    expect(await rigBeadId(rig)).toBe(id)
  })
})

describe('BeadsReader', () => {
  function beads(text = '{}') {
    const place = world()
    place.write('alpha/.beads/metadata.json', text)
    return place
  }

  test('while the files are unchanged, bd is not run again', async () => {
    const {rig, write} = beads()
    const {reader, calls} = bd({list: {stdout: list}})
    const first = await reader.read(rig)
    expect(first).toMatchObject({is: 'read', beads: [{id: 'al-1'}]})
    expect(await reader.read(rig)).toBe(first)
    expect(calls).toHaveLength(1)
    expect(calls[0]).toEqual(expect.arrayContaining(['--no-daemon', '--allow-stale', 'list', '--json']))
    write('alpha/.beads/issues.jsonl', 'x')
    await reader.read(rig)
    expect(calls).toHaveLength(2)
  })

  test.each([
    ['{}', 1],
    ['{"backend":"dolt"}', 2],
  ])('of a store %s, after an hour without a change: asked %s times', async (metadata, times) => {
    const {rig} = beads(metadata)
    const {reader, calls} = bd({list: {stdout: list}, sql: {stdout: '[]'}})
    const lists = () => calls.filter((args) => args.includes('list')).length
    const now = vi.spyOn(performance, 'now').mockReturnValue(1_000_000)
    await reader.read(rig)
    now.mockReturnValue(1_001_000)
    await reader.read(rig)
    expect(lists()).toBe(1)
    now.mockReturnValue(4_600_000)
    await reader.read(rig)
    now.mockRestore()
    expect(lists()).toBe(times)
  })

  test.each<[string, Partial<BdResult>]>([
    ['fails', {code: 1, stdout: list, stderr: 'no database'}],
    ['only complains, with exit code 0', {stderr: 'no database'}],
    ['finds nothing where it lists', {code: 1, stderr: 'database not found'}],
    ['finds nothing where it lists, with exit code 0', {stderr: 'not found'}],
    ['prints half a list', {stdout: list.slice(0, -3)}],
    ['refuses a flag that it was not given', {code: 1, stderr: 'unknown flag: --other'}],
  ])('a bd that %s: unknown, not none', async (_, answer) => {
    const {rig} = beads()
    expect(await bd({list: answer}).reader.read(rig)).toEqual({
      is: 'unknown',
      detail: expect.stringContaining('bd list failed'),
    })
  })

  test('files that cannot be read: unknown, not unused', async () => {
    const {rig} = beads('{')
    expect(await bd({}).reader.read(rig)).toMatchObject({is: 'unknown'})
  })

  test('a flag that bd does not know is left out afterwards', async () => {
    const {rig} = beads()
    const refused: string[][] = []
    const reader = new BeadsReader(async (args) => {
      if (args.includes('--flat')) {
        refused.push([...args])
        return {code: 1, stdout: '', stderr: 'unknown flag: --flat'}
      }
      return {code: 0, stdout: list, stderr: ''}
    })
    expect(await reader.read(rig)).toMatchObject({is: 'read', beads: [{id: 'al-1'}]})
    expect(refused).toHaveLength(1)
  })

  test.each<[string, Partial<BdResult>, string[]]>([
    [
      'it is shown',
      {stdout: JSON.stringify([{id: 'al-rig-alpha', status: 'open'}])},
      ['al-1', 'al-rig-alpha'],
    ],
    ['there is none', {code: 1, stderr: 'no issue found'}, ['al-1']],
    ['there is none, with exit code 0', {stderr: 'not found'}, ['al-1']],
  ])('the rig’s own bead is not listed: %s', async (_, show, ids) => {
    const {rig, write} = beads()
    write('alpha/config.json', '{"beads":{"prefix":"al"}}')
    const read = await bd({list: {stdout: list}, show}).reader.read(rig)
    expect(read.is === 'read' && read.beads.map(({id}) => id)).toEqual(ids)
  })

  test('merge requests of a server are read, too', async () => {
    const {rig} = beads('{"backend":"dolt"}')
    const request = JSON.stringify([{id: 'mr-1', status: 'open', labels_csv: 'gt:merge-request'}])
    const {reader, calls} = bd({list: {stdout: list}, sql: {stdout: request}})
    expect(await reader.read(rig)).toMatchObject({
      beads: [{id: 'al-1'}, {id: 'mr-1', labels: ['gt:merge-request']}],
    })
    expect(calls.flat()).not.toContain('--no-daemon')
  })
})

test('a rig’s labels are those of its own bead', () => {
  const beads = parseBeads(
    JSON.stringify([
      {...open, id: 'x-rig-alpha', labels: ['no']},
      {...open, id: 'al-rig-beta', labels: ['gt:rig', 'no']},
      {...open, id: 'al-rig-alpha', labels: ['gt:rig', 'status:docked']},
    ]),
  )
  expect(rigLabels(beads ?? [], 'alpha')).toEqual(['gt:rig', 'status:docked'])
  expect(rigLabels([], 'alpha')).toEqual([])
})
