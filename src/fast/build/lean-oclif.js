import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'
import {withLazyRequires} from './lazy-requires.js'

const OCLIF = /node_modules[\\/]@oclif[\\/]core[\\/]lib[\\/].*\.js$/

/** What oclif loads at every start for something that it needs rarely, and what stands in for it. */
const STAND_INS = {
  debug: fileURLToPath(new URL('./stand-ins/debug.cjs', import.meta.url)),
  'fs-promises': fileURLToPath(new URL('./stand-ins/fs-promises.cjs', import.meta.url)),
  'lazy-os': fileURLToPath(new URL('./stand-ins/lazy-os.cjs', import.meta.url)),
  minimatch: fileURLToPath(new URL('./stand-ins/minimatch.cjs', import.meta.url)),
  'wsl-utils': fileURLToPath(new URL('./stand-ins/wsl-utils.cjs', import.meta.url)),
}

const oclif = createRequire(import.meta.url).resolve('@oclif/core/package.json')

/** A plugin of rolldown: oclif without what a start does not need. */
export function leanOclif() {
  return {
    name: 'lean-oclif',
    async resolveId(id, importer) {
      if (importer !== undefined && OCLIF.test(importer)) return STAND_INS[id]
      // A stand-in means the package that oclif would have got.
      if (Object.values(STAND_INS).includes(importer) && id in STAND_INS) return this.resolve(id, oclif)
    },
    transform: {
      filter: {id: OCLIF},
      handler(code) {
        // Under another name, since Node's own modules are never looked for.
        const renamed = code
          .replaceAll('require("node:fs/promises")', 'require("fs-promises")')
          .replaceAll('require("node:os")', 'require("lazy-os")')
          // The same class, and for it alone a start would load the module.
          .replaceAll('node_url_1.URL', 'URL')
          // It opens stdout, to overlook what gt itself overlooks.
          .replace(/^process\.stdout\.on\('error', [\s\S]*?^\}\);$/m, '')
        return {code: withLazyRequires(renamed), map: null}
      },
    },
  }
}
