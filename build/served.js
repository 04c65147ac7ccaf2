// oclif and the sdk as plugins on disk get them: the copies that gt itself runs with.
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

const PACKAGES = ['@oclif/core', '@gtown/sdk']

/** Each import that a plugin may write, such as `@gtown/sdk/commands`, and the file that answers it. */
export function servedModules(top) {
  return PACKAGES.flatMap((name) => {
    const {root, exports} = packageOf(top, name)
    return Object.entries(exports)
      .map(([path, target]) => [join(name, path), join(root, target.default ?? target)])
      .filter(([path, file]) => file.endsWith('.js') && !path.includes('*') && existsSync(file))
  })
}

function packageOf(top, name) {
  const {paths} = createRequire(join(top, 'package.json')).resolve
  const root = paths(name)
    .map((folder) => join(folder, name))
    .find(existsSync)
  return {root, ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))}
}

/** The source of a module that exports what is served, each loaded when somebody asks for it. */
export function servedModule(top, modules) {
  const versions = Object.fromEntries(PACKAGES.map((name) => [name, packageOf(top, name).version]))
  const entries = modules.map(
    ([path, file]) => `${JSON.stringify(path)}: () => require(${JSON.stringify(file)})`,
  )
  return `exports.modules = {${entries.join(', ')}}\nexports.versions = ${JSON.stringify(versions)}`
}

/** The files that a plugin's imports are led to, for `import` and for `require`: they take the module from gt. */
export async function writeServed(modules, directory) {
  mkdirSync(directory, {recursive: true})
  for (const [path, file] of modules) {
    const name = join(directory, path.replaceAll('/', '+'))
    const take = `globalThis[Symbol.for('gt.served')][${JSON.stringify(path)}]()`
    const names = Object.keys(await import(pathToFileURL(file).href)).filter(
      (key) => key !== 'default' && key !== 'module.exports',
    )
    writeFileSync(`${name}.cjs`, `module.exports = ${take}\n`)
    const exported = names.length > 0 ? `export const {${names.join(', ')}} = module\n` : ''
    writeFileSync(`${name}.mjs`, `const module = ${take}\nexport default module\n${exported}`)
  }
}
