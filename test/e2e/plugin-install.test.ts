// The deacon as its users get it: a tarball, with nothing of gt in any registry and none within reach.
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {closeSandbox, openSandbox, type Sandbox, sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'

const name = '@gtown/plugin-deacon'
const hasNpm = spawnSync('npm', ['--version']).status === 0
/** Nobody listens there: whatever asks a registry for something fails at once. */
const offline = {npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0'}

let packing: Sandbox
const tarballs: Record<'deacon' | 'sdk', string> = {deacon: '', sdk: ''}

function pack(folder: string): string {
  const path = fileURLToPath(new URL(`../../packages/${folder}`, import.meta.url))
  const options = {cwd: path, env: {...packing.env, ...offline}, encoding: 'utf8'} as const
  const printed = execFileSync('npm', ['pack', '--json', '--pack-destination', packing.dir], options)
  return join(
    packing.dir,
    Object.values(JSON.parse(printed) as Record<string, {filename: string}>)[0]?.filename ?? '',
  )
}

function unpack(tarball: string, folder: string): string {
  mkdirSync(folder, {recursive: true})
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'])
  return folder
}

function town() {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
  const env = {...box.env, ...offline, XDG_DATA_HOME: join(box.dir, 'data')}
  const run = (...args: string[]) => gt(args, {cwd, env})
  return {box, cwd, env, run}
}

async function linked(change: (folder: string) => void = () => {}) {
  const setting = town()
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
    tarballs.deacon = pack('plugin-deacon')
    tarballs.sdk = pack('sdk')
  })
  afterAll(() => closeSandbox(packing))

  test('install from a tarball, use, uninstall: in an empty data directory, without a registry', async () => {
    const {box, run} = town()
    expect(await run('plugins')).toMatchObject({code: 0, stdout: 'No plugins installed.\n'})
    expect((await run('deacon', 'status')).stderr).toContain('unknown command "deacon" for "gt"')

    const installed = await run('plugins', 'install', `file:${tarballs.deacon}`)
    expect(installed).toMatchObject({code: 0, stderr: expect.not.stringContaining('Warning')})
    expect((await run('plugins')).stdout).toBe(`${name} 0.1.0\n`)
    expect((await run('--help')).stdout).toMatch(/^ {2}deacon +Manage the Deacon, the watchdog of a town$/m)
    expect((await run('deacon', '--help')).stdout).toContain('deacon health-check')
    const completions = await run('completion', 'candidates', '--', 'bash', 'deacon', '')
    expect(completions.stdout).toContain('health-check')

    expect((await run('deacon', 'start')).stdout).toContain('✓ Deacon session started.')
    expect(JSON.parse((await run('deacon', 'status', '--json')).stdout)).toMatchObject({running: true})
    expect((await run('deacon', 'heartbeat')).code).toBe(0)
    expect((await run('deacon', 'stop')).stdout).toBe('✓ Deacon session stopped.\n')

    expect((await run('plugins', 'uninstall', name)).code).toBe(0)
    expect((await run('plugins')).stdout).toBe('No plugins installed.\n')
    expect((await run('--help')).stdout).not.toContain('deacon')
    expect((await run('deacon', 'status')).stderr).toContain('unknown command "deacon" for "gt"')
    expect(readFileSync(join(box.dir, 'data/gtown/package.json'), 'utf8')).not.toContain('deacon')
  })

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
    const {box, cwd} = town()
    const env = {...box.env, ...offline, ...where(box.dir)}
    const folder = unpack(tarballs.deacon, join(box.dir, 'plugin'))
    await gt(['plugins', 'link', '--no-install', folder], {cwd, env})
    expect(await gt(['deacon', 'status'], {cwd, env})).toMatchObject({code: 0, stderr: ''})
  })

  test('a plugin may bring an sdk of its own; one of another version is refused in one sentence', async () => {
    const own = (folder: string) => unpack(tarballs.sdk, join(folder, 'node_modules/@gtown/sdk'))
    const {run} = await linked(own)
    expect(await run('deacon', 'status')).toMatchObject({code: 0, stderr: ''})

    const other = await linked((folder) =>
      edit(join(own(folder), 'dist/api-version.js'), 'API_VERSION = 1', 'API_VERSION = 9'),
    )
    const refused = await other.run('deacon', 'status', '--json')
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      code: 'API_VERSION',
      message: "this plugin speaks version 9 of gt's contracts, this gt 1",
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

  test('status of a witness loads no code of the plugin manager, nor of an installed plugin', async () => {
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
    expect(await gt(['witness', 'status', 'alpha', '--json'], {cwd, env: recorded})).toMatchObject({code: 0})
    const loaded = readFileSync(log, 'utf8')
    expect(loaded).toContain('/dist-bundle/gt.js')
    expect(loaded.split('\n').filter((url) => /plugin-plugins|plugin\/dist|plugin-deacon/.test(url))).toEqual(
      [],
    )
  })
})
