// oclif loads all of itself at the start. Here each of its modules, and of theirs, is loaded when it is first used:
// what TypeScript wrote as `const x_1 = require("x")` becomes a function, and its uses become calls.

/** Modules that TypeScript compiled to CommonJS: their imports have names that nobody writes by hand. */
const IMPORT = /^(?:const|var) (\w+) = ((?:__import(?:Default|Star)\()?require\((["'][^"']+["'])\)\)?);$/gm
const REEXPORT = /^exports\.(\w+) = (__importStar\(require\("[^"]+"\)\));$/gm

/**
 * @param {string} code a module of @oclif/core
 * @returns {string} the same module, which loads what it imports when it first uses it
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
