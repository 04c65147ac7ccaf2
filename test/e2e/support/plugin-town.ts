import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect} from 'vitest'
import {type CliResult, gt} from '../../support/cli.js'
import {type Sandbox, sandbox} from '../../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../../support/town.js'

export const hasNpm = spawnSync('npm', ['--version']).status === 0

/** Nobody listens there: whatever asks a registry for something fails at once. */
export const offline = {npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0'}

/** A town with an agent, an empty data directory, and no registry within reach. */
export interface PluginTown {
  box: Sandbox
  cwd: string
  env: Record<string, string>
  run(...args: string[]): Promise<CliResult>
}

export function pluginTown(more: (box: Sandbox) => Record<string, string> = () => ({})): PluginTown {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
  const env = {...box.env, ...offline, XDG_DATA_HOME: join(box.dir, 'data'), ...more(box)}
  return {box, cwd, env, run: (...args) => gt(args, {cwd, env})}
}

/** Packs the package in the folder as a release would be; returns the path of the tarball. */
export function pack(folder: string, {dir, env}: Sandbox): string {
  const options = {cwd: folder, env: {...env, ...offline}, encoding: 'utf8'} as const
  const printed = execFileSync('npm', ['pack', '--json', '--pack-destination', dir], options)
  const packed = Object.values(JSON.parse(printed) as Record<string, {filename: string}>)
  return join(dir, packed[0]?.filename ?? '')
}

export function unpack(tarball: string, folder: string): string {
  mkdirSync(folder, {recursive: true})
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'])
  return folder
}

/** Installs the plugin where none is installed, uses it and uninstalls it: nothing of it may be left then. */
export async function installUseUninstall(
  {box, run}: PluginTown,
  {tarball, name, version}: {tarball: string; name: string; version: string},
  use: () => Promise<void>,
): Promise<void> {
  const none = {code: 0, stdout: 'No plugins installed.\n'}
  expect(await run('plugins')).toMatchObject(none)
  const installed = await run('plugins', 'install', `file:${tarball}`)
  expect(installed).toMatchObject({code: 0, stderr: expect.not.stringContaining('Warning')})
  expect((await run('plugins')).stdout).toBe(`${name} ${version}\n`)
  await use()
  expect((await run('plugins', 'uninstall', name)).code).toBe(0)
  expect(await run('plugins')).toMatchObject(none)
  expect(readFileSync(join(box.dir, 'data/gtown/package.json'), 'utf8')).not.toContain(name)
}
