import {readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {constants, Script} from 'node:vm'
import {keepCompiled, readCompiled} from './compile-cache.js'

interface Options {
  /** Absolute path of the folder with the bundle. */
  bundle: string
  /** Folder for compiled files; undefined if none can be used. */
  folder: string | undefined
  /** The task of this process. Compiled code is shared between processes with the same task. */
  task: string
  /** Loads what is not in the bundle. */
  require: NodeJS.Require
}

interface LoadedFile {
  exports: unknown
  filename: string
}

/**
 * Loads each file of the bundle once, as `require` would. Node's own compile cache stores a file before any of it has
 * run, so V8 compiles its functions again at every start. This loader stores what V8 has compiled by the end of a
 * successful process. V8 rejects code from another V8 version but does not check the source, so file names contain a
 * hash of their content.
 */
export function createLoader({bundle, folder, task, require}: Options): (id: string) => unknown {
  const loaded = new Map<string, LoadedFile>()
  const fresh = new Map<string, Script>()
  const load = (id: string): unknown => {
    if (!id.startsWith('./')) return require(id)
    const known = loaded.get(id)
    if (known) return known.exports
    const filename = join(bundle, id)
    const file: LoadedFile = {exports: {}, filename}
    loaded.set(id, file)
    compile(filename, id)(file.exports, inBundle, file, filename, dirname(filename))
    return file.exports
  }
  const inBundle = Object.assign(load, {resolve: require.resolve, main: require.main})
  const compile = (filename: string, id: string) => {
    const name = `${id.slice(2)}.${task}.${process.version}-${process.arch}`
    const cachedData = folder === undefined ? undefined : readCompiled(folder, name)
    const script = new Script(readFileSync(filename, 'latin1'), {
      filename,
      cachedData,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    })
    if (cachedData === undefined || script.cachedDataRejected) fresh.set(name, script)
    return script.runInThisContext()
  }
  process.on('exit', (code) => {
    if (folder === undefined || code !== 0) return
    for (const [name, script] of fresh) keepCompiled(folder, name, script.createCachedData())
  })
  return load
}
