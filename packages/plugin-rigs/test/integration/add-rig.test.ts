import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {makeStamp} from '@gtown/sdk/files'
import {describe, expect, it, vi} from 'vitest'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {gasTownResolver} from '../../src/resolver.js'
import {addRig} from '../../src/rigs/add-rig.js'
import {processesOf} from '../support/processes.js'
import {failureOf, git, makeRepository, makeTown, placeAt, readJson, write} from '../support/town.js'

function townAndSource() {
  const box = sandbox()
  return {
    box,
    root: makeTown(join(box.dir, 'town'), 'first'),
    source: makeRepository(box, join(box.dir, 'source')),
  }
}

const add = (
  box: Sandbox,
  root: string,
  name: string,
  source: string,
  more: {
    signal?: AbortSignal
    env?: Record<string, string>
    onStderr?: (piece: string) => void
    onClone?: (source: string) => void
    mayAsk?: boolean
  } = {},
) => {
  const {env, onClone, ...options} = more
  return addRig({
    name,
    source,
    place: placeAt(box, root, env),
    git: {mayAsk: false, ...options},
    ...(onClone && {onClone}),
  })
}

/** A snapshot of a town: the names in it, and its registry byte by byte. */
function snapshot(root: string) {
  return {names: readdirSync(root).sort(), registry: readFileSync(join(root, 'mayor/rigs.json'), 'utf8')}
}

/**
 * A transport that never answers, with a child process once `isUp`. git first probes which kind of
 * ssh it is. `answersProbe`: it hangs only afterwards, when git talks to the repository.
 */
function slowTransport(box: Sandbox, {answersProbe}: {answersProbe: boolean}) {
  const upFile = join(box.dir, 'up')
  rmSync(upFile, {force: true})
  const answer = answersProbe ? '[ "$1" = -G ] && exit 1' : ':'
  const script = write(join(box.dir, 'slow-ssh'), `#!/bin/sh\n${answer}\nsleep 1000 &\n: > ${upFile}\nwait\n`)
  chmodSync(script, 0o755)
  return {env: {GIT_SSH_COMMAND: script}, isUp: () => until('the transport', () => existsSync(upFile))}
}

function killAll(box: Sandbox): void {
  for (const pid of processesOf(box)) process.kill(pid, 'SIGKILL')
}

