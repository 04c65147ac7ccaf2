// What Node finds in the cache it runs: only a folder that the user alone can write to may be used.
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {gt, inExecutable} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'

async function version(cacheHome: string, box: {dir: string; env: Record<string, string>}): Promise<void> {
  const env = {...box.env, XDG_CACHE_HOME: cacheHome}
  const {code, stderr} = await gt(['--version'], {cwd: box.dir, env})
  expect({code, stderr}).toEqual({code: 0, stderr: ''})
}

/** The executable brings everything compiled. */
const keeps = test.skipIf(inExecutable)

/** V8 itself looks only at the beginning. */
function damaged(content: Buffer): Buffer {
  return content.fill(0xff, content.length >> 1)
}

keeps("what was compiled is kept in the user's cache, for the user alone", async () => {
  const box = sandbox()
  await version(join(box.dir, 'home', 'cache'), box)
  const folder = join(box.dir, 'home', 'cache', 'gtown', 'compiled')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readdirSync(folder)).not.toEqual([])
})

keeps('what was kept is read at the next start, and replaced where it is damaged', async () => {
  const box = sandbox()
  const cacheHome = join(box.dir, 'home', 'cache')
  const folder = join(cacheHome, 'gtown', 'compiled')
  const contents = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')])
  await version(cacheHome, box)
  const kept = contents()
  for (const name of readdirSync(folder))
    writeFileSync(join(folder, name), damaged(readFileSync(join(folder, name))))
  const damagedContents = contents()
  await version(cacheHome, box)
  expect(contents().map(([name]) => name)).toEqual(kept.map(([name]) => name))
  expect(contents()).not.toEqual(damagedContents)
  const written = readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs)
  await version(cacheHome, box)
  expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs)).toEqual(written)
})

keeps('a status and the version load three files of the bundle', async () => {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
  const run = (cacheHome: string, ...args: string[]) =>
    gt(args, {cwd, env: {...box.env, XDG_CACHE_HOME: cacheHome}})
  await run(join(box.dir, 'home', 'other'), 'witness', 'start', 'alpha')
  const cacheHome = join(box.dir, 'home', 'cache')
  for (const rigs of [['alpha'], []]) {
    expect(await run(cacheHome, 'witness', 'status', ...rigs, '--json')).toMatchObject({code: 0})
  }
  await run(cacheHome, '--version')
  const kept = readdirSync(join(cacheHome, 'gtown', 'compiled')).map((name) => name.split('.'))
  const files = new Set(kept.map(([name]) => name))
  // The entry, gt itself, and what rolldown needs.
  expect([...files], 'a module of the status has grown an import of a package').toHaveLength(3)
  const tasks = new Set(kept.map(([, , task]) => task))
  expect([...tasks].sort()).toEqual(['other', 'witness-status', 'witness-status-all'])
})

keeps('nothing is kept of a command that fails', async () => {
  const box = sandbox()
  const cacheHome = join(box.dir, 'home', 'cache')
  await gt(['witness', 'status'], {cwd: box.dir, env: {...box.env, XDG_CACHE_HOME: cacheHome}})
  expect(readdirSync(join(cacheHome, 'gtown', 'compiled'))).toEqual([])
})

test('a folder that others may write to is not used', async () => {
  const box = sandbox()
  const folder = join(box.dir, 'gtown', 'compiled')
  mkdirSync(folder, {recursive: true})
  chmodSync(folder, 0o777)
  await version(box.dir, box)
  expect(readdirSync(folder)).toEqual([])
})

test.runIf(process.getuid?.() === 0)("nothing is left in another user's home", async () => {
  const box = sandbox()
  const home = join(box.dir, 'theirs')
  mkdirSync(home)
  chownSync(home, 65534, 65534)
  await version(home, box)
  expect(readdirSync(home)).toEqual([])
})

test('a home that does not exist is not made', async () => {
  const box = sandbox()
  const home = join(box.dir, 'nowhere')
  const {code, stderr} = await gt(['--version'], {cwd: box.dir, env: {...box.env, HOME: home}})
  expect({code, stderr}).toEqual({code: 0, stderr: ''})
  expect(existsSync(home)).toBe(false)
})

test('where no folder can be made, gt runs without', async () => {
  const box = sandbox()
  const file = join(box.dir, 'a-file')
  writeFileSync(file, '')
  await version(file, box)
})
