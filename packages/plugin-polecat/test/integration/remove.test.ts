import {existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {GtError, type Session} from '@gtown/sdk'
import type {Question} from '@gtown/sdk/commands'
import {describe, expect, test} from 'vitest'
import {recordFile} from '../../../workers/src/record.js'
import {removeWorker} from '../../src/remove.js'
import {restoreWorker} from '../../src/removed.js'
import {polecatRole} from '../../src/role.js'
import {spawnWorker} from '../../src/spawn.js'
import {makeWorld, type World} from '../support/world.js'

async function withWorker(...names: string[]): Promise<World> {
  const world = makeWorld()
  for (const name of names) await spawnWorker(world.services, world.request(name, {base: 'develop'}))
  world.calls.length = 0
  return world
}

const remove = ({services, ref}: World, name = 'nux') => removeWorker(services, ref(name))

describe('removeWorker', () => {
  test('Its session ends, then its sandbox is put away; the name is free', async () => {
    const world = await withWorker('nux')
    expect(await remove(world)).toMatchObject({
      session: {name: 'gt-alpha-nux', outcome: 'stopped'},
      kept: {from: world.path('nux'), verdict: {is: 'safe', reasons: [], only_here: []}},
      evidence: [expect.stringContaining('is in develop')],
    })
    const stop = 'stop gt-alpha-nux'
    expect(world.calls).toEqual(['processes', stop, stop, 'processes', 'processes'])
    expect(world.traces()).toEqual(['.removed', expect.stringContaining('/.removed/')])
    await expect(remove(world)).rejects.toMatchObject({code: 'POLECAT_NOT_FOUND'})
  })

  test('Started again between the end of its session and the removal: ended again, and nothing of it lives on', async () => {
    const world = await withWorker('nux')
    const {host} = world.services
    const {sessions} = host
    let stops = 0
    const stop: typeof sessions.stop = async (role, ref, options) => {
      const ended = await sessions.stop(role, ref, options)
      if (++stops === 1) await sessions.start(role, ref, {timeoutMs: 1000})
      return ended
    }
    world.services.host = {...host, sessions: {...sessions, stop}}
    await remove(world)
    expect(world.sessions.size).toBe(0)
    expect(existsSync(world.path('nux'))).toBe(false)
  })

  test('Nobody is put into a sandbox that was removed', async () => {
    const world = await withWorker('nux')
    const [role, path] = [polecatRole(world.record('nux')), world.path('nux')]
    const enter = () => role.guardWorkDir?.(world.ref('nux'), path, async () => 'made')
    expect(await enter()).toBe('made')
    await remove(world)
    await expect(enter()).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  })

  test.each([
    ['would be lost', 'unsafe', () => {}],
    ['cannot be judged', 'unknown', (world: World) => renameSync(world.origin, `${world.origin}.away`)],
  ])('What %s is put away all the same, and the reasons are kept', async (_, is, change) => {
    const world = await withWorker('nux')
    if (is === 'unsafe') world.commit('nux', 'work')
    change(world)
    const {kept} = await remove(world)
    expect(kept).toMatchObject({verdict: {is, reasons: [expect.any(String)]}})
    expect(existsSync(join(kept?.path ?? '', 'main'))).toBe(true)
  })

  test('What can be told before is refused before its session ends', async () => {
    const world = await withWorker('nux')
    const before = world.record('nux')
    world.git(world.path('nux'), 'worktree', 'lock', world.path('nux'))
    await expect(remove(world)).rejects.toMatchObject({code: 'WORKTREE_LOCKED'})
    expect(world.calls).toEqual([])
    expect(world.record('nux')).toEqual(before)
  })

  const editor = {pid: 4711, command: 'vim notes'}

  test('Processes of others in it: refused before its session ends', async () => {
    const world = await withWorker('nux')
    world.occupants = [editor, {pid: 4712, command: 'claude'}]
    world.own = new Set([4712])
    await expect(remove(world)).rejects.toMatchObject({
      code: 'SANDBOX_IN_USE',
      message: expect.stringMatching(/4711 \(vim notes\)$/),
      hint: 'The sandbox stays as it is. End them, and try again.',
    })
    expect(world.calls).not.toContain('stop gt-alpha-nux')
    expect(world.sessions.size).toBe(1)
    expect(world.record('nux')).toMatchObject({name: 'nux'})
  })

  test('The processes of its session do not count, nor those that came or went while they were asked for', async () => {
    const world = await withWorker('nux')
    const {workers} = world.services.host
    const [agent, child] = [
      {pid: 4712, command: 'claude'},
      {pid: 4713, command: 'git status'},
    ]
    world.own = new Set([4712])
    const lists = [[agent, editor], [agent, child], [], []]
    world.services.host = {
      ...world.services.host,
      workers: {...workers, processesIn: async () => lists.shift() ?? []},
    }
    expect(await remove(world)).toMatchObject({session: {outcome: 'stopped'}})
  })

  test('Who comes in after its session has ended: refused, and that it has ended is said', async () => {
    const world = await withWorker('nux')
    const {sessions} = world.services.host
    const stop: typeof sessions.stop = async (...args) => {
      world.occupants = [editor]
      return await sessions.stop(...args)
    }
    world.services.host = {...world.services.host, sessions: {...sessions, stop}}
    await expect(remove(world)).rejects.toMatchObject({
      code: 'SANDBOX_IN_USE',
      hint: expect.stringContaining('Its session has ended. Start it again with: gt polecat spawn alpha nux'),
    })
    expect(existsSync(world.path('nux'))).toBe(true)
  })

  test.each([
    ['in its directory', (home: string) => home],
    ['in its worktree', (home: string) => join(home, 'alpha')],
    [
      'in its worktree, by a link',
      (home: string, dir: string) => {
        symlinkSync(home, join(dir, 'link'))
        return join(dir, 'link/alpha')
      },
    ],
  ])('Who stands %s does not remove it, and loses no session', async (_, where) => {
    const world = await withWorker('nux')
    world.place.cwd = where(join(world.rig, 'polecats/nux'), world.box.dir)
    await expect(remove(world)).rejects.toMatchObject({code: 'SANDBOX_IN_USE'})
    expect(world.calls).toEqual([])
  })

  test('Who stands in the sandbox of a worker whose name begins alike may remove it', async () => {
    const world = await withWorker('nux', 'nux2')
    world.place.cwd = world.path('nux2')
    expect(await remove(world)).toMatchObject({kept: {from: world.path('nux')}})
    expect(existsSync(world.path('nux2'))).toBe(true)
  })

  test('Of a sandbox that was removed by hand the branch goes, but not one with work of its own', async () => {
    for (const work of [false, true]) {
      const world = await withWorker('nux')
      const {branch} = world.record('nux')
      if (work) world.commit('nux', 'work')
      world.git(world.repository, 'worktree', 'remove', world.path('nux'))
      expect(await remove(world)).toEqual({session: expect.anything(), evidence: []})
      expect(world.traces()).toEqual(work ? [`refs/heads/${branch}`] : [])
    }
  })

  test.each([
    ['a folder with files', (home: string) => writeFileSync(join(home, 'notes'), 'mine\n'), 'notes'],
    [
      'a clone',
      (home: string, {git, origin}: World) => git(join(home, '..'), 'clone', '--quiet', origin, 'nux'),
      'main',
    ],
  ])(
    'No worktree, but %s: it is put away as it is, never called safe, and comes back',
    async (_, make, file) => {
      const world = await withWorker('nux')
      world.git(world.repository, 'worktree', 'remove', world.path('nux'))
      const home = join(world.rig, 'polecats/nux')
      make(home, world)
      const {kept} = await remove(world)
      expect(kept).toMatchObject({verdict: {is: 'unknown', reasons: [expect.any(String)]}})
      expect([existsSync(home), existsSync(recordFile(world.ref('nux')))]).toEqual([false, false])
      await restoreWorker(world.services, world.ref('nux'), {id: undefined, as: world.ref('nux')})
      expect(existsSync(join(home, file))).toBe(true)
    },
  )

  test('A file or a link in the place of a worker is put away; what the link leads to stays', async () => {
    const world = makeWorld()
    const outside = join(world.box.dir, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'keep'), 'mine\n')
    mkdirSync(join(world.rig, 'polecats'), {recursive: true})
    symlinkSync(outside, join(world.rig, 'polecats/nux'))
    writeFileSync(join(world.rig, 'polecats/slit'), 'mine\n')
    for (const name of ['nux', 'slit']) {
      expect(await remove(world, name)).toMatchObject({kept: {name, verdict: {is: 'unknown'}}})
    }
    expect(existsSync(join(outside, 'keep'))).toBe(true)
    expect(readdirSync(join(world.rig, 'polecats'))).toEqual(['.removed'])
  })

  test("What else is in the worker's directory stays, and is named", async () => {
    const world = await withWorker('nux')
    const notes = join(world.rig, 'polecats/nux/notes')
    writeFileSync(notes, 'mine\n')
    await remove(world)
    expect(existsSync(notes)).toBe(true)
    expect(world.warnings).toEqual([
      `${join(notes, '..')} stays: it holds notes. To put that away, too: gt polecat nuke alpha/nux`,
    ])
    expect(await remove(world)).toMatchObject({kept: {verdict: {is: 'unknown'}}})
    expect(existsSync(notes)).toBe(false)
  })

  test('A link in the place of its directory leads to no sandbox', async () => {
    const world = await withWorker('nux')
    const {rig, box, git, repository} = world
    git(repository, 'worktree', 'move', world.path('nux'), join(box.dir, 'moved'))
    mkdirSync(join(box.dir, 'home2'))
    renameSync(join(box.dir, 'moved'), join(box.dir, 'home2/alpha'))
    git(repository, 'worktree', 'repair', join(box.dir, 'home2/alpha'))
    git(rig, 'init', '--quiet', join(box.dir, 'unused'))
    renameSync(join(rig, 'polecats/nux'), join(box.dir, 'old'))
    symlinkSync(join(box.dir, 'home2'), join(rig, 'polecats/nux'))
    await remove(world)
    expect(existsSync(join(box.dir, 'home2/alpha/main'))).toBe(true)
  })

  test('Only its session is left: that ends, and it is no error', async () => {
    const world = makeWorld()
    world.sessions.set('gt-alpha-nux', {
      name: 'gt-alpha-nux',
      liveness: 'alive',
      labels: {},
    } as unknown as Session)
    expect(await remove(world)).toMatchObject({session: {outcome: 'stopped'}})
  })
})

