import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {push} from './situations.js'
import {addLibrary, inLibrary, libraryOrigin} from './submodule.js'
import type {Worker} from './worker.js'

/** Actions of a worker, its origin and others. Each may fail when it does not apply. */
type Steps = Readonly<Record<string, (worker: Worker) => unknown>>

const land = (worker: Worker, ...merge: string[]) =>
  worker.elsewhere((clone) => {
    worker.gitIn(clone, ...merge)
    if (merge.includes('--squash')) worker.gitIn(clone, 'commit', '--quiet', '--message', 'landed')
  })

const onDefault = (worker: Worker, file: string, text: string) =>
  worker.elsewhere((clone) => {
    writeFileSync(join(clone, file), text)
    worker.gitIn(clone, 'add', '.')
    worker.gitIn(clone, 'commit', '--quiet', '--message', `others change ${file}`)
  })

const PLAIN: Steps = {
  commit: (worker) => worker.commit('work', 'one\n'),
  'commit another': (worker) => worker.commit('other', 'two\n'),
  'commit again': (worker) => worker.commit('work', 'one\nmore\n'),
  'commit nothing': (worker) => worker.git('commit', '--quiet', '--allow-empty', '--message', 'nothing'),
  amend: (worker) => worker.git('commit', '--quiet', '--amend', '--message', 'amended'),
  'reset soft': (worker) => worker.git('reset', '--quiet', 'HEAD~1'),
  'reset hard': (worker) => worker.git('reset', '--quiet', '--hard', 'HEAD~1'),
  change: (worker) => worker.write('README', 'changed\n'),
  untracked: (worker) => worker.write('notes', 'only here\n'),
  stage: (worker) => worker.git('add', '.'),
  clean: (worker) => [worker.git('reset', '--quiet', '--hard'), worker.git('clean', '--quiet', '-fd')],
  ignored: (worker) => worker.write('build/output', 'built\n'),
  runtime: (worker) => worker.write('.runtime/heartbeat', 'now\n'),
  stash: (worker) => worker.git('stash', 'push', '--quiet', '--include-untracked'),
  'pop the stash': (worker) => worker.git('stash', 'pop', '--quiet'),
  detach: (worker) => worker.git('checkout', '--quiet', '--detach'),
  attach: (worker) => worker.git('checkout', '--quiet', worker.branch),
  'another branch': (worker) => worker.git('checkout', '--quiet', '-b', `polecat/nux-m${Math.random()}`),
  push: (worker) => worker.git('push', '--quiet', '--force', 'origin', 'HEAD'),
  'push, and work on': (worker) => [worker.git('push', '--quiet', 'origin', 'HEAD'), worker.commit('late')],
  'delete at origin': (worker) => worker.gitIn(worker.origin, 'branch', '-D', worker.branch),
  'merge at origin': (worker) => land(worker, 'merge', '--quiet', '--no-ff', `origin/${worker.branch}`),
  'squash at origin': (worker) => land(worker, 'merge', '--quiet', '--squash', `origin/${worker.branch}`),
  'pick at origin': (worker) => land(worker, 'cherry-pick', `HEAD..origin/${worker.branch}`),
  'others commit': (worker) => onDefault(worker, 'theirs', 'theirs\n'),
  'others conflict': (worker) => onDefault(worker, 'work', 'otherwise\n'),
  fetch: (worker) => worker.git('fetch', '--quiet', '--prune', 'origin'),
  rebase: (worker) => worker.git('rebase', '--quiet', 'origin/main'),
  'merge the default branch': (worker) => worker.git('merge', '--quiet', '--no-edit', 'origin/main'),
  lock: (worker) => worker.git('worktree', 'lock', worker.path),
}

const commitEmpty = (worker: Worker) =>
  inLibrary(worker, 'commit', '--quiet', '--allow-empty', '--message', `library ${Math.random()}`)

