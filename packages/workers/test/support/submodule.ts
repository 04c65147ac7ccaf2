import {join} from 'node:path'
import {push} from './situations.js'
import {makeWorker, type Worker} from './worker.js'

/** The bare repository that is the submodule's remote. */
export const libraryOrigin = ({box}: Worker) => join(box.dir, 'library.git')

/** Adds a submodule `library` with a remote of its own, and pushes that. */
export function addLibrary(worker: Worker): void {
  worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', worker.origin, libraryOrigin(worker))
  worker.git('submodule', '--quiet', 'add', libraryOrigin(worker), 'library')
  worker.git('commit', '--quiet', '--message', 'library')
  push(worker)
}

/** A worker whose sandbox has an initialised submodule, with everything pushed. */
export function withSubmodule(): Worker {
  const worker = makeWorker()
  addLibrary(worker)
  return worker
}

/** Runs git in the submodule's files. */
export const inLibrary = (worker: Worker, ...args: string[]) =>
  worker.gitIn(join(worker.path, 'library'), ...args)

/** Makes a commit without a change in the submodule. */
export const commitInLibrary = (worker: Worker, message = 'only here') =>
  inLibrary(worker, 'commit', '--quiet', '--allow-empty', '--message', message)
