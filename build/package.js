// Makes dist-package/, the package as users install it: the bundle, and as dependencies only what stays outside of it.
// Nothing of gt has to be in a registry. npm run build:package && npm pack ./dist-package
import {cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const top = fileURLToPath(new URL('../', import.meta.url))
const output = join(top, 'dist-package')
const own = readJson('package.json')
const outside = /^(@oclif\/plugin-plugins|@xterm\/.+|@lydell\/node-pty)$/

rmSync(output, {recursive: true, force: true})
mkdirSync(output)
for (const name of [...own.files, 'README.md', 'LICENSE'])
  cpSync(join(top, name), join(output, name), {recursive: true})
writeFileSync(join(output, 'package.json'), `${JSON.stringify(published(), null, 2)}\n`)

function published() {
  const {workspaces: _, scripts: __, devDependencies: ___, allowScripts: ____, ...kept} = own
  const manifests = ['package.json', ...globSync('packages/*/package.json', {cwd: top})].map(readJson)
  const stillNeeded = (kind) =>
    Object.fromEntries(
      manifests
        .flatMap((manifest) => Object.entries(manifest[kind] ?? {}))
        .filter(([name]) => outside.test(name)),
    )
  return {
    ...kept,
    dependencies: stillNeeded('dependencies'),
    optionalDependencies: stillNeeded('optionalDependencies'),
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(join(top, file), 'utf8'))
}