const SUBMODULE: Steps = {
  'commit in the library': commitEmpty,
  'commit a file in the library': (worker) => {
    worker.write('library/file', `${Math.random()}\n`)
    inLibrary(worker, 'add', 'file')
    inLibrary(worker, 'commit', '--quiet', '--message', 'file')
  },
  'branch in the library': (worker) => inLibrary(worker, 'checkout', '--quiet', '-B', 'side'),
  'detach in the library': (worker) => inLibrary(worker, 'checkout', '--quiet', '--detach'),
  'back in the library': (worker) => inLibrary(worker, 'checkout', '--quiet', '--detach', 'origin/main'),
  'amend in the library': (worker) =>
    inLibrary(worker, 'commit', '--quiet', '--amend', '--allow-empty', '--message', `${Math.random()}`),
  'push the library': (worker) =>
    inLibrary(worker, 'push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/side'),
  'push its default branch': (worker) => inLibrary(worker, 'push', '--quiet', 'origin', 'HEAD:main'),
  'delete at its origin': (worker) => worker.gitIn(libraryOrigin(worker), 'branch', '-D', 'side'),
  'change in the library': (worker) => worker.write('library/README', `${Math.random()}\n`),
  'hide a change in the library': (worker) => [
    inLibrary(worker, 'update-index', '--skip-worktree', 'README'),
    worker.write('library/README', `${Math.random()}\n`),
  ],
  'clean the library': (worker) => [
    inLibrary(worker, 'reset', '--quiet', '--hard'),
    inLibrary(worker, 'clean', '--quiet', '-fd'),
  ],
  'stash in the library': (worker) => inLibrary(worker, 'stash', 'push', '--quiet'),
  'tag in the library': (worker) => inLibrary(worker, 'tag', '--force', '-m', `${Math.random()}`, 'v1'),
  'push its tags': (worker) => inLibrary(worker, 'push', '--quiet', '--tags', '--force', 'origin'),
  'move the remote of the library': (worker) => {
    const fork = join(worker.box.dir, 'library-fork.git')
    if (!existsSync(fork))
      worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', libraryOrigin(worker), fork)
    inLibrary(worker, 'remote', 'set-url', 'origin', fork)
  },
  link: (worker) => worker.git('commit', '--quiet', '--all', '--message', 'link'),
  'update the library': (worker) => worker.git('submodule', '--quiet', 'update', '--init'),
  'deinit the library': (worker) => worker.git('submodule', '--quiet', 'deinit', '--force', '--all'),
  'remove the library': (worker) => [
    worker.git('rm', '--quiet', '--force', 'library'),
    worker.git('commit', '--quiet', '--message', 'without'),
  ],
}

const NESTED: Steps = {
  'ignored repository': (worker) => initIn(worker, 'build/tool'),
  'bare repository': (worker) => {
    const bare = join(worker.path, 'build/mirror.git')
    worker.gitIn(worker.path, 'clone', '--quiet', '--bare', worker.origin, bare)
  },
  'repository in a tracked folder': (worker) => [worker.commit('lib/tracked'), initIn(worker, 'lib')],
  'remove what is ignored': (worker) => worker.git('clean', '--quiet', '-ffdX'),
}

function initIn(worker: Worker, folder: string): void {
  const path = join(worker.path, folder)
  mkdirSync(path, {recursive: true})
  worker.gitIn(path, 'init', '--quiet', '--template=')
  worker.gitIn(path, 'commit', '--quiet', '--allow-empty', '--message', `${Math.random()}`)
}

const HIDDEN: Steps = {
  'rename the remote': (worker) => worker.git('remote', 'rename', 'origin', 'upstream'),
  'rename it back': (worker) => worker.git('remote', 'rename', 'upstream', 'origin'),
  'move the remote': (worker) => {
    const fork = join(worker.box.dir, 'fork.git')
    if (!existsSync(fork)) worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', worker.origin, fork)
    worker.git('remote', 'set-url', 'origin', fork)
  },
  'move it back': (worker) => worker.git('remote', 'set-url', 'origin', worker.origin),
  'skip a file': (worker) => [
    worker.git('update-index', '--skip-worktree', 'README'),
    worker.write('README', `${Math.random()}\n`),
  ],
  'assume a file unchanged': (worker) => [
    worker.git('update-index', '--assume-unchanged', 'README'),
    worker.write('README', `${Math.random()}\n`),
  ],
  'show them again': (worker) =>
    worker.git('update-index', '--no-skip-worktree', '--no-assume-unchanged', 'README'),
}

/** Whether git-lfs is installed. */
const hasLfs = spawnSync('git', ['lfs', 'version']).status === 0

const FILTERS = ['clean', 'smudge'].flatMap((kind) => ['-c', `filter.lfs.${kind}=git-lfs ${kind} -- %f`])

const LARGE: Steps = {
  'commit a large file': (worker) => {
    worker.write('.gitattributes', '*.bin filter=lfs -text\n')
    worker.write('large.bin', `${Math.random()}\n`)
    worker.git(...FILTERS, 'add', '.gitattributes', 'large.bin')
    worker.git(...FILTERS, 'commit', '--quiet', '--message', 'large')
  },
  'change a large file': (worker) => worker.write('large.bin', `${Math.random()}\n`),
  'push large files': (worker) => worker.git('lfs', 'push', '--all', 'origin'),
  'push without them': (worker) => worker.git('push', '--quiet', '--no-verify', 'origin', 'HEAD'),
}

