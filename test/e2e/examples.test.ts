// The examples of the documentation, built as their authors would, and used by strangers: linked, and from a tarball.
import {execFileSync} from 'node:child_process'
import {cpSync, mkdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import type {Sandbox} from '../support/sandbox.js'
import {useAgents} from '../support/town.js'
import {hasNpm, installUseUninstall, type PluginTown, pack, pluginTown} from './support/plugin-town.js'

const top = fileURLToPath(new URL('../..', import.meta.url))

const exampleTown = () => pluginTown(({dir}) => ({GT_PLAIN_DIR: join(dir, 'plain')}))

/** Builds the example in a folder of its own; returns the folder. */
function build(name: string, {dir}: Sandbox): string {
  const plugin = join(dir, name)
  cpSync(join(top, 'examples', name, 'src'), join(plugin, 'src'), {recursive: true})
  for (const file of ['package.json', 'tsconfig.json'])
    cpSync(join(top, 'examples', name, file), join(plugin, file))
  // What `npm install --save-dev` of the plugin's author puts there.
  mkdirSync(join(plugin, 'node_modules/@gtown'), {recursive: true})
  mkdirSync(join(plugin, 'node_modules/@types'))
  symlinkSync(join(top, 'packages/sdk'), join(plugin, 'node_modules/@gtown/sdk'))
  symlinkSync(join(top, 'node_modules/@types/node'), join(plugin, 'node_modules/@types/node'))
  execFileSync(join(top, 'node_modules/.bin/tsc'), ['-p', plugin], {stdio: 'pipe'})
  return plugin
}

async function withLinked(name: string): Promise<PluginTown> {
  const town = exampleTown()
  expect(await town.run('plugins', 'link', build(name, town.box), '--no-install')).toMatchObject({code: 0})
  return town
}

async function withInstalled(name: string, use: (town: PluginTown) => Promise<void>): Promise<PluginTown> {
  const town = exampleTown()
  const tarball = pack(build(name, town.box), town.box)
  await installUseUninstall(town, {tarball, name: `gt-${name}`, version: '1.0.0'}, () => use(town))
  return town
}

async function useBackend({cwd, run}: PluginTown): Promise<void> {
  useAgents(cwd, {quiet: {command: '/bin/sleep', args: ['600'], prompt_mode: 'none'}})
  expect(await run('witness', 'start', 'alpha', '--backend', 'plain')).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^warning: this session backend cannot type: .*\n$/),
  })
  expect(JSON.parse((await run('witness', 'status', 'alpha', '--json')).stdout)).toMatchObject({
    running: true,
    backend: 'plain',
    state: {value: 'unknown', text: 'plain shows no screens'},
  })
  const attach = await run('witness', 'attach', 'alpha')
  expect(attach).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('sessions on plain cannot be attached'),
  })
  expect((await run('witness', 'stop', 'alpha')).stdout).toContain('✓ Witness stopped')
}

async function useScribe({run}: PluginTown): Promise<void> {
  expect(await run('scribe', 'start', 'alpha')).toMatchObject({
    code: 0,
    stderr: '',
    stdout: 'Starting the scribe of alpha...\nThe scribe of alpha is writing.\n',
  })
  expect((await run('scribe', 'start', 'alpha')).stdout).toContain('is already writing')
  expect(JSON.parse((await run('scribe', 'status', 'alpha', '--json')).stdout)).toEqual({
    rig: 'alpha',
    liveness: 'alive',
  })
  expect((await run('nudge', 'alpha/scribe', 'write this down')).code).toBe(0)
  expect((await run('peek', 'alpha/scribe')).stdout).toContain('heard: write this down')
  expect((await run('witness', 'status', 'alpha')).stdout).toContain('○ stopped')
  expect((await run('scribe', 'restart', 'alpha')).stdout).toContain('The scribe of alpha is writing.')
  expect((await run('scribe', 'stop', 'alpha')).stdout).toBe('The scribe of alpha has stopped.\n')
  expect((await run('scribe', '--help')).stdout).toContain('scribe status')
}

test('the backend: it keeps every promise that it must, and a witness runs on it', async () => {
  const town = await withLinked('backend-plain')
  const report = JSON.parse((await town.run('backend', 'conform', 'plain', '--json')).stdout)
  const failed = report.cases.filter(
    ({level, outcome}: {level: string; outcome: string}) => level === 'must' && outcome === 'failed',
  )
  expect(failed).toEqual([])
  expect(report).toMatchObject({backend: 'plain', conforms: true})
  await useBackend(town)
})

test('the backend: the doctor shows what it says of itself', async () => {
  const {box, run} = await withLinked('backend-plain')
  const folder = join(box.dir, 'plain')
  const doctor = async () => (await run('doctor')).stdout
  expect(await doctor()).toContain(`ok    folder        0 plain sessions in ${folder}`)
  mkdirSync(folder, {mode: 0o755})
  expect(await doctor()).toMatch(
    new RegExp(
      `^warn  folder {8}other users may enter ${folder}, .*\\n +Close it: chmod 700 ${folder}$`,
      'm',
    ),
  )
})

test('the role: its five commands, its address, and its help', async () => {
  await useScribe(await withLinked('role-scribe'))
})

test.skipIf(!hasNpm)(
  'the backend from a tarball, without a registry: installed, used, uninstalled',
  async () => {
    const {run} = await withInstalled('backend-plain', useBackend)
    expect(await run('witness', 'start', 'alpha', '--backend', 'plain')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("'plain'"),
    })
  },
)

test.skipIf(!hasNpm)(
  'the role from a tarball, without a registry: installed, used, uninstalled',
  async () => {
    const {run} = await withInstalled('role-scribe', useScribe)
    expect((await run('--help')).stdout).not.toContain('scribe')
    expect((await run('scribe', 'status', 'alpha')).stderr).toContain('unknown command "scribe" for "gt"')
  },
)