describe('addRig', () => {
  it('Repository: becomes a rig that can be resolved', async () => {
    const {box, root, source} = townAndSource()
    git(box, source, 'branch', 'other')
    const rig = await add(box, root, 'alpha', '../source')
    expect(rig).toEqual({name: 'alpha', path: join(root, 'alpha'), gitUrl: source, defaultBranch: 'main'})
    expect((await gasTownResolver.resolve({name: 'alpha', place: placeAt(box, root)})).path).toBe(rig.path)

    expect(readdirSync(rig.path).sort()).toEqual(['.repo.git', 'config.json', 'polecats', 'witness'])
    expect(readJson(join(root, 'mayor/rigs.json'))).toEqual({
      version: 1,
      rigs: {first: {}, alpha: {git_url: source, added_at: expect.stringMatching(/^\d{4}-.*Z$/)}},
    })
    expect(readJson(join(rig.path, 'config.json'))).toEqual({
      type: 'rig',
      version: 1,
      name: 'alpha',
      git_url: source,
      default_branch: 'main',
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    const repository = join(rig.path, '.repo.git')
    const inRepository = (...args: string[]) => git(box, repository, ...args)
    expect(inRepository('rev-parse', '--is-bare-repository')).toBe('true')
    expect(inRepository('rev-parse', 'origin/main', 'origin/other')).toBe(
      `${git(box, source, 'rev-parse', 'main')}\n`.repeat(2).trim(),
    )
    git(box, source, 'commit', '--quiet', '--allow-empty', '--message', 'second')
    inRepository('fetch', '--quiet')
    expect(inRepository('rev-parse', 'origin/main')).toBe(git(box, source, 'rev-parse', 'main'))
    expect(readdirSync(root).sort()).toEqual(['alpha', 'first', 'mayor'])
  })

  it('Registry: unknown keys are kept', async () => {
    const {box, root, source} = townAndSource()
    const before = {version: 1, more: [1], rigs: {first: {git_url: 'x', push_url: 'y', beads: {prefix: 'f'}}}}
    write(join(root, 'mayor/rigs.json'), before)
    await add(box, root, 'alpha', source)
    const {rigs, ...rest} = readJson(join(root, 'mayor/rigs.json'))
    expect(rest).toEqual({version: 1, more: [1]})
    expect(rigs.first).toEqual(before.rigs.first)
    expect(Object.keys(rigs)).toEqual(['first', 'alpha'])
  })

  it('RegistryMissing: is created', async () => {
    const {box, root, source} = townAndSource()
    rmSync(join(root, 'mayor/rigs.json'))
    await add(box, root, 'alpha', source)
    expect(Object.keys(readJson(join(root, 'mayor/rigs.json')).rigs)).toEqual(['alpha'])
  })

  it('Progress: is reported during the clone', async () => {
    const {box, root, source} = townAndSource()
    let text = ''
    await add(box, root, 'alpha', `file://${source}`, {onStderr: (piece) => (text += piece)})
    expect(text).toContain('Receiving objects: 100%')
  })

  it('MisleadingEnvironment: the repository that it names is not touched', async () => {
    const {box, root, source} = townAndSource()
    const other = makeRepository(box, join(box.dir, 'other'))
    git(box, other, 'branch', '--move', 'main', 'elsewhere')
    const env = {GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other, GIT_INDEX_FILE: join(other, 'index')}
    expect((await add(box, root, 'alpha', source, {env})).defaultBranch).toBe('main')
    expect(git(box, other, 'remote')).toBe('')
  })

  it('DetachedHead: the likely branch is the default', async () => {
    const {box, root, source} = townAndSource()
    git(box, source, 'branch', 'zeta')
    git(box, source, 'checkout', '--quiet', '--detach')
    git(box, source, 'commit', '--quiet', '--allow-empty', '--message', 'on no branch')
    expect((await add(box, root, 'alpha', source)).defaultBranch).toBe('main')
    git(box, source, 'branch', '--move', 'main', 'beta')
    expect(await failureOf(add(box, root, 'gamma', source))).toMatchObject({code: 'NO_DEFAULT_BRANCH'})
    git(box, source, 'branch', '--delete', '--force', 'zeta')
    expect((await add(box, root, 'delta', source)).defaultBranch).toBe('beta')
    expect(git(box, join(root, 'delta/.repo.git'), 'symbolic-ref', 'HEAD')).toBe('refs/heads/beta')
  })

  it('Refused: nothing is touched', async () => {
    const {box, root, source} = townAndSource()
    mkdirSync(join(root, 'stray'))
    symlinkSync(join(box.dir, 'nowhere'), join(root, 'dangling'))
    rmSync(join(root, 'first'), {recursive: true})
    git(box, box.dir, 'init', '--quiet', '--bare', 'empty')
    const before = snapshot(root)
    const cases = [
      ['my-rig', source, {code: 'USAGE', exitCode: 2}],
      ['alpha', '--upload-pack=id', {code: 'USAGE'}],
      ['first', source, {code: 'RIG_EXISTS', message: "rig 'first' already exists"}],
      ['../x', source, {code: 'USAGE', exitCode: 2}],
      ['Mayor', source, {code: 'USAGE', exitCode: 2}],
      ['dangling', source, {code: 'RIG_EXISTS', message: expect.stringContaining(join(root, 'dangling'))}],
      ['stray', source, {code: 'RIG_EXISTS', message: expect.stringContaining(join(root, 'stray'))}],
      [
        'alpha',
        join(box.dir, 'home'),
        {code: 'GIT_FAILED', message: expect.stringContaining(`cannot clone ${box.dir}/home: `)},
      ],
      ['alpha', join(box.dir, 'empty'), {code: 'SOURCE_EMPTY'}],
      ['alpha', 'file:///nowhere', {code: 'GIT_FAILED'}],
    ] as const
    for (const [name, from, expected] of cases) {
      const cloned: string[] = []
      const onClone = (text: string) => void cloned.push(text)
      expect(await failureOf(add(box, root, name, from, {onClone}))).toMatchObject(expected)
      expect(snapshot(root)).toEqual(before)
      if (expected.code === 'RIG_EXISTS') expect(cloned).toEqual([])
    }
  })

  it('FailedClone: says why, without passwords', async () => {
    const {box, root} = townAndSource()
    const fake = write(
      join(box.dir, 'bin/git'),
      '#!/bin/sh\necho "more about $*"\necho "fatal: no way to $*" >&2\nexit 1\n',
    )
    chmodSync(fake, 0o755)
    const env = {PATH: `${join(box.dir, 'bin')}:/usr/bin:/bin`}
    const shown: string[] = []
    const onClone = (text: string) => void shown.push(text)
    const error = await failureOf(add(box, root, 'alpha', 'https://user:secret@host/x.git', {env, onClone}))
    expect(shown).toEqual(['https://***@host/x.git'])
    expect(error.message).toMatch(/^cannot clone https:\/\/\*\*\*@host\/x.git: no way to clone/)
    expect(`${error.message} ${error.hint}`).not.toContain('secret')
  })

  it.each([true, false])(
    'MayAsk %s: git gets the environment of the caller, and no other',
    async (mayAsk) => {
      const {box, root} = townAndSource()
      const fake = write(
        join(box.dir, 'bin/git'),
        '#!/bin/sh\necho "fatal: prompt <$GIT_TERMINAL_PROMPT>, around <$GT_AROUND>, $GIVEN" >&2\nexit 1\n',
      )
      chmodSync(fake, 0o755)
      vi.stubEnv('GT_AROUND', 'leaked')
      const env = {PATH: `${join(box.dir, 'bin')}:/usr/bin:/bin`, GIVEN: 'given'}
      const {message} = await failureOf(add(box, root, 'alpha', 'https://host/x.git', {env, mayAsk}))
      vi.unstubAllEnvs()
      expect(message).toMatch(`prompt <${mayAsk ? '' : '0'}>, around <>, given`)
    },
  )

  it('InterruptedAtTheLastMoment: nothing is left behind', async () => {
    const {box, root, source} = townAndSource()
    const before = snapshot(root)
    const controller = new AbortController()
    const {signal} = controller
    const check = signal.throwIfAborted.bind(signal)
    // The last check of the signal is the first one with a complete draft.
    signal.throwIfAborted = () => {
      const drafts = readdirSync(root).map((name) => join(root, name, 'alpha/config.json'))
      if (drafts.some(existsSync)) controller.abort(new Error('interrupted'))
      check()
    }
    expect((await failureOf(add(box, root, 'alpha', source, {signal}))).message).toBe('interrupted')
    expect(snapshot(root)).toEqual(before)
  })

  it('UnfinishedRigs: one of a running gt and foreign folders stay', async () => {
    const {box, root, source} = townAndSource()
    const stamp = await makeStamp()
    const ended = stamp.replace(/^\d+\.\d+/, `${process.pid}.1`)
    const names = [`.rig-scratch.${stamp}`, `mine.rig-scratch.${ended}`, '.rig-scratch.mine']
    for (const name of [...names, `.rig-scratch.${ended}`]) mkdirSync(join(root, name))
    await add(box, root, 'alpha', source)
    expect(readdirSync(root).sort()).toEqual([...names, 'alpha', 'first', 'mayor'].sort())
  })

  it('GitMissing: is reported clearly', async () => {
    const {box, root, source} = townAndSource()
    const before = snapshot(root)
    expect(await failureOf(add(box, root, 'alpha', source, {env: {PATH: box.dir}}))).toMatchObject({
      code: 'GIT_MISSING',
    })
    expect(snapshot(root)).toEqual(before)
  })

  it('RegistryBreaksMeanwhile: nothing is left behind', async () => {
    const {box, root, source} = townAndSource()
    const onStderr = () => void write(join(root, 'mayor/rigs.json'), 'broken')
    expect(await failureOf(add(box, root, 'alpha', source, {onStderr}))).toMatchObject({code: 'INVALID_FILE'})
    expect(readdirSync(root).sort()).toEqual(['first', 'mayor'])
  })

  it('RegistryBreaksAtTheLastMoment: the rig is moved out of its place again', async () => {
    const {box, root, source} = townAndSource()
    const {signal} = new AbortController()
    // The last check of the signal comes between the check of the registry and the move.
    signal.throwIfAborted = () => {
      const drafts = readdirSync(root).map((name) => join(root, name, 'alpha/config.json'))
      if (drafts.some(existsSync)) write(join(root, 'mayor/rigs.json'), 'broken')
    }
    expect(await failureOf(add(box, root, 'alpha', source, {signal}))).toMatchObject({code: 'INVALID_FILE'})
    expect(readdirSync(root).sort()).toEqual(['first', 'mayor'])
  })

  it('NameTakenMeanwhile: the other rig stays as it is', async () => {
    const {box, root, source} = townAndSource()
    const onStderr = () => void write(join(root, 'alpha/mine'), 'x')
    expect(await failureOf(add(box, root, 'alpha', source, {onStderr}))).toMatchObject({code: 'RIG_EXISTS'})
    expect(readdirSync(root).sort()).toEqual(['alpha', 'first', 'mayor'])
    expect(readdirSync(join(root, 'alpha'))).toEqual(['mine'])
  })

  it('SameNameAtOnce: one wins', async () => {
    const {box, root, source} = townAndSource()
    const attempts = await Promise.allSettled([1, 2, 3, 4].map(() => add(box, root, 'alpha', source)))
    expect(attempts.filter(({status}) => status === 'fulfilled')).toHaveLength(1)
    for (const attempt of attempts) {
      if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject({code: 'RIG_EXISTS'})
    }
    expect(readdirSync(root).sort()).toEqual(['alpha', 'first', 'mayor'])
  })

  it.each([true, false])(
    'Interrupted, probe answered %s: nothing is left behind, neither files nor processes',
    async (answersProbe) => {
      const {box, root} = townAndSource()
      const before = snapshot(root)
      const {env, isUp} = slowTransport(box, {answersProbe})
      const controller = new AbortController()
      const adding = failureOf(add(box, root, 'alpha', 'ssh://host/x', {env, signal: controller.signal}))
      await isUp()
      expect(processesOf(box).length).toBeGreaterThan(2)
      controller.abort(new Error('interrupted'))
      expect((await adding).message).toBe('interrupted')
      expect(snapshot(root)).toEqual(before)
      await until('all processes to end', () => processesOf(box).length === 0)
    },
  )

  it.each([true, false])(
    'SilentTransport, probe answered %s: ended at the limit of the town, and nothing is left behind',
    async (answersProbe) => {
      const {box, root} = townAndSource()
      const settings = write(join(root, 'settings/config.json'), {git: {silence: '300ms'}})
      const before = snapshot(root)
      const {env} = slowTransport(box, {answersProbe})
      expect(await failureOf(add(box, root, 'alpha', 'ssh://host/x', {env}))).toMatchObject({
        code: 'GIT_TIMED_OUT',
        message: 'cannot clone ssh://host/x: git clone showed no sign of work for 300ms, and was ended',
        hint: expect.stringContaining(`"git.silence" in ${settings}`),
      })
      expect(snapshot(root)).toEqual(before)
      await until('all processes to end', () => processesOf(box).length === 0)
    },
  )

  it('SettingsInvalid: rejected before anything is made', async () => {
    const {box, root, source} = townAndSource()
    write(join(root, 'settings/config.json'), {git: {silence: 'long'}})
    const before = snapshot(root)
    expect(await failureOf(add(box, root, 'alpha', source))).toMatchObject({code: 'INVALID_SETTING'})
    expect(snapshot(root)).toEqual(before)
  })

  it('InterruptedWithoutProcessList: git itself is killed', async () => {
    const {box, root} = townAndSource()
    const {env, isUp} = slowTransport(box, {answersProbe: true})
    const before = snapshot(root)
    const controller = new AbortController()
    const adding = failureOf(add(box, root, 'alpha', 'ssh://host/x', {env, signal: controller.signal}))
    await isUp()
    vi.stubEnv('PATH', box.dir)
    controller.abort(new Error('interrupted'))
    expect((await adding).message).toBe('interrupted')
    vi.unstubAllEnvs()
    expect(snapshot(root)).toEqual(before)
    killAll(box)
  })

  it('InterruptedBefore: git is not even started', async () => {
    const {box, root, source} = townAndSource()
    const signal = AbortSignal.abort(new Error('interrupted'))
    const ran = join(box.dir, 'ran')
    chmodSync(write(join(box.dir, 'bin/git'), `#!/bin/sh\n: > ${ran}\n`), 0o755)
    const env = {PATH: `${join(box.dir, 'bin')}:/usr/bin:/bin`}
    expect((await failureOf(add(box, root, 'alpha', source, {signal, env}))).message).toBe('interrupted')
    expect(existsSync(ran)).toBe(false)
  })

  it('ManyProcessesAtOnce: the registry has all rigs', async () => {
    const {box, root, source} = townAndSource()
    const names = Array.from({length: 20}, (_, index) => `rig${index}`)
    const ends = names.map((name) => once(addInProcess(box, root, name, source), 'exit'))
    expect(await Promise.all(ends)).toEqual(names.map(() => [0, null]))
    expect(Object.keys(readJson(join(root, 'mayor/rigs.json')).rigs).sort()).toEqual(
      ['first', ...names].sort(),
    )
    expect(readdirSync(root).sort()).toEqual(['first', 'mayor', ...names].sort())
  })

  it('ProcessKilled: the next one removes its leftovers', async () => {
    const {box, root, source} = townAndSource()
    const {env, isUp} = slowTransport(box, {answersProbe: true})
    const adding = addInProcess(box, root, 'alpha', 'ssh://host/x', env)
    await isUp()
    adding.kill('SIGKILL')
    await once(adding, 'exit')
    killAll(box)
    expect(readdirSync(root).some((name) => name.startsWith('.rig-scratch.'))).toBe(true)
    await add(box, root, 'alpha', source)
    expect(readdirSync(root).sort()).toEqual(['alpha', 'first', 'mayor'])
  })
})

/** Adds a rig from a separate process. */
function addInProcess(box: Sandbox, root: string, name: string, source: string, env = {}): ChildProcess {
  const script = `
    const {addRig} = await import(process.argv[1])
    const [root, name, source] = process.argv.slice(2)
    await addRig({name, source, place: {cwd: root, env: process.env}, git: {mayAsk: false}})`
  const args = [
    '--input-type=module',
    '-e',
    script,
    resolve(import.meta.dirname, '../../dist/rigs/add-rig.js'),
  ]
  return spawn(process.execPath, [...args, root, name, source], {
    env: {...box.env, ...env},
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}
