import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {resolveUrl} from '../../src/removal-gate/module-url.js'
import {checkNested} from '../../src/removal-gate/nested.js'
import {push, pushed} from '../support/situations.js'
import {inLibrary, withSubmodule} from '../support/submodule.js'
import {gate, requestFor, type Worker} from '../support/worker.js'

/** A program that leaves a trace, as an agent could name it anywhere in the configuration. */
function trap(worker: Worker): {script: string; hasRun(): boolean} {
  const trace = join(worker.box.dir, 'trace')
  const script = join(worker.box.dir, 'trap')
  writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> ${trace}\nexit 1\n`, {mode: 0o755})
  return {script, hasRun: () => existsSync(trace)}
}

/** Replaces the last commit by one with a signature, and pushes it. */
function sign(worker: Worker): void {
  const lines = ['BEGIN PGP SIGNATURE', '', 'x', 'END PGP SIGNATURE']
  const signature = lines.map((line) => (/PGP/.test(line) ? ` -----${line}-----` : ` ${line}`)).join('\n')
  const commit = `${worker.git('cat-file', 'commit', 'HEAD')}\n`
  const file = worker.write('.runtime/commit', commit.replace('\n\n', `\ngpgsig${signature}\n\n`))
  worker.git('reset', '--quiet', '--hard', worker.git('hash-object', '-t', 'commit', '-w', file))
  worker.git('push', '--quiet', '--force', 'origin', worker.branch)
}

it.each([
  'core.sshCommand',
  'core.gitProxy',
  'core.askPass',
  'core.fsmonitor',
  'core.alternateRefsCommand',
  'core.pager',
  'credential.helper',
  'diff.external',
  'gpg.program',
  'remote.origin.uploadpack',
  'remote.origin.vcs',
  'uploadpack.packObjectsHook',
])('%s: a program that the repository names is not run', async (key) => {
  const worker = pushed()
  const {script, hasRun} = trap(worker)
  sign(worker)
  worker.git('config', 'log.showSignature', 'true')
  worker.git('config', key, script)
  expect(await gate(worker)).toMatchObject({verdict: 'safe'})
  expect(hasRun()).toBe(false)
})

it.each(['clean', 'process'])('Filter, %s: is not run, neither here nor in a submodule', async (kind) => {
  const worker = withSubmodule()
  const {script, hasRun} = trap(worker)
  worker.write('library/.gitattributes', '* filter=other\n')
  inLibrary(worker, 'add', '.')
  inLibrary(worker, 'commit', '--quiet', '--message', 'attributes')
  inLibrary(worker, 'push', '--quiet', 'origin', 'HEAD:main')
  worker.git('add', 'library')
  worker.commit('.gitattributes', '* filter=odd\n')
  push(worker)
  worker.git('config', `filter.odd.${kind}`, script)
  inLibrary(worker, 'config', `filter.other.${kind}`, script)
  expect(await gate(worker)).toMatchObject({verdict: 'safe'})
  expect(hasRun()).toBe(false)
})

it('FilterThatTakesAnEditOut: unknown', async () => {
  const worker = pushed()
  worker.commit('.gitattributes', 'work filter=strip\n')
  worker.git('push', '--quiet', 'origin', worker.branch)
  worker.git('config', 'filter.strip.clean', 'grep -v mine')
  worker.write('work', 'work\nmine\n')
  worker.git('add', '--renormalize', '.')
  expect(worker.git('status', '--porcelain')).toBe('')
  expect(await gate(worker)).toMatchObject({
    verdict: 'unknown',
    reasons: [expect.stringMatching(/cannot tell whether work changed: stored by the filter strip/)],
  })
})

it('PartialClone: what is missing is not fetched by the program that the repository names', async () => {
  const worker = pushed()
  const {script, hasRun} = trap(worker)
  worker.git('config', 'extensions.partialClone', 'origin')
  worker.git('config', 'remote.origin.promisor', 'true')
  worker.git('config', 'remote.origin.uploadpack', script)
  worker.git('update-ref', 'refs/worktree/x', 'HEAD')
  await gate(worker)
  expect(hasRun()).toBe(false)
})

it('SearchForRepositories: beyond its limits it is unknown', async () => {
  const worker = pushed()
  worker.write('build/a/b/c', 'x')
  const known = new Set([worker.path])
  const search = (folders: number, milliseconds: number) =>
    checkNested(requestFor(worker), known, {folders, milliseconds})
  expect(await search(4, 10_000)).toEqual([])
  const unknown = [{is: 'unknown', text: expect.stringMatching(/too many folders/), only: []}]
  expect(await search(3, 10_000)).toEqual(unknown)
  expect(await search(4, -1)).toEqual(unknown)
})

it('SearchForRepositories: a name that is not UTF-8 does not stop it', async () => {
  const worker = pushed()
  const odd = Buffer.concat([Buffer.from(`${worker.path}/build/`), Buffer.from([0xff])])
  worker.write('build/x', 'x')
  mkdirSync(Buffer.concat([odd, Buffer.from('/.hg')]), {recursive: true})
  expect(await gate(worker)).toMatchObject({
    verdict: 'unsafe',
    reasons: [expect.stringMatching(/^other repositories are inside: build\/.\/$/)],
  })
})

it.each([
  ['https://host/org/repo.git', '../lib.git', 'https://host/org/lib.git'],
  ['https://host/org/repo.git/', '../../other/lib', 'https://host/other/lib'],
  ['git@host:org/repo', '../lib', 'git@host:org/lib'],
  ['git@host:repo', '../lib', 'git@host:lib'],
  ['/srv/git/repo', './lib', '/srv/git/repo/lib'],
  ['/srv/git/repo', 'https://host/lib', 'https://host/lib'],
])('resolveUrl(%s, %s): %s', (parent, url, expected) => {
  expect(resolveUrl(parent, url)).toBe(expected)
})
