import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {lookThoroughly} from '../../src/removal-gate/gate.js'
import {push, pushed, stash} from '../support/situations.js'
import {makeWorker, requestFor, type Worker} from '../support/worker.js'

const look = (worker: Worker) => lookThoroughly(requestFor(worker))

function withSubmodule(): Worker {
  const worker = pushed()
  const library = join(worker.box.dir, 'library.git')
  worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', worker.origin, library)
  worker.git('submodule', '--quiet', 'add', library, 'lib')
  worker.git('commit', '--quiet', '--message', 'lib')
  push(worker)
  return worker
}

it('Everything at once: each kind of work is named, although the first one refuses already', async () => {
  const worker = withSubmodule()
  stash(worker)
  worker.commit('late')
  worker.write('notes', 'x')
  worker.write('src/a', 'x')
  worker.write('src/b', 'x')
  worker.write('build/output', 'x')
  worker.git('update-ref', 'refs/worktree/keep', 'HEAD')
  for (const _ of ['one', 'two']) {
    worker.gitIn(join(worker.path, 'lib'), 'commit', '--quiet', '--allow-empty', '--message', 'only here')
  }
  const result = await look(worker)
  expect(result).toMatchObject({
    verdict: 'unsafe',
    reasons: expect.arrayContaining([
      expect.stringMatching(/not committed/),
      expect.stringMatching(/is not at origin/),
      expect.stringMatching(/submodule lib/),
      expect.stringMatching(/stashed/),
    ]),
  })
  expect(result.onlyHere).toEqual([
    {kind: 'refs', what: 'refs/worktree/keep'},
    {kind: 'files', what: 'lib'},
    {kind: 'files', what: 'notes'},
    {kind: 'files', what: '2 files in src/'},
    {kind: 'stash', what: '1 stash'},
    {kind: 'commits', what: '1 commit of polecat/nux-m1'},
    {kind: 'submodule', what: '2 commits in lib/'},
    {kind: 'ignored', what: 'build/'},
  ])
})

it('IgnoredFiles: are named without refusing; runtime files are not', async () => {
  const worker = pushed()
  worker.write('.gitignore', 'build/\n.runtime/\n.env\n')
  worker.git('commit', '--quiet', '--all', '--message', 'ignore')
  push(worker)
  worker.write('build/output', 'x')
  worker.write('.env', 'SECRET=1')
  worker.write('.runtime/heartbeat', 'x')
  expect(await look(worker)).toMatchObject({
    verdict: 'safe',
    onlyHere: [
      {kind: 'ignored', what: '.env'},
      {kind: 'ignored', what: 'build/'},
    ],
  })
})

it('Clean: nothing is only here', async () => {
  expect(await look(pushed())).toMatchObject({verdict: 'safe', onlyHere: []})
})

it('OneCheckFails: the others still say what they found', async () => {
  const worker = pushed()
  worker.write('notes', 'x')
  worker.git('remote', 'set-url', 'origin', join(worker.box.dir, 'gone.git'))
  expect(await look(worker)).toEqual({
    verdict: 'unsafe',
    reasons: ['not committed: ?? notes', expect.stringMatching(/git ls-remote failed/)],
    onlyHere: [{kind: 'files', what: 'notes'}],
  })
})

it('SandboxGone: unknown, with nothing to name', async () => {
  const worker = makeWorker()
  rmSync(worker.path, {recursive: true})
  expect(await look(worker)).toEqual({
    verdict: 'unknown',
    reasons: [expect.stringMatching(/no such file/)],
    onlyHere: [],
  })
})
