// A bundled file would load, at its start, each file and each module of Node that anything in it imports. Here each
// is loaded when it is first used: the variable becomes a function, and its uses become calls.

const IMPORT = /^(?:const|let) ([\w$]+) = (require\(["`][^"`]+["`]\));\n(?:\1 = ([\w$.]+)\(\1(, 1)?\);\n)?/gm

/**
 * @param {string} code a file as rolldown writes it, before it is made smaller
 * @returns {string} the same file, which loads what it imports when it first uses it
 */
export function withLazyImports(code) {
  const names = []
  const declared = code.replace(IMPORT, (_, name, load, interop, mode = '') => {
    names.push(name)
    const module = interop === undefined ? load : `${interop}(${load}${mode})`
    return `let ${name}$module;\nfunction ${name}() { return ${name}$module ??= ${module} }\n`
  })
  return names.reduce((text, name) => {
    const use = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name.replaceAll('$', '\\$')}(?=\\.)`, 'g')
    return text.replace(use, `(${name}())`)
  }, declared)
}

/** A plugin of rolldown. */
export function lazyImports() {
  return {name: 'lazy-imports', renderChunk: (code) => ({code: withLazyImports(code), map: null})}
}
