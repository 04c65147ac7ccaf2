import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {makeWorker, type Worker} from './worker.js'

/** A change to a worker, and the gate's result after it. */
export type Case = [title: string, arrange: (worker: Worker) => void, expected: string | RegExp]

export const push = (worker: Worker) => worker.git('push', '--quiet', 'origin', worker.branch)

/** One commit that is safe at the origin, so that only the case's own change can refuse. */
export function pushed(): Worker {
  const worker = makeWorker()
  worker.commit('work')
  push(worker)
  return worker
}

/** The origin squashed both commits, and went on. */
export function squash(worker: Worker): void {
  worker.commit('one')
  worker.commit('two')
  push(worker)
  worker.elsewhere((clone) => {
    worker.gitIn(clone, 'merge', '--quiet', '--squash', `origin/${worker.branch}`)
    worker.gitIn(clone, 'commit', '--quiet', '--message', 'both')
    writeFileSync(join(clone, 'later'), 'later\n')
    worker.gitIn(clone, 'add', '.')
    worker.gitIn(clone, 'commit', '--quiet', '--message', 'later')
  })
  worker.gitIn(worker.origin, 'branch', '-D', worker.branch)
}

/** Registers the rig with its origin in the town's registry. */
export function register({box, origin}: Worker): void {
  mkdirSync(join(box.dir, 'mayor'))
  writeFileSync(join(box.dir, 'mayor/rigs.json'), JSON.stringify({rigs: {rig: {git_url: origin}}}))
}

/** The worktree's own git directory. */
export const gitDir = (worker: Worker) => worker.git('rev-parse', '--absolute-git-dir')

/** A stash of the checked-out branch. */
export function stash(worker: Worker): void {
  worker.write('work', 'changed')
  worker.git('stash', 'push', '--quiet', '--message', 'mine')
}

/** A commit, and one that reverts it. */
export function netZero(worker: Worker): void {
  worker.commit('secret')
  worker.git('rm', '--quiet', 'secret')
  worker.git('commit', '--quiet', '--message', 'remove it')
}

/** The default branch takes the work in another form, and the branch is deleted. */
export function mergeRewritten(worker: Worker): void {
  worker.elsewhere((clone) => {
    writeFileSync(join(clone, 'work'), 'theirs\n')
    worker.gitIn(clone, 'add', '.')
    worker.gitIn(clone, 'commit', '--quiet', '--message', 'work, but not this one')
  })
  worker.gitIn(worker.origin, 'branch', '-D', worker.branch)
}

/** Every commit but the merge is upstream. */
export function evilMerge(worker: Worker): void {
  worker.git('checkout', '--quiet', '-b', 'side', 'origin/main')
  worker.commit('side')
  worker.git('checkout', '--quiet', worker.branch)
  worker.git('merge', '--quiet', '--no-ff', '--no-commit', 'side')
  worker.write('evil', 'only here\n')
  worker.git('add', 'evil')
  worker.git('commit', '--quiet', '--message', 'merge')
  worker.elsewhere((clone) => {
    for (const file of ['work', 'side']) {
      writeFileSync(join(clone, file), `${file}\n`)
      worker.gitIn(clone, 'add', '.')
      worker.gitIn(clone, 'commit', '--quiet', '--message', `add ${file}`)
    }
  })
  worker.gitIn(worker.origin, 'branch', '-D', worker.branch)
}

/** Two lines that merged each other have two merge bases. From each, all is upstream as one commit, which proves little. */
export function crossMerges(worker: Worker): void {
  const {git, branch} = worker
  git('checkout', '--quiet', '-b', 'side', 'origin/main')
  worker.commit('side')
  git('checkout', '--quiet', branch)
  worker.commit('work')
  git('branch', 'own', branch)
  git('merge', '--quiet', '--no-ff', '--no-edit', 'side')
  git('checkout', '--quiet', 'side')
  git('merge', '--quiet', '--no-ff', '--no-edit', 'own')
  git('push', '--quiet', 'origin', 'side:main')
  git('checkout', '--quiet', branch)
  worker.commit('more')
  worker.elsewhere((clone) => {
    for (const files of [['side'], ['work']]) again(worker, clone, files)
  })
}

/** Removes files, and restores them in one commit with the last change. */
function again(worker: Worker, clone: string, files: string[]): void {
  const all = [...files, 'more']
  worker.gitIn(clone, 'rm', '--quiet', '--ignore-unmatch', ...all)
  worker.gitIn(clone, 'commit', '--quiet', '--message', 'away')
  for (const file of all) writeFileSync(join(clone, file), `${file}\n`)
  worker.gitIn(clone, 'add', '.')
  worker.gitIn(clone, 'commit', '--quiet', '--message', 'as one')
}
