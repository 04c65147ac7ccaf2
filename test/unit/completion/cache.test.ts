import {execFileSync, spawnSync} from 'node:child_process'
import {
  chownSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {type CacheOwner, cacheFile, readCache} from '../../../src/completion/cache.js'
import {writeCache} from '../../../src/completion/write-cache.js'
import {sandbox} from '../../support/sandbox.js'

const tree = {
  commands: {},
  topics: {},
  names: {agents: ['claude'], backends: [], townRoles: [], rigRoles: []},
}

async function written() {
  const {dir, env} = sandbox()
  const owner: CacheOwner = {root: '/gt', env, platform: 'linux'}
  const watched = join(dir, 'package.json')
  writeFileSync(watched, 'one')
  // A time that another file can get exactly.
  utimesSync(watched, 1_700_000_000, 1_700_000_000)
  const absent = join(dir, 'absent')
  await writeCache(owner, tree, [watched, absent])
  return {owner, watched, absent, file: cacheFile(owner), dir}
}

test('ReadCache_NothingChanged: the tree, from a file that only its owner can read', async () => {
  const {owner, file} = await written()
  expect(readCache(owner)).toEqual(tree)
  expect(file).toBe(join(owner.env.HOME ?? '', '.cache/gtown/completion.json'))
})

test.each([
  ['a watched file changed', ({watched}) => writeFileSync(watched, 'other')],
  [
    'a watched file was written anew, with as many bytes',
    ({watched}) => {
      const {atime, mtimeMs} = statSync(watched)
      writeFileSync(watched, 'two')
      utimesSync(watched, atime, (mtimeMs + 1000) / 1000)
    },
  ],
  [
    'a watched file was replaced by another of its age and size',
    ({watched}) => {
      const {atime, mtime} = statSync(watched)
      writeFileSync(`${watched}.new`, 'two')
      utimesSync(`${watched}.new`, atime, mtime)
      renameSync(`${watched}.new`, watched)
    },
  ],
  ['a watched file went', ({watched}) => rmSync(watched)],
  ['a watched file came', ({absent}) => writeFileSync(absent, '')],
  ['it is gone', ({file}) => rmSync(file)],
  ['it is torn', ({file}) => truncateSync(file, 40)],
  ['it is empty', ({file}) => truncateSync(file, 0)],
  ['it is something else', ({file}) => writeFileSync(file, 'null')],
  ['it is of another layout', ({file}) => writeFileSync(file, readFileSync(file, 'utf8').replace('1', '2'))],
  [
    'it is a directory',
    ({file}) => {
      rmSync(file)
      mkdirSync(file)
    },
  ],
] satisfies [string, (world: Awaited<ReturnType<typeof written>>) => void][])(
  'ReadCache_%s: no tree',
  async (_, change) => {
    const world = await written()
    change(world)
    expect(readCache(world.owner)).toBeUndefined()
  },
)

test('ReadCache_ALinkInItsPlace: not followed', async () => {
  const {owner, file, dir} = await written()
  const elsewhere = join(dir, 'elsewhere')
  writeFileSync(elsewhere, readFileSync(file))
  rmSync(file)
  symlinkSync(elsewhere, file)
  expect(readCache(owner)).toBeUndefined()
})

test.runIf(process.getuid?.() === 0)('ReadCache_AnotherUsersFile: ignored', async () => {
  const {owner, file} = await written()
  chownSync(file, 65_534, 65_534)
  expect(readCache(owner)).toBeUndefined()
})

test('ReadCache_AnotherGtOrOtherPlugins: ignored', async () => {
  const {owner} = await written()
  expect(readCache({...owner, root: '/other'})).toBeUndefined()
  expect(readCache({...owner, env: {...owner.env, XDG_DATA_HOME: '/other'}})).toBeUndefined()
  expect(readCache({...owner, env: {...owner.env, GT_DATA_DIR: '/other'}})).toBeUndefined()
})

test('WriteCache_NowhereToWrite: does nothing, silently', async () => {
  const {owner, file} = await written()
  rmSync(dirname(file), {recursive: true})
  writeFileSync(dirname(file), '')
  await writeCache(owner, tree, [])
  expect(readCache(owner)).toBeUndefined()
})

test('CacheFile_Configured: only absolute paths, since a relative one depends on the current directory', () => {
  const file = (env: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
    cacheFile({root: '/gt', env: {HOME: '/h', ...env}, platform})
  expect(file({GT_CACHE_DIR: '/caches'})).toBe('/caches/completion.json')
  expect(file({XDG_CACHE_HOME: '/xdg'})).toBe('/xdg/gtown/completion.json')
  expect(file({}, 'darwin')).toBe('/h/Library/Caches/gtown/completion.json')
  for (const env of [{}, {GT_CACHE_DIR: 'caches'}, {XDG_CACHE_HOME: 'xdg'}, {XDG_CACHE_HOME: './xdg'}]) {
    expect(file(env)).toBe('/h/.cache/gtown/completion.json')
  }
})

test('WriteCache_ALinkInItsPlace: replaced by a file that only the user can read', async () => {
  const {owner, file, dir} = await written()
  const elsewhere = join(dir, 'elsewhere')
  writeFileSync(elsewhere, 'mine')
  rmSync(file)
  symlinkSync(elsewhere, file)
  await writeCache(owner, tree, [])
  expect(readFileSync(elsewhere, 'utf8')).toBe('mine')
  expect(readCache(owner)).toEqual(tree)
  expect([file, dirname(file)].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o700])
})

/** The built module's output; fails if it blocks on a named pipe. */
function printed(module: string, expression: string): string {
  const url = new URL(`../../../dist/completion/${module}.js`, import.meta.url)
  const program = `import * as it from '${url}'; process.stdout.write(JSON.stringify(${expression}) ?? 'nothing')`
  const options = {encoding: 'utf8', timeout: 20_000, killSignal: 'SIGKILL'} as const
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], options).stdout
}

test('ReadCache_APipeInItsPlace: does not block', async () => {
  const {owner, file} = await written()
  rmSync(file)
  execFileSync('mkfifo', [file])
  expect(printed('cache', `it.readCache(${JSON.stringify(owner)})`)).toBe('nothing')
})

test('RigNames_APipeInThePlaceOfTheRegistry: does not block', () => {
  const {dir} = sandbox()
  mkdirSync(join(dir, 'mayor'))
  execFileSync('mkfifo', [join(dir, 'mayor/rigs.json')])
  expect(printed('town', `it.rigNames('${dir}')`)).toBe('[]')
})