/** Kinds of histories: what happens first, and what may happen then. */
const KINDS: readonly {first: readonly string[]; more: Steps}[] = [
  {first: [], more: PLAIN},
  {first: ['add the library'], more: SUBMODULE},
  {first: ['add the library'], more: {...SUBMODULE, ...PLAIN}},
  {first: [], more: {...NESTED, ...PLAIN}},
  {first: [], more: {...HIDDEN, ...PLAIN}},
  ...(hasLfs ? [{first: ['commit a large file'], more: {...LARGE, ...PLAIN}}] : []),
]

/** After some histories everything is tidied up, so that not almost all of them are refused. */
const LAST: Steps = {
  'tidy up': (worker) => {
    const {branch} = worker
    for (const step of [
      () => inLibrary(worker, 'reset', '--quiet', '--hard'),
      () => inLibrary(worker, 'push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/side'),
      () => worker.git('commit', '--quiet', '--all', '--message', 'tidy'),
      () => worker.git('checkout', '--quiet', '-B', branch),
      () => push(worker),
    ])
      attempt(step)
  },
  'push both': (worker) => {
    attempt(() => inLibrary(worker, 'push', '--quiet', 'origin', 'HEAD:refs/heads/last'))
    push(worker)
  },
  nothing: () => {},
}

const ALL: Steps = {
  ...PLAIN,
  ...SUBMODULE,
  ...NESTED,
  ...HIDDEN,
  ...LARGE,
  ...LAST,
  'add the library': addLibrary,
}

/** Names of steps. */
export const histories: fc.Arbitrary<string[]> = fc
  .constantFrom(...KINDS)
  .chain(({first, more}) =>
    fc
      .tuple(
        fc.array(fc.constantFrom(...Object.keys(more)), {minLength: 1, maxLength: 9}),
        fc.constantFrom(...Object.keys(LAST)),
      )
      .map(([steps, last]) => [...first, ...steps, last]),
  )

/** Makes a step, if it applies. */
export function make(step: string, worker: Worker): void {
  attempt(() => ALL[step]?.(worker))
}

function attempt(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Error && ('status' in error || 'code' in error))) throw error
  }
}

/** What would be lost now without the sandbox, if nothing else had it: commits and tags, as object ids. */
export function namedObjects(worker: Worker): string[] {
  const library = ['rev-parse', '--quiet', '--verify']
  return [
    ask(() => worker.git('rev-parse', 'HEAD')),
    ...['HEAD', 'refs/stash', 'refs/tags/v1'].map((ref) =>
      ask(() => ownIn(worker, 'library', ...library, ref)),
    ),
    ...['build/tool', 'lib'].map((folder) => ask(() => ownIn(worker, folder, ...library, 'HEAD'))),
  ].filter((id) => id !== '')
}

/** Runs git in a folder with a repository of its own; git would otherwise answer for the sandbox. */
function ownIn(worker: Worker, folder: string, ...args: string[]): string {
  return existsSync(join(worker.path, folder, '.git')) ? worker.gitIn(join(worker.path, folder), ...args) : ''
}

function ask(question: () => string): string {
  let answer = ''
  attempt(() => {
    answer = question()
  })
  return answer
}

/** The contents of all files that are work, as git would name them without any filter. */
export function contentsOf(worker: Worker): string[] {
  return readdirSync(worker.path, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) => !/^(?:build\/|\.runtime\/)|(?:^|\/)\.git(?:\/|$)/.test(file.slice(worker.path.length + 1)),
    )
    .map(blobId)
}

function blobId(file: string): string {
  const content = readFileSync(file)
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
}

/** All objects that refs reach in the rig's repository and in the origins, and all large files that the origins have. */
export function reachable(worker: Worker): Set<string> {
  const origins = [worker.origin, libraryOrigin(worker)].filter((path) => existsSync(path))
  const lists = [worker.repository, ...origins].map((path) =>
    worker.gitIn(path, 'rev-list', '--all', '--objects'),
  )
  const objects = lists.flatMap((list) => list.split('\n').map((line) => line.slice(0, 40)))
  return new Set([...objects, ...origins.flatMap(largeFiles)])
}

function largeFiles(origin: string): string[] {
  const store = join(origin, 'lfs/objects')
  if (!existsSync(store)) return []
  return readdirSync(store, {recursive: true, encoding: 'utf8'})
    .map((name) => join(store, name))
    .filter((path) => lstatSync(path).isFile())
    .map(blobId)
}
