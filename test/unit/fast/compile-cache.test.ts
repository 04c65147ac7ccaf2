import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {compiledFolder, keepCompiled, readCompiled} from '../../../src/fast/compile-cache.js'
import {sandbox} from '../../support/sandbox.js'

const code = Buffer.from('compiled code, or what passes for it'.repeat(300))

/** A home with the folder in it, which is the user's alone unless a test changes that. */
function home() {
  const {dir} = sandbox()
  const own = join(dir, 'home')
  const folder = join(own, '.cache/gtown/compiled')
  const ask = (env: NodeJS.ProcessEnv = {}) => compiledFolder({HOME: own, ...env})
  return {dir, own, folder, ask}
}

function withoutUmask(): void {
  const before = process.umask(0)
  onTestFinished(() => void process.umask(before))
}

test('the folder is made, for the user alone', () => {
  withoutUmask()
  const {folder, ask} = home()
  expect(ask()).toBe(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test.each<[string, (folder: string, dir: string) => void]>([
  ['others may write to', (folder) => chmodSync(folder, 0o707)],
  ['the group may write to', (folder) => chmodSync(folder, 0o770)],
  [
    'is a link',
    (folder, dir) => {
      const real = join(dir, 'real')
      mkdirSync(real, {mode: 0o700})
      mkdirSync(join(folder, '..'), {recursive: true})
      symlinkSync(real, folder)
    },
  ],
  [
    'is a file',
    (folder) => {
      mkdirSync(join(folder, '..'), {recursive: true})
      writeFileSync(folder, '')
    },
  ],
])('a folder that %s is not used', (what, change) => {
  const {dir, folder, ask} = home()
  if (!what.startsWith('is')) mkdirSync(folder, {recursive: true})
  change(folder, dir)
  expect(ask()).toBeUndefined()
})

test.runIf(process.getuid?.() === 0)('a folder, or a home, of another user is not used', () => {
  const {own, folder, ask} = home()
  mkdirSync(folder, {recursive: true})
  chownSync(folder, 65_534, 65_534)
  expect(ask()).toBeUndefined()
  const other = home()
  chownSync(other.own, 65_534, 65_534)
  expect(other.ask()).toBeUndefined()
  expect(readdirSync(other.own)).toEqual([])
  expect(existsSync(own)).toBe(true)
})

test('a relative XDG_CACHE_HOME is not used, an absolute one is, and who wants no cache gets none', () => {
  const {dir, folder, ask} = home()
  expect(ask({XDG_CACHE_HOME: 'caches'})).toBe(folder)
  expect(ask({XDG_CACHE_HOME: join(dir, 'caches')})).toBe(join(dir, 'caches/gtown/compiled'))
  expect(ask({NODE_DISABLE_COMPILE_CACHE: '1'})).toBeUndefined()
})

test('what is kept is read again, by the user alone, and no draft stays', () => {
  withoutUmask()
  const {dir} = sandbox()
  mkdirSync(join(dir, 'kept'))
  keepCompiled(join(dir, 'kept'), 'main', code)
  expect(readCompiled(join(dir, 'kept'), 'main')).toEqual(code)
  expect(statSync(join(dir, 'kept/main')).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(dir, 'kept'))).toEqual(['main'])
})

test.each<[string, (kept: Buffer) => Buffer]>([
  ['damaged at its beginning', (kept) => Buffer.concat([Buffer.alloc(4, 0xff), kept.subarray(4)])],
  ['cut', (kept) => kept.subarray(0, 4000)],
  ['cut, and blank', (kept) => Buffer.alloc(kept.length)],
  ['empty', () => Buffer.alloc(0)],
])('what is %s is not run', (_, damage) => {
  const {dir} = sandbox()
  keepCompiled(dir, 'main', code)
  writeFileSync(join(dir, 'main'), damage(readFileSync(join(dir, 'main'))))
  expect(readCompiled(dir, 'main')).toBeUndefined()
})

test('nothing is written through what stands in the place of the draft', () => {
  const {dir} = sandbox()
  const [folder, elsewhere] = [join(dir, 'kept'), join(dir, 'elsewhere')]
  mkdirSync(folder)
  writeFileSync(elsewhere, 'mine')
  symlinkSync(elsewhere, join(folder, `main.${process.pid}`))
  keepCompiled(folder, 'main', code)
  expect(readFileSync(elsewhere, 'utf8')).toBe('mine')
  expect(readCompiled(folder, 'main')).toBeUndefined()
})

test('what has not been used for long is dropped, the rest stays', () => {
  const {dir} = sandbox()
  const folder = join(dir, 'kept')
  mkdirSync(join(folder, 'of-somebody'), {recursive: true})
  for (const name of ['old', 'new']) keepCompiled(folder, name, code)
  for (const name of ['old', 'of-somebody']) utimesSync(join(folder, name), 0, 0)
  keepCompiled(folder, 'main', code)
  expect(readdirSync(folder).sort()).toEqual(['main', 'new', 'of-somebody'])
})
