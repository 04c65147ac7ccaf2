import {spawn, spawnSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join, resolve} from 'node:path'
import {describe, expect, it, onTestFinished} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {checkMovable} from '../../src/put-away/put-away.js'
import {away, back, contextOf, record, removed, removedFolder, rigOf, snapshot} from '../support/put-away.js'
import {makeWorker, type Worker} from '../support/worker.js'

const repository = resolve(import.meta.dirname, '../../../..')
const dist = join(repository, 'packages/workers/dist/put-away')

const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0

/** Runs shell commands and then a script in a new mount namespace. Returns their output. */
function mounted(worker: Worker, commands: string, script: string): string {
  const program = `
    const {putAway, restore, purge, listRemoved} = await import('${dist}/index.js')
    const {deleteIn} = await import('${dist}/delete-tree.js')
    const {unattendedGit} = await import('@gtown/sdk/git')
    const rig = ${JSON.stringify(rigOf(worker))}
    const context = {git: unattendedGit(process.env), rig, processesIn: () => [], callerDirectory: '/', name: 'nux'}
    const verdict = {is: 'safe', reasons: []}
    try { ${script} } catch (error) { console.log(error.code, error.message) }`
  const args = [
    '--mount',
    'sh',
    '-ec',
    `${commands}\nexec "$0" --input-type=module -e "$1"`,
    process.execPath,
    program,
  ]
  const {stdout, stderr} = spawnSync('unshare', args, {
    env: worker.box.env,
    encoding: 'utf8',
    cwd: join(dist, '..'),
  })
  return stdout + stderr
}

const adminOf = (worker: Worker) => join(worker.repository, 'worktrees/rig')

/** Obstacles to a move, each with the expected error code and message. */
const CASES: Readonly<Record<string, [(worker: Worker) => unknown, string, RegExp]>> = {
  Locked: [
    (worker) => worker.git('worktree', 'lock', '--reason', 'on a stick', worker.path),
    'WORKTREE_LOCKED',
    /is locked: on a stick$/,
  ],
  LockedWithoutReason: [
    (worker) => worker.git('worktree', 'lock', worker.path),
    'WORKTREE_LOCKED',
    /is locked$/,
  ],
  WorktreeInside: [
    (worker) => worker.git('worktree', 'add', '--quiet', '-b', 'other', 'build/other'),
    'WORKTREE_INSIDE',
    /other worktrees depend on .*build\/other/,
  ],
  WorktreeOfASubmodule: [
    (worker) => {
      worker.git('submodule', '--quiet', 'add', worker.origin, 'lib')
      worker.gitIn(join(worker.path, 'lib'), 'worktree', 'add', '--quiet', join(worker.box.dir, 'far'))
    },
    'WORKTREE_INSIDE',
    /\/far$/,
  ],
  ForeignWorktree: [
    (worker) => {
      const foreign = join(worker.box.dir, 'foreign')
      worker.gitIn(worker.box.dir, 'clone', '--quiet', worker.origin, foreign)
      rmSync(worker.path, {recursive: true})
      worker.gitIn(foreign, 'worktree', 'add', '--quiet', '-b', 'other', worker.path)
    },
    'WORKTREE_FOREIGN',
    /polecats\/nux\/rig is a worktree of another repository: .*foreign\/\.git\/worktrees\/rig names it$/,
  ],
  ForeignCommon: [
    (worker) => writeFileSync(join(adminOf(worker), 'commondir'), `${worker.origin}\n`),
    'WORKTREE_INSIDE',
    /polecats\/nux\/rig$/,
  ],
  AdminIsALink: [
    (worker) => {
      renameSync(adminOf(worker), join(worker.box.dir, 'admin'))
      symlinkSync(join(worker.box.dir, 'admin'), adminOf(worker))
    },
    'WORKTREE_FOREIGN',
    /is a worktree of another repository: .*\/admin names it$/,
  ],
}

