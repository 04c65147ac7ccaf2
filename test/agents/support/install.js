import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'

/**
 * Installs each agent into a folder of its own below `directory`, with its program at `node_modules/.bin`; one that
 * is there already stays.
 *
 * @returns {Map<string, string>} by package, the folder with its program; one that could not be installed is left out
 */
export function install(specifiers, directory) {
  const folders = new Map()
  for (const specifier of specifiers) {
    const folder = join(directory, specifier.replaceAll('/', '+'))
    if (isInstalled(folder) || npmInstall(specifier, folder))
      folders.set(specifier, join(folder, 'node_modules', '.bin'))
  }
  return folders
}

const isInstalled = (folder) => existsSync(join(folder, 'installed'))

function npmInstall(specifier, folder) {
  mkdirSync(folder, {recursive: true})
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  const {status, stderr, error} = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error', specifier],
    {
      cwd: folder,
      encoding: 'utf8',
      // Agents bring a program for the Node that installs them.
      env: {...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`},
    },
  )
  if (status === 0) {
    writeFileSync(join(folder, 'installed'), '')
    return true
  }
  process.stderr.write(`${specifier} could not be installed: ${error?.message ?? stderr.trim()}\n`)
  return false
}
