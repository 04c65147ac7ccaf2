import {createRequire} from 'node:module'
import {isAbsolute} from 'node:path'
import {fileURLToPath} from 'node:url'
import {withLazyRequires} from './lazy-requires.js'

const OCLIF = /node_modules[\\/]@oclif[\\/]core[\\/]lib[\\/].*\.js$/
/** Others, of which one of Node's modules has a stand-in. */
const OTHERS = /(plugin-tmux[\\/]dist[\\/]ask|node_modules[\\/]supports-color[\\/]index)\.js$/

/** oclif opens stdout to listen for a closed pipe, which gt does by itself once something is printed. */
const STDOUT_LISTENER = /^process\.stdout\.on\('error',.*?^\}\);$/ms

/** What oclif prints by Node's console, which opens stdout, and stderr as well, to learn of colours. */
const PRINTED = /\bconsole\.(log|error)\((|\(0, node_util_1\.format\)\(.*\))\);/g

/** What is loaded at every start for something that is needed rarely, and what stands in for it. */
const STAND_INS = {
  debug: fileURLToPath(new URL('./stand-ins/debug.cjs', import.meta.url)),
  'fs-promises': fileURLToPath(new URL('./stand-ins/fs-promises.cjs', import.meta.url)),
  'lazy-os': fileURLToPath(new URL('./stand-ins/lazy-os.cjs', import.meta.url)),
  minimatch: fileURLToPath(new URL('./stand-ins/minimatch.cjs', import.meta.url)),
  'lazy-tty': fileURLToPath(new URL('./stand-ins/lazy-tty.cjs', import.meta.url)),
  'spawn-sync': fileURLToPath(new URL('./stand-ins/spawn-sync.cjs', import.meta.url)),
  'wsl-utils': fileURLToPath(new URL('./stand-ins/wsl-utils.cjs', import.meta.url)),
}

const require = createRequire(import.meta.url)
const oclif = require.resolve('@oclif/core/package.json')

/** Each ES module that imports oclif would copy all of its exports: they get it from one that does. */
const ONCE = 'gt:oclif'

/** A plugin of rolldown: oclif, and the way to tmux, without what a start does not need. */
export function leanModules() {
  return {
    name: 'lean-modules',
    async resolveId(id, importer) {
      if (id === '@oclif/core' && isOurs(importer)) return ONCE
      if (importer !== undefined && [OCLIF, OTHERS].some((lean) => lean.test(importer))) return STAND_INS[id]
      // A stand-in means the package that oclif would have got.
      if (Object.values(STAND_INS).includes(importer) && id in STAND_INS) return this.resolve(id, oclif)
    },
    load: {
      filter: {id: /^gt:oclif$/},
      handler: () => `export {${Object.keys(require('@oclif/core')).join(', ')}} from '@oclif/core'`,
    },
    transform: {
      filter: {id: [OCLIF, OTHERS]},
      handler(code, id) {
        return {code: OCLIF.test(id) ? lean(code) : withStandIn(code), map: null}
      },
    },
  }
}

function isOurs(importer) {
  return importer !== undefined && isAbsolute(importer) && !importer.includes('node_modules')
}

// Node's own modules get another name, since they are never looked for.

function lean(code) {
  const renamed = code
    .replaceAll('require("node:fs/promises")', 'require("fs-promises")')
    .replaceAll('require("node:os")', 'require("lazy-os")')
    // The same class, and for it alone a start would load the module.
    .replaceAll('node_url_1.URL', 'URL')
  return withLazyRequires(renamed.replace(STDOUT_LISTENER, '').replace(PRINTED, withoutConsole))
}

function withoutConsole(_, method, text) {
  const words = [text, '"\\n"'].filter(Boolean).join(' + ')
  return `process.${method === 'log' ? 'stdout' : 'stderr'}.write(${words});`
}

function withStandIn(code) {
  return code.replace("'node:child_process'", "'spawn-sync'").replace("require('tty')", "require('lazy-tty')")
}