/** Everything that a refusal must not change. */
const all = (worker: Worker) => ({
  ...snapshot(worker),
  refs: worker.gitIn(worker.repository, 'for-each-ref'),
  worktrees: worker.gitIn(worker.repository, 'worktree', 'list', '--porcelain'),
  removed: existsSync(removedFolder(worker)),
})

describe('refused, and nothing changes', () => {
  it.each(Object.entries(CASES))('%s', async (_, [prepare, code, message]) => {
    const worker = makeWorker()
    worker.commit('work')
    prepare(worker)
    const before = all(worker)
    const error = {
      code,
      message: expect.stringMatching(message),
      hint: expect.stringContaining('The sandbox stays as it is.'),
    }
    await expect(
      checkMovable({...contextOf(worker), name: 'nux', callerDirectory: '/', processesIn: () => []}),
    ).rejects.toMatchObject(error)
    await expect(away(worker)).rejects.toMatchObject(error)
    expect(all(worker)).toEqual(before)
  })

  it('NoSandbox', async () => {
    const worker = makeWorker()
    await expect(away(worker, {name: 'slit'})).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  })

  it.each(['', 'build'])('CallerInside, at %j', async (folder) => {
    const worker = makeWorker()
    worker.write('build/x', 'x')
    const before = all(worker)
    const callerDirectory = join(worker.path, folder)
    await expect(away(worker, {callerDirectory})).rejects.toMatchObject({code: 'SANDBOX_IN_USE'})
    expect(all(worker)).toEqual(before)
  })

  it('ProcessesInside: the message names each with its command', async () => {
    const worker = makeWorker()
    const processesIn = () => [{pid: 4711, command: 'vim notes'}]
    const before = all(worker)
    await expect(away(worker, {processesIn})).rejects.toMatchObject({
      code: 'SANDBOX_IN_USE',
      message: `processes are running in ${worker.path}: 4711 (vim notes)`,
    })
    expect(all(worker)).toEqual(before)
  })

  it('ProcessesUnknown: nothing is moved', async () => {
    const worker = makeWorker()
    await expect(away(worker, {processesIn: () => undefined})).rejects.toMatchObject({code: 'SANDBOX_IN_USE'})
    expect(existsSync(worker.path)).toBe(true)
  })

  it('LateProcess: every step so far is undone', async () => {
    const worker = makeWorker()
    worker.commit('work')
    const before = all(worker)
    let calls = 0
    const processesIn = () => (++calls > 1 ? [{pid: 4711, command: 'vim'}] : [])
    await expect(away(worker, {processesIn})).rejects.toMatchObject({code: 'SANDBOX_IN_USE'})
    expect(all(worker)).toEqual(before)
  })

  it('HeadMoved after the decision to remove', async () => {
    const worker = makeWorker()
    const head = worker.git('rev-parse', 'HEAD')
    worker.commit('late')
    await expect(away(worker, {head})).rejects.toMatchObject({code: 'SANDBOX_CHANGED'})
    expect(existsSync(worker.path)).toBe(true)
  })

  it('RenameFails: the lock, the pins and the permissions are restored', async () => {
    const worker = makeWorker()
    worker.commit('work')
    chmodSync(worker.path, 0o555)
    const before = all(worker)
    const step = (name: string) => {
      // A folder that is not empty makes the rename fail.
      if (name === 'locked') mkdirSync(join(removedFolder(worker), 'nux-a1b2/tree/x'), {recursive: true})
    }
    await record(worker)
    await expect(away(worker, {step})).rejects.toMatchObject({code: 'CANNOT_MOVE'})
    rmSync(join(removedFolder(worker)), {recursive: true, force: true})
    expect(all(worker)).toEqual(before)
  })

  it('LockedByAnother during the put-away: that lock stays', async () => {
    const worker = makeWorker()
    const step = (name: string) =>
      void (name === 'pinned' && worker.git('worktree', 'lock', '--reason', 'mine', worker.path))
    await expect(away(worker, {step})).rejects.toMatchObject({code: 'CANNOT_MOVE'})
    expect(readFileSync(join(adminOf(worker), 'locked'), 'utf8').trim()).toBe('mine')
    expect(existsSync(worker.path)).toBe(true)
  })

  it('SandboxConfiguration: no program that it names is run', async () => {
    const worker = makeWorker()
    const [ran, program] = [join(worker.box.dir, 'ran'), join(worker.box.dir, 'program')]
    writeFileSync(program, `#!/bin/sh\ntouch ${ran}\ncat\n`, {mode: 0o755})
    worker.git('config', 'extensions.worktreeConfig', 'true')
    const settings = {
      'core.fsmonitor': program,
      'core.hooksPath': worker.box.dir,
      'filter.x.clean': program,
      'filter.x.smudge': program,
      'filter.x.process': program,
      'diff.external': program,
      'gpg.program': program,
      'commit.gpgSign': 'true',
      'core.alternateRefsCommand': program,
      'core.editor': program,
      'core.pager': program,
    }
    for (const hook of ['reference-transaction', 'post-checkout', 'post-index-change']) {
      writeFileSync(join(worker.box.dir, hook), `#!/bin/sh\ntouch ${ran}\n`, {mode: 0o755})
    }
    worker.write('.gitattributes', '* filter=x\n')
    for (const [key, value] of Object.entries(settings)) worker.git('config', '--worktree', key, value)
    const {id} = await away(worker)
    await back(worker, id)
    expect(existsSync(ran)).toBe(false)
  })

  it('LinkInPlaceOfASubmodule: nothing outside of the sandbox is written', async () => {
    const worker = makeWorker()
    worker.git('submodule', '--quiet', 'add', worker.origin, 'lib')
    const {id, path} = await away(worker)
    const outside = join(worker.box.dir, 'outside')
    renameSync(join(path, 'lib'), outside)
    symlinkSync(outside, join(path, 'lib'))
    const before = readFileSync(join(outside, '.git'), 'utf8')
    await back(worker, id, {as: 'slit'})
    expect(readFileSync(join(outside, '.git'), 'utf8')).toBe(before)
  })
})

