import {chownSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs'
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
  const absent = join(dir, 'absent')
  await writeCache(owner, tree, [watched, absent])
  return {owner, watched, absent, file: cacheFile(owner), dir}
}

test('ReadCache_NothingChanged: the tree, from a file that only its owner reads', async () => {
  const {owner, file} = await written()
  expect(readCache(owner)).toEqual(tree)
  expect(file).toBe(join(owner.env.HOME ?? '', '.cache/gtown/completion.json'))
})

test.each([
  ['a watched file changed', ({watched}) => writeFileSync(watched, 'other')],
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
})

test('WriteCache_NowhereToWrite: does nothing, and says nothing', async () => {
  const {owner, file} = await written()
  rmSync(dirname(file), {recursive: true})
  writeFileSync(dirname(file), '')
  await writeCache(owner, tree, [])
  expect(readCache(owner)).toBeUndefined()
})
