import {execFileSync} from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {isSetAside, isThere, makeOwnFolder, readIfThere, statIfThere} from '../../src/files/index.js'
import {
  peekStateFile,
  readForeignFile,
  readStateFile,
  readStateOrWarn,
  setAsideFile,
  writeStateFile,
} from '../../src/files/state-file.js'
import {number} from '../../src/schema/index.js'

function folder() {
  const path = mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 'state-'))
  onTestFinished(() => rmSync(path, {recursive: true}))
  return {path, file: join(path, 'state.json')}
}

test('without a file there is no state, and none is created', async () => {
  const {path, file} = folder()
  expect(await readStateFile(file, number)).toEqual({})
  expect(await readStateFile(join(path, 'missing', 'state.json'), number)).toEqual({})
  expect(readdirSync(path)).toEqual([])
})

test('a valid file is read, and stays', async () => {
  const {file} = folder()
  writeFileSync(file, '4711')
  expect(await readStateFile(file, number)).toEqual({state: 4711})
  expect(readFileSync(file, 'utf8')).toBe('4711')
})

test.each([
  ['cut', '{"a":'],
  ['empty', ''],
  ['not valid', '"text"'],
])('a file that is %s is set aside with its content', async (_, text) => {
  const {path, file} = folder()
  writeFileSync(file, text)
  const {state, setAside = ''} = await readStateFile(file, number)
  expect(state).toBeUndefined()
  expect(setAside).toMatch(/state\.json\.unusable-\d{8}T\d{6}Z$/)
  expect(readFileSync(setAside, 'utf8')).toBe(text)
  expect(readdirSync(path)).toHaveLength(1)
})

test('a link is not followed, and a pipe does not block: both are refused', async () => {
  const {path, file} = folder()
  symlinkSync('/etc/hostname', file)
  await expect(readStateFile(file, number)).rejects.toMatchObject({code: 'UNREADABLE'})
  const pipe = join(path, 'pipe')
  execFileSync('mkfifo', [pipe])
  await expect(readStateFile(pipe, number)).rejects.toThrow('not a regular file')
})

test('a file that is too large is not read into memory', async () => {
  const {file} = folder()
  writeFileSync(file, `1${' '.repeat(33 * 2 ** 20)}`)
  expect(await readStateFile(file, number)).toEqual({setAside: expect.stringContaining('.unusable-')})
})

test('set aside meanwhile by another process: there is no file', async () => {
  const {file} = folder()
  expect(setAsideFile(file)).toBeUndefined()
})

test('a file that was set aside: one warning, and no state', async () => {
  const {file} = folder()
  const warnings: string[] = []
  writeFileSync(file, '"text"')
  for (const _ of [1, 2])
    expect(await readStateOrWarn(file, number, (text) => warnings.push(text))).toBeUndefined()
  expect(warnings).toEqual([
    expect.stringMatching(/^\S+state\.json cannot be used; it was set aside as \S+\.unusable-\w+$/),
  ])
})

test.each(['.unusable-20260120T120000Z', '.unusable', '.broken', '.broken-1769000000000'])(
  'a file that ends with %s was set aside',
  (end) => {
    expect([isSetAside(`a.json${end}`), isSetAside(`a${end}.json`)]).toEqual([true, false])
  },
)

test('a file of another program: read through a link; an unusable one is an error, and stays', () => {
  const {path, file} = folder()
  expect(readForeignFile(file, number)).toBeUndefined()
  writeFileSync(join(path, 'there'), '4711')
  symlinkSync(join(path, 'there'), file)
  expect(readForeignFile(file, number)).toBe(4711)
  const faults = {
    '"text"': 'its content is not valid',
    '{"a":': 'its content is not JSON',
    '': 'its content is not JSON',
  }
  for (const [text, fault] of Object.entries(faults)) {
    writeFileSync(file, text)
    expect(() => readForeignFile(file, number)).toThrow(`cannot read ${file}: ${fault}`)
    expect(readFileSync(file, 'utf8')).toBe(text)
  }
  expect(() => readForeignFile(path, number)).toThrow('not a regular file')
})

test('peeking changes nothing, even when the file is cut, and does not follow a link', async () => {
  const {path, file} = folder()
  expect(await peekStateFile(file, number)).toBeUndefined()
  writeFileSync(file, '4711')
  expect(await peekStateFile(file, number)).toBe(4711)
  writeFileSync(file, '{"a":')
  expect(await peekStateFile(file, number)).toBeUndefined()
  expect([readdirSync(path), readFileSync(file, 'utf8')]).toEqual([['state.json'], '{"a":'])
  symlinkSync(file, join(path, 'link'))
  await expect(peekStateFile(join(path, 'link'), number)).rejects.toMatchObject({code: 'UNREADABLE'})
})

test('a written file is readable by its owner only, and its folders are created', async () => {
  const {path} = folder()
  const file = join(path, 'a/b/state.json')
  await writeStateFile(file, 4711, [join(path, 'a')])
  expect(await readStateFile(file, number)).toEqual({state: 4711})
  expect([statSync(file).mode & 0o777, readdirSync(join(path, 'a/b'))]).toEqual([0o600, ['state.json']])
})

test('nothing is written through a link in place of the file or of a folder', async () => {
  const {path, file} = folder()
  const elsewhere = join(path, 'elsewhere')
  mkdirSync(elsewhere)
  writeFileSync(join(elsewhere, 'file'), 'old')
  symlinkSync(join(elsewhere, 'file'), file)
  await writeStateFile(file, 4711)
  expect(lstatSync(file).isSymbolicLink()).toBe(false)
  symlinkSync(elsewhere, join(path, 'link'))
  const refused = [join(path, 'link/state.json'), join(path, 'link/folder/state.json')]
  for (const target of refused) {
    await expect(writeStateFile(target, 1, [join(path, 'link')])).rejects.toMatchObject({code: 'UNWRITABLE'})
  }
  expect([readdirSync(elsewhere), readFileSync(join(elsewhere, 'file'), 'utf8')]).toEqual([['file'], 'old'])
})

test('a folder is created with its mode, or exists; a file or a link in its place is refused', async () => {
  const {path} = folder()
  await makeOwnFolder(join(path, 'own'), 0o700)
  await makeOwnFolder(join(path, 'own'), 0o755)
  expect(statSync(join(path, 'own')).mode & 0o777).toBe(0o700)
  symlinkSync(join(path, 'own'), join(path, 'link'))
  writeFileSync(join(path, 'file'), '')
  for (const name of ['link', 'file']) {
    await expect(makeOwnFolder(join(path, name), 0o700)).rejects.toThrow('is not a directory')
  }
})

test('a missing file is distinguished from an unreadable one; a dangling link exists', async () => {
  const {path, file} = folder()
  for (const gone of [file, join(path, 'gone/file')]) {
    expect([await isThere(gone), await readIfThere(gone), await statIfThere(gone)]).toEqual([
      false,
      undefined,
      undefined,
    ])
  }
  symlinkSync(join(path, 'nowhere'), join(path, 'link'))
  expect(await isThere(join(path, 'link'))).toBe(true)
  const tooLong = join(path, 'x'.repeat(300))
  await expect(isThere(tooLong)).rejects.toMatchObject({code: 'UNREADABLE'})
  await expect(readIfThere(path)).rejects.toMatchObject({code: 'EISDIR'})
  await expect(statIfThere(tooLong)).rejects.toMatchObject({code: 'ENAMETOOLONG'})
})