describe('a refused restore leaves the sandbox put away', () => {
  it('NameTaken: refused, and another name works', async () => {
    const worker = makeWorker()
    const before = snapshot(worker)
    const {id} = await away(worker)
    mkdirSync(worker.path, {recursive: true})
    await expect(back(worker, id)).rejects.toMatchObject({code: 'POLECAT_EXISTS'})
    const {path} = await back(worker, id, {as: 'slit'})
    expect(snapshot(worker, path)).toEqual(before)
  })

  it('RecordTaken', async () => {
    const worker = makeWorker()
    const {id} = await away(worker)
    await record(worker)
    await expect(back(worker, id)).rejects.toMatchObject({code: 'POLECAT_EXISTS'})
  })

  it('ProcessesInside', async () => {
    const worker = makeWorker()
    const {id} = await away(worker)
    const processesIn = () => [{pid: 4711, command: 'vim'}]
    await expect(back(worker, id, {processesIn})).rejects.toMatchObject({code: 'SANDBOX_IN_USE'})
    expect(await removed(worker)).toMatchObject([{id, state: 'removed'}])
  })

  it.each<[string, string, (worker: Worker) => void]>([
    ['UnknownId', 'NOT_REMOVED', () => {}],
    ['AdminGone', 'REMOVED_BROKEN', (worker) => rmSync(adminOf(worker), {recursive: true})],
    ['Unlocked', 'REMOVED_BROKEN', (worker) => rmSync(join(adminOf(worker), 'locked'))],
  ])('%s', async (name, code, harm) => {
    const worker = makeWorker()
    const {id} = await away(worker)
    harm(worker)
    await expect(back(worker, name === 'UnknownId' ? '../nux' : id)).rejects.toMatchObject({code})
    expect(existsSync(worker.path)).toBe(false)
  })

  it('RenameFails: the sandbox stays put away, and can be restored later', async () => {
    const worker = makeWorker()
    const before = snapshot(worker)
    const {id} = await away(worker)
    const step = (name: string) =>
      void (name === 'restoring' && mkdirSync(join(worker.path, 'x'), {recursive: true}))
    await expect(back(worker, id, {step})).rejects.toMatchObject({code: 'CANNOT_MOVE'})
    expect(await removed(worker)).toMatchObject([{id, state: 'removed'}])
    rmSync(join(worker.path, '..'), {recursive: true})
    await back(worker, id)
    expect(snapshot(worker)).toEqual(before)
  })
})

