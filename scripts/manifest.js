// Writes the oclif.manifest.json of gt and of its plugins from the built commands, so that a start loads only one command
// instead of all. With --check, it writes nothing and fails if a manifest is stale.
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Plugin} from '@oclif/core'

const top = fileURLToPath(new URL('..', import.meta.url))
const check = process.argv.includes('--check')

async function manifestOf(root) {
  const plugin = new Plugin({
    root,
    type: 'core',
    ignoreManifest: true,
    respectNoCacheDefault: true,
    errorOnManifestCreate: true,
  })
  await plugin.load()
  // Sorted, because the order on disk differs from machine to machine.
  const commands = Object.entries(plugin.manifest.commands).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${JSON.stringify({...plugin.manifest, commands: Object.fromEntries(commands)}, null, 2)}\n`
}

let stale = 0
const {workspaces} = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'))
const folders = ['.', ...workspaces.filter((folder) => folder.startsWith('packages/plugin-'))]
for (const folder of folders) {
  const file = join(folder, 'oclif.manifest.json')
  const path = join(top, file)
  const fresh = await manifestOf(join(top, folder))
  if (existsSync(path) && readFileSync(path, 'utf8') === fresh) continue
  if (check) {
    stale++
    process.stderr.write(`${file} is stale: run 'npm run build' and commit it\n`)
  } else {
    writeFileSync(path, fresh)
  }
}
process.exitCode = stale > 0 ? 1 : 0
