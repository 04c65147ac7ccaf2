// All that the build changes in the source of oclif, so that a start loads only what it uses. What is changed in the running
// oclif stands in ../src/fast/oclif-patch.ts. test/unit/build/oclif-patch.test.ts has a test for each assumption.
import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'

const OCLIF = /node_modules[\\/]@oclif[\\/]core[\\/]lib[\\/].*\.js$/

const standIn = (name) => fileURLToPath(new URL(`./stand-ins/${name}.cjs`, import.meta.url))

/** What stands in for a module that is loaded at every start and needed rarely. */
const STAND_INS = {
  debug: standIn('debug'),
  'fs-promises': standIn('fs-promises'),
  minimatch: standIn('minimatch'),
  'wsl-utils': standIn('wsl-utils'),
}

const oclif = createRequire(import.meta.url).resolve('@oclif/core/package.json')

/** A plugin of rolldown. */
export function oclifPatch() {
  return {
    name: 'oclif-patch',
    async resolveId(id, importer) {
      if (importer === undefined || !(id in STAND_INS)) return
      if (OCLIF.test(importer)) return STAND_INS[id]
      // A stand-in means the package that oclif would have got.
      if (Object.values(STAND_INS).includes(importer)) return this.resolve(id, oclif)
    },
    transform: {
      filter: {id: OCLIF},
      handler: (code) => ({code: patched(code), map: null}),
    },
  }
}

/**
 * @param {string} code a module of @oclif/core
 * @returns {string} the same module, which neither loads nor opens what it does not use
 */
export function patched(code) {
  const lean = code
    // Under another name, since Node's own modules are never looked for.
    .replaceAll('require("node:fs/promises")', 'require("fs-promises")')
    .replace(STDOUT_LISTENER, '')
    .replace(PRINTED, withoutConsole)
  return withLazyRequires(lean)
}

/** oclif opens stdout to listen for a closed pipe, which gt does by itself once something is printed. */
const STDOUT_LISTENER = /^process\.stdout\.on\('error',.*?^\}\);$/ms

/** oclif prints by the console: Node's opens stdout and stderr for it, and Bun's writes past `process.stdout`. */
const PRINTED = /\bconsole\.(log|error)\((|\(0, node_util_1\.format\)\(.*\))\);/g

function withoutConsole(_, method, text) {
  const words = [text, '"\\n"'].filter(Boolean).join(' + ')
  return `process.${method === 'log' ? 'stdout' : 'stderr'}.write(${words});`
}

/** How TypeScript writes an import of CommonJS: under names that nobody writes by hand. */
const IMPORT = /^(?:const|var) (\w+) = ((?:__import(?:Default|Star)\()?require\((["'][^"']+["'])\)\)?);$/gm
const REEXPORT = /^exports\.(\w+) = (__importStar\(require\("[^"]+"\)\));$/gm

/**
 * oclif loads all of itself at the start. Here each import becomes a function that loads the module when it is first
 * called, and each use of it a call.
 *
 * @param {string} code a module that TypeScript compiled to CommonJS; any other is returned as it is
 * @returns {string}
 */
export function withLazyRequires(code) {
  if (!code.includes('"__esModule"')) return code
  const names = []
  let result = code.replace(IMPORT, (_, name, load) => {
    names.push(name)
    return `function ${name}() { return ${name}.module ??= ${load} }`
  })
  for (const name of names) {
    const use = new RegExp(
      `(?<![\\w"'\`]|(?<!\\.\\.)\\.|function )\\b${name}\\b(?!\\.module \\?\\?=|\\(\\) \\{ return)`,
      'g',
    )
    result = result.replace(use, `(${name}())`)
  }
  return result.replace(
    REEXPORT,
    (_, name, load) =>
      `Object.defineProperty(exports, "${name}", { enumerable: true, configurable: true, get: () => ${load} });`,
  )
}