describe.runIf(canMount)('mounts', () => {
  it.each(['build', ''])('MountInside, at %j: refused, and the message names the mount', (folder) => {
    const worker = makeWorker()
    worker.write('build/a b/x', 'x')
    const target = join(worker.path, folder && `${folder}/a b`)
    const said = mounted(
      worker,
      `mount --bind '${target}' '${target}'`,
      'await putAway({...context, verdict})',
    )
    expect(said).toContain(`SANDBOX_MOUNTED something is mounted in ${worker.path}: ${target}`)
    expect(existsSync(worker.path)).toBe(true)
  })

  it('MountInAPutAwaySandbox: neither restored nor purged', async () => {
    const worker = makeWorker()
    worker.write('build/x', 'x')
    const {id, path} = await away(worker, {verdict: {is: 'safe', reasons: []}})
    const mount = `mount --bind ${worker.box.dir}/home ${path}/build`
    for (const call of ['restore', 'purge']) {
      expect(mounted(worker, mount, `await ${call}({...context, id: '${id}'})`)).toContain('SANDBOX_MOUNTED')
    }
    expect(await removed(worker)).toMatchObject([{id, state: 'removed'}])
  })

  it('LateMount: the deletion skips and reports it', () => {
    const worker = makeWorker()
    const [work, precious] = [join(worker.box.dir, 'work'), join(worker.box.dir, 'precious')]
    mkdirSync(join(work, 'top/a/mount'), {recursive: true})
    writeFileSync(join(work, 'top/a/file'), 'x')
    mkdirSync(precious)
    writeFileSync(join(precious, 'keep'), 'x')
    const mount = `mount --bind ${precious} ${work}/top/a/mount`
    const said = mounted(worker, mount, `console.log(await deleteIn('${work}', Infinity))`)
    expect(said).toMatch(/is: 'blocked'[\s\S]*mount: resource busy or locked/)
    expect(existsSync(join(precious, 'keep'))).toBe(true)
    expect(existsSync(join(work, 'top/a/file'))).toBe(false)
  })

  it('MountInAnotherNamespace: the mounted files stay', async () => {
    const worker = makeWorker()
    const [precious, ready] = [join(worker.box.dir, 'precious'), join(worker.box.dir, 'ready')]
    mkdirSync(precious)
    writeFileSync(join(precious, 'keep'), 'x')
    worker.write('build/x', 'x')
    const mount = `mount --bind ${precious} ${worker.path}/build; touch ${ready}; exec sleep 600`
    const other = spawn('unshare', ['--mount', 'sh', '-ec', mount], {stdio: 'ignore', env: worker.box.env})
    onTestFinished(() => void other.kill('SIGKILL'))
    await until('the mount', () => existsSync(ready))
    const {id} = await away(worker, {verdict: {is: 'safe', reasons: []}})
    expect(mounted(worker, ':', `console.log(await purge({...context, id: '${id}'}))`)).toContain('purged')
    expect(readFileSync(join(precious, 'keep'), 'utf8')).toBe('x')
  })
})
