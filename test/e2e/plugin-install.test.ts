// The deacon as its users get it: a tarball, with nothing of gt in any registry and none within reach.
import {cpSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {gt, inExecutable} from '../support/cli.js'
import {closeSandbox, openSandbox, type Sandbox} from '../support/sandbox.js'
import {hasNpm, installUseUninstall, offline, pack, pluginTown, unpack} from './support/plugin-town.js'

const name = '@gtown/plugin-deacon'

let packing: Sandbox
const tarballs: Record<'deacon' | 'sdk', string> = {deacon: '', sdk: ''}

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

const packagePath = (folder: string) => fileURLToPath(new URL(`../../packages/${folder}`, import.meta.url))

async function linked(change: (folder: string) => void = () => {}) {
  const setting = pluginTown()
  const folder = unpack(tarballs.deacon, join(setting.box.dir, 'plugin'))
  change(folder)
  expect(await setting.run('plugins', 'link', '--no-install', folder)).toMatchObject({code: 0})
  return setting
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(from)
  writeFileSync(file, text.replace(from, to))
}

describe.skipIf(!hasNpm)('with npm on PATH', () => {
  beforeAll(() => {
    packing = openSandbox()
    tarballs.deacon = pack(packagePath('plugin-deacon'), packing)
    tarballs.sdk = pack(packagePath('sdk'), packing)
  })
  afterAll(() => closeSandbox(packing))

  test('install from a tarball, use, uninstall: in an empty data directory, without a registry', async () => {
    const town = pluginTown()
    const {run} = town
    const unknown = {stderr: expect.stringContaining('unknown command "deacon" for "gt"')}
    expect(await run('deacon', 'status')).toMatchObject(unknown)

    await installUseUninstall(town, {tarball: tarballs.deacon, name, version: '0.1.0'}, async () => {
      expect((await run('--help')).stdout).toMatch(/^ {2}deacon +Manage the Deacon, the watchdog of a town$/m)
      expect((await run('deacon', '--help')).stdout).toContain('deacon health-check')
      const completions = await run('completion', 'candidates', '--', 'bash', 'deacon', '')
      expect(completions.stdout).toContain('health-check')

      expect((await run('deacon', 'start')).stdout).toContain('✓ Deacon session started.')
      expect(JSON.parse((await run('deacon', 'status', '--json')).stdout)).toMatchObject({running: true})
      expect((await run('deacon', 'heartbeat')).code).toBe(0)
      expect((await run('deacon', 'stop')).stdout).toBe('✓ Deacon session stopped.\n')
    })
    expect((await run('--help')).stdout).not.toContain('deacon')
    expect(await run('deacon', 'status')).toMatchObject(unknown)
  })

  test.runIf(inExecutable)(
    'the executable without npm on PATH: says so, and links a folder all the same',
    async () => {
      const {run, box} = pluginTown(({dir}) => ({PATH: join(dir, 'home')}))
      const refused = await run('plugins', 'install', `file:${tarballs.deacon}`)
      expect(refused).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('Error: plugins are installed by npm, and there is none on PATH\n'),
      })
      const folder = unpack(tarballs.deacon, join(box.dir, 'plugin'))
      expect(await run('plugins', 'link', '--no-install', folder)).toMatchObject({code: 0})
      expect(await run('plugins', 'uninstall', name)).toMatchObject({code: 0})
    },
  )

  test('link a folder that has no node_modules, use, uninstall', async () => {
    const {run} = await linked()
    expect(await run('deacon', 'status')).toMatchObject({code: 0, stderr: ''})
    expect((await run('plugins')).stdout).toContain(`${name} 0.1.0 (link)`)
    expect((await run('plugins', 'uninstall', name)).code).toBe(0)
    expect((await run('deacon', 'status')).code).toBe(1)
  })

  test('link a folder without a manifest, as its author works on it', async () => {
    const {run} = await linked((folder) => rmSync(join(folder, 'oclif.manifest.json')))
    expect(await run('deacon', 'status')).toMatchObject({code: 0, stderr: ''})
  })

  test.each([
    ['HOME', (dir: string) => ({HOME: join(dir, 'home2')})],
    ['GT_DATA_DIR', (dir: string) => ({GT_DATA_DIR: join(dir, 'plugins here')})],
  ])('plugins are found where %s says', async (_, where) => {
    const {box, cwd} = pluginTown()
    const env = {...box.env, ...offline, ...where(box.dir)}
    const folder = unpack(tarballs.deacon, join(box.dir, 'plugin'))
    await gt(['plugins', 'link', '--no-install', folder], {cwd, env})
    expect(await gt(['deacon', 'status'], {cwd, env})).toMatchObject({code: 0, stderr: ''})
  })

  test('a plugin may bring an sdk of its own; one of another version is refused in one sentence', async () => {
    const own = (folder: string) => {
      // As npm does, with what the sdk itself needs; of oclif gt's own is served.
      const {dependencies} = JSON.parse(readFileSync(join(packagePath('sdk'), 'package.json'), 'utf8'))
      for (const name of Object.keys(dependencies).filter((each) => each !== '@oclif/core'))
        cpSync(join(modules, name), join(folder, 'node_modules', name), {recursive: true})
      return unpack(tarballs.sdk, join(folder, 'node_modules/@gtown/sdk'))
    }
    const {run} = await linked(own)
    expect(await run('deacon', 'status')).toMatchObject({code: 0, stderr: ''})

    const other = await linked((folder) =>
      edit(join(own(folder), 'dist/api-version.js'), 'API_VERSION = 1', 'API_VERSION = 9'),
    )
    const refused = await other.run('deacon', 'status', '--json')
    // There every plugin gets gt's own.
    if (inExecutable) return expect(refused).toMatchObject({code: 0, stderr: ''})
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      code: 'API_VERSION',
      message: "this plugin was made for version 9 of gt's contracts, but this gt has version 1",
    })
  })

  test('a plugin made for another major version of the sdk is refused, and takes nothing else down', async () => {
    const {run} = await linked((folder) =>
      edit(join(folder, 'package.json'), '"@gtown/sdk": "^0.1.0"', '"@gtown/sdk": "^9.0.0"'),
    )
    const refused = await run('deacon', 'status')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toBe(
      [
        `Error: plugin ${name} is made for @gtown/sdk ^9.0.0, and this gt has 0.1.0`,
        'Update the plugin or gt, so that both are of the same major version.',
        '',
      ].join('\n'),
    )
    expect(await run('witness', 'status', 'alpha')).toMatchObject({code: 0, stderr: ''})
  })

  test.skipIf(inExecutable)(
    'status of a witness loads no code of the plugin manager, nor of an installed plugin',
    async () => {
      const {box, cwd, env} = await linked()
      const log = join(box.dir, 'loaded')
      const recorder = join(box.dir, 'recorder.mjs')
      writeFileSync(
        recorder,
        `import {appendFileSync} from 'node:fs'
import {registerHooks} from 'node:module'
registerHooks({load: (url, context, next) => (appendFileSync(${JSON.stringify(log)}, url + '\\n'), next(url, context))})`,
      )
      const recorded = {...env, NODE_OPTIONS: `--import=${recorder}`}
      expect(await gt(['witness', 'status', 'alpha', '--json'], {cwd, env: recorded})).toMatchObject({
        code: 0,
      })
      const loaded = readFileSync(log, 'utf8')
      expect(loaded).toContain('/dist-bundle/gt.js')
      expect(
        loaded.split('\n').filter((url) => /plugin-plugins|plugin\/dist|plugin-deacon/.test(url)),
      ).toEqual([])
    },
  )
})
