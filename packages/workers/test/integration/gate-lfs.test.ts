import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {type Git, unattendedGit} from '@gtown/sdk/git'
import {describe, expect, it} from 'vitest'
import {pushed} from '../support/situations.js'
import {inLibrary, withSubmodule} from '../support/submodule.js'
import {gate, type Worker} from '../support/worker.js'

const hasLfs = isInstalled()

function isInstalled(): boolean {
  try {
    execFileSync('git', ['lfs', 'version'], {stdio: 'ignore'})
    return true
  } catch {
    return false
  }
}

/** Commits a pointer as git-lfs would, with the content in the repository's store and in the file, and pushes it. */
function commitLarge(worker: Worker, content = 'large\n'): void {
  const oid = createHash('sha256').update(content).digest('hex')
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`
  const store = join(worker.repository, 'lfs/objects', oid.slice(0, 2), oid.slice(2, 4))
  mkdirSync(store, {recursive: true})
  writeFileSync(join(store, oid), content)
  worker.commit('.gitattributes', '*.bin filter=lfs -text\n')
  worker.commit('a.bin', pointer)
  worker.write('a.bin', content)
  worker.git('update-index', '--assume-unchanged', 'a.bin')
  push(worker)
}

/** Without the hook that git-lfs may have installed, which pushes the contents first. */
const push = (worker: Worker) => worker.git('push', '--quiet', '--no-verify', 'origin', worker.branch)

/** Answers `git lfs` itself. */
const answering = (worker: Worker, stderr: string): Git => {
  const git = unattendedGit(worker.box.env)
  return async (args, options) =>
    args[0] === 'lfs' ? {code: 2, stdout: '', stderr} : await git(args, options)
}

describe('large files', () => {
  it('GitLfsMissing: unknown', async () => {
    const worker = pushed()
    commitLarge(worker)
    const git = answering(worker, "git: 'lfs' is not a git command. See 'git --help'.\n")
    expect(await gate(worker, {git})).toEqual({
      verdict: 'unknown',
      reasons: [
        "cannot tell whether the remote has the content of 1 large file: git: 'lfs' is not a git command. See 'git --help'.",
      ],
    })
  })

  it('NotAtTheRemote, as git-lfs says: refused', async () => {
    const worker = pushed()
    commitLarge(worker)
    const git = answering(worker, '[404] Object does not exist on the server\n')
    expect(await gate(worker, {git})).toEqual({
      verdict: 'unsafe',
      reasons: ['the remote does not have the content of 1 large file'],
    })
  })

  it('RemoteGivesNoAnswer: unknown', async () => {
    const worker = pushed()
    commitLarge(worker)
    expect(await gate(worker, {git: answering(worker, 'connection refused\n')})).toMatchObject({
      verdict: 'unknown',
      reasons: [expect.stringMatching(/connection refused$/)],
    })
  })

  it('TooLarge: unknown, and nothing is fetched', async () => {
    const worker = pushed()
    commitLarge(worker)
    const oid = '0'.repeat(64)
    worker.commit('b.bin', `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 9999999999\n`)
    push(worker)
    expect(await gate(worker)).toMatchObject({
      verdict: 'unknown',
      reasons: ['cannot tell whether the remote has 2 large files: too much to fetch'],
    })
  })

  it('Changed: its bytes are not those that the pointer names', async () => {
    const worker = pushed()
    commitLarge(worker)
    worker.write('a.bin', 'LARGE\n')
    expect(await gate(worker)).toEqual({verdict: 'unsafe', reasons: ['not committed: a.bin']})
  })

  it('LooksLikeAPointer: text in another file stands for nothing', async () => {
    const worker = pushed()
    const oid = createHash('sha256').update('changed\n').digest('hex')
    const blob = worker.git('rev-parse', 'HEAD:work')
    worker.commit(
      'forged',
      `x\n${blob} blob 5\nversion https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 8\n`,
    )
    push(worker)
    for (const file of ['work', 'forged']) {
      worker.git('update-index', '--assume-unchanged', file)
      worker.write(file, 'changed\n')
    }
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: ["changed, but hidden from git's status: forged, work"],
    })
  })
})

describe.runIf(hasLfs)('git-lfs', () => {
  const LFS = ['-c', 'filter.lfs.clean=git-lfs clean -- %f', '-c', 'filter.lfs.smudge=git-lfs smudge -- %f']

  function commitWithLfs(worker: Worker, cwd = worker.path): void {
    writeFileSync(join(cwd, '.gitattributes'), '*.bin filter=lfs diff=lfs merge=lfs -text\n')
    writeFileSync(join(cwd, 'a.bin'), 'large\n')
    worker.gitIn(cwd, ...LFS, 'add', '.')
    worker.gitIn(cwd, ...LFS, 'commit', '--quiet', '--message', 'large')
  }

  it('PushedWithoutItsContent: refused', async () => {
    const worker = pushed()
    commitWithLfs(worker)
    push(worker)
    expect(await gate(worker)).toEqual({
      verdict: 'unsafe',
      reasons: ['the remote does not have the content of 1 large file'],
    })
  })

  it('PushedWithItsContent: safe, also when its time has changed', async () => {
    const worker = pushed()
    commitWithLfs(worker)
    worker.git('lfs', 'push', 'origin', worker.branch)
    push(worker)
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
    utimesSync(join(worker.path, 'a.bin'), new Date(0), new Date(0))
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
    expect(readFileSync(join(worker.path, 'a.bin'), 'utf8')).toBe('large\n')
  })

  it('OneStoreForAllRepositories: it may have the content without the remote', async () => {
    const worker = pushed()
    commitWithLfs(worker)
    push(worker)
    writeFileSync(join(worker.box.dir, 'home/.gitconfig'), '[lfs]\n\tstorage = /srv/lfs\n')
    expect(await gate(worker)).toMatchObject({
      verdict: 'unknown',
      reasons: [expect.stringMatching(/lfs\.storage is one for all repositories$/)],
    })
  })

  it('InASubmodule, pushed without its content: refused', async () => {
    const worker = withSubmodule()
    commitWithLfs(worker, join(worker.path, 'library'))
    inLibrary(worker, 'push', '--quiet', '--no-verify', 'origin', 'HEAD:main')
    worker.git('commit', '--quiet', '--all', '--message', 'link')
    push(worker)
    expect(await gate(worker)).toEqual({
      verdict: 'unsafe',
      reasons: ['the remote does not have the content of 1 large file in library/'],
    })
    inLibrary(worker, 'lfs', 'push', '--all', 'origin')
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
  })
})
