// The examples of the documentation, built, linked and used as a stranger would.
import {execFileSync} from 'node:child_process'
import {cpSync, mkdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'

const top = fileURLToPath(new URL('../..', import.meta.url))

/** A town, and the example as a plugin that is linked into its gt. */
async function withExample(name: string) {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
  const env = {...box.env, XDG_DATA_HOME: join(box.dir, 'data'), GT_PLAIN_DIR: join(box.dir, 'plain')}
  const run = (...args: string[]) => gt(args, {cwd, env})
  const plugin = join(box.dir, name)
  cpSync(join(top, 'examples', name, 'src'), join(plugin, 'src'), {recursive: true})
  for (const file of ['package.json', 'tsconfig.json'])
    cpSync(join(top, 'examples', name, file), join(plugin, file))
  // What `npm install --save-dev` of the plugin's author puts there.
  mkdirSync(join(plugin, 'node_modules/@gtown'), {recursive: true})
  mkdirSync(join(plugin, 'node_modules/@types'))
  symlinkSync(join(top, 'packages/sdk'), join(plugin, 'node_modules/@gtown/sdk'))
  symlinkSync(join(top, 'node_modules/@types/node'), join(plugin, 'node_modules/@types/node'))
  execFileSync(join(top, 'node_modules/.bin/tsc'), ['-p', plugin], {stdio: 'pipe'})
  expect(await run('plugins', 'link', plugin, '--no-install')).toMatchObject({code: 0})
  return {box, cwd, run}
}

test('the backend: it keeps every promise that it must, and a witness runs on it', async () => {
  const {cwd, run} = await withExample('backend-plain')
  const report = JSON.parse((await run('backend', 'conform', 'plain', '--json')).stdout)
  const failed = report.cases.filter(
    ({level, outcome}: {level: string; outcome: string}) => level === 'must' && outcome === 'failed',
  )
  expect(failed).toEqual([])
  expect(report).toMatchObject({backend: 'plain', conforms: true})
  useAgents(cwd, {quiet: {command: '/bin/sleep', args: ['600'], prompt_mode: 'none'}})
  expect((await run('witness', 'start', 'alpha', '--backend', 'plain')).code).toBe(0)
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
})

test('the role: its five commands, its address, and its help', async () => {
  const {run} = await withExample('role-scribe')
  expect(await run('scribe', 'start', 'alpha')).toMatchObject({
    code: 0,
    stderr: '',
    stdout: 'Starting the scribe of alpha...\nThe scribe of alpha writes.\n',
  })
  expect((await run('scribe', 'start', 'alpha')).stdout).toContain('writes already')
  expect(JSON.parse((await run('scribe', 'status', 'alpha', '--json')).stdout)).toEqual({
    rig: 'alpha',
    liveness: 'alive',
  })
  expect((await run('nudge', 'alpha/scribe', 'write this down')).code).toBe(0)
  expect((await run('peek', 'alpha/scribe')).stdout).toContain('heard: write this down')
  expect((await run('witness', 'status', 'alpha')).stdout).toContain('○ stopped')
  expect((await run('scribe', 'restart', 'alpha')).stdout).toContain('The scribe of alpha writes.')
  expect((await run('scribe', 'stop', 'alpha')).stdout).toBe('The scribe of alpha rests.\n')
  expect((await run('scribe', '--help')).stdout).toContain('scribe status')
})
