import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {describe, expect, it} from 'vitest'
import {observeSandbox} from '../../src/observe-sandbox.js'
import {gitDir, push, stash} from '../support/situations.js'
import {addLibrary, commitInLibrary, inLibrary} from '../support/submodule.js'
import {gate, makeWorker, type Worker} from '../support/worker.js'

const hasReftable = knowsFormat()

/** Git prints the usage of a command, and exits with 129. */
function knowsFormat(): boolean {
  const {stdout} = spawnSync('git', ['init', '-h'], {encoding: 'utf8'})
  return stdout.includes('--ref-format')
}

const observe = (worker: Worker) =>
  observeSandbox(unattendedGit(worker.box.env), {
    rig: {name: 'rig', path: join(worker.box.dir, 'rig')},
    name: 'nux',
  })

describe.runIf(hasReftable)('a repository whose refs are in a reftable', () => {
  const make = () => {
    const worker = makeWorker({refs: 'reftable'})
    worker.commit('work')
    push(worker)
    return worker
  }

  it('Observed: HEAD, branch and the time of its last move come from git', async () => {
    const worker = make()
    expect(readFileSync(join(gitDir(worker), 'HEAD'), 'utf8')).toContain('.invalid')
    const found = await observe(worker)
    expect(found).toEqual({
      is: 'present',
      path: worker.path,
      head: worker.git('rev-parse', 'HEAD'),
      branch: worker.branch,
      movedAt: expect.any(Number),
    })
    expect(Math.abs(Date.now() - (found.is === 'present' ? (found.movedAt ?? 0) : 0))).toBeLessThan(60_000)
    worker.git('checkout', '--quiet', '--detach')
    expect(await observe(worker)).toMatchObject({is: 'present', branch: undefined})
  })

  it('Pushed: safe; a commit, a stash or a cherry-pick under way refuses', async () => {
    const worker = make()
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
    stash(worker)
    expect(await gate(worker)).toMatchObject({verdict: 'unsafe', reasons: [expect.stringMatching(/stashed/)]})
    worker.git('stash', 'drop', '--quiet')
    worker.git('update-ref', 'CHERRY_PICK_HEAD', 'HEAD')
    expect(await gate(worker)).toMatchObject({verdict: 'unsafe', reasons: ['a cherry-pick is under way']})
    worker.git('update-ref', '-d', 'CHERRY_PICK_HEAD')
    worker.commit('more')
    expect(await gate(worker)).toMatchObject({verdict: 'unsafe'})
  })

  it('Submodule: a commit that only its log names refuses', async () => {
    const worker = make()
    addLibrary(worker)
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
    commitInLibrary(worker)
    inLibrary(worker, 'reset', '--quiet', '--hard', 'HEAD~1')
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: ['submodule library has 1 commit that its remote does not have'],
    })
  })
})