describe('questions', () => {
  /** Removes a worker as a user who answers each question. */
  function asked(world: World, {purge = false, answer = true} = {}) {
    const questions: Question[] = []
    const confirm = async (question: Question) => {
      questions.push(question)
      if (!answer) throw new GtError(question.refusal, {code: 'NOT_CONFIRMED'})
    }
    const removed = removeWorker(world.services, world.ref('nux'), {purge, confirm})
    return {questions, removed}
  }

  test.each(['busy', 'permission', 'question', 'starting', 'unknown'] as const)(
    'An agent that is %s: asked, and after a no all is as it was',
    async (state) => {
      const world = await withWorker('nux')
      world.agentState = state
      const {questions, removed} = asked(world, {answer: false})
      await expect(removed).rejects.toMatchObject({code: 'NOT_CONFIRMED'})
      expect(questions).toHaveLength(1)
      expect(questions[0]?.question).toMatch(/^alpha\/nux (is|may be) .*\. End its session\?$/)
      expect(world.calls).toEqual(['processes'])
      expect(world.record('nux')).toMatchObject({name: 'nux'})
    },
  )

  test.each(['idle', 'draft', 'menu', 'dialog', 'limit', 'shell', 'dead'] as const)(
    'An agent that is %s is ended without a question',
    async (state) => {
      const world = await withWorker('nux')
      world.agentState = state
      const {questions, removed} = asked(world)
      expect(await removed).toMatchObject({session: {outcome: 'stopped'}})
      expect(questions).toEqual([])
    },
  )

  test('An agent whose state is not known at all: asked', async () => {
    const world = await withWorker('nux')
    const {sessions} = world.services.host
    const status: typeof sessions.status = async (...args) => {
      const {reading: _, ...rest} = await sessions.status(...args)
      return rest
    }
    world.services.host = {...world.services.host, sessions: {...sessions, status}}
    const {questions, removed} = asked(world)
    await removed
    expect(questions).toHaveLength(1)
  })

  test('To be deleted at once, and clean: deleted without a question, and both are in the log', async () => {
    const world = await withWorker('nux')
    const {questions, removed} = asked(world, {purge: true})
    expect(await removed).toMatchObject({purge: {outcome: 'purged'}})
    expect(questions).toEqual([])
    expect(world.traces()).toEqual([])
    expect(world.events.map(({type}) => type)).toEqual(['polecat_nuked', 'polecat_purged'])
  })

  test('To be deleted at once, with work that is only there: asked, and after a no all is as it was', async () => {
    const world = await withWorker('nux')
    world.write('nux', 'draft')
    const {questions, removed} = asked(world, {purge: true, answer: false})
    await expect(removed).rejects.toMatchObject({
      code: 'NOT_CONFIRMED',
      message: expect.stringMatching(/draft/),
    })
    expect(questions).toHaveLength(1)
    expect(world.sessions.size).toBe(1)
    expect(existsSync(join(world.path('nux'), 'draft'))).toBe(true)
  })

  test('To be deleted at once, and agreed: deleted, and the log says how to get its commits back', async () => {
    const world = await withWorker('nux')
    const commit = world.commit('nux', 'work')
    const {removed} = asked(world, {purge: true})
    expect(await removed).toMatchObject({purge: {outcome: 'purged'}})
    const undo = world.events.at(-1)?.line?.text.split(': ').pop() ?? ''
    const [, ...words] = undo.split(' ')
    world.git(world.rig, ...words)
    expect(world.git(world.repository, 'rev-parse', `refs/heads/nux-${commit.slice(0, 7)}`)).toBe(commit)
  })

  test('What is no worktree, to be deleted at once: asked, and deleted after a yes', async () => {
    const world = makeWorld()
    mkdirSync(join(world.rig, 'polecats/nux'), {recursive: true})
    writeFileSync(join(world.rig, 'polecats/nux/notes'), 'mine\n')
    const no = asked(world, {purge: true, answer: false})
    await expect(no.removed).rejects.toMatchObject({code: 'NOT_CONFIRMED'})
    expect(existsSync(join(world.rig, 'polecats/nux/notes'))).toBe(true)
    const {questions, removed} = asked(world, {purge: true})
    expect(await removed).toMatchObject({purge: {outcome: 'purged'}})
    expect(questions).toHaveLength(1)
    expect(readdirSync(join(world.rig, 'polecats'))).toEqual([])
  })

  test('Many things that would be lost: the first are named, and the number of the others', async () => {
    const world = await withWorker('nux')
    for (let file = 1; file <= 130; file++) world.write('nux', `f${file}`)
    const {questions, removed} = asked(world, {purge: true, answer: false})
    await expect(removed).rejects.toMatchObject({code: 'NOT_CONFIRMED'})
    expect(questions[0]?.question).toMatch(/nowhere else: f1, .* and 81 more\n/)
  })

  test('Work that came after the question is not deleted', async () => {
    const world = await withWorker('nux')
    const {sessions} = world.services.host
    const stop: typeof sessions.stop = async (...args) => {
      world.write('nux', 'late')
      return await sessions.stop(...args)
    }
    world.services.host = {...world.services.host, sessions: {...sessions, stop}}
    const {removed} = asked(world, {purge: true})
    expect(await removed).toMatchObject({
      purge: {outcome: 'kept', reasons: [expect.stringContaining('late')]},
    })
    expect(existsSync(join((await removed).kept?.path ?? '', 'late'))).toBe(true)
  })
})
