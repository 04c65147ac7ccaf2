import {execFileSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {readStateFile} from '../../src/files/state-file.js'

function folder() {
  const path = mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 'state-'))
  onTestFinished(() => rmSync(path, {recursive: true}))
  return {path, file: join(path, 'state.json')}
}

const number = (value: unknown) => (typeof value === 'number' ? value : undefined)

test('no file is no state, and makes none', async () => {
  const {path, file} = folder()
  expect(await readStateFile(file, number)).toEqual({})
  expect(await readStateFile(join(path, 'missing', 'state.json'), number)).toEqual({})
  expect(readdirSync(path)).toEqual([])
})

test('a whole file is its state, and stays', async () => {
  const {file} = folder()
  writeFileSync(file, '4711')
  expect(await readStateFile(file, number)).toEqual({state: 4711})
  expect(readFileSync(file, 'utf8')).toBe('4711')
})

test.each([
  ['cut', '{"a":'],
  ['empty', ''],
  ['something else', '"text"'],
])('a file that is %s is set aside, with all that was in it', async (_, text) => {
  const {path, file} = folder()
  writeFileSync(file, text)
  const {state, setAside = ''} = await readStateFile(file, number)
  expect(state).toBeUndefined()
  expect(setAside).toMatch(/state\.json\.unusable-\d{8}T\d{6}Z$/)
  expect(readFileSync(setAside, 'utf8')).toBe(text)
  expect(readdirSync(path)).toHaveLength(1)
})

test('a link is not followed, a pipe is not waited for: both are refused', async () => {
  const {path, file} = folder()
  symlinkSync('/etc/hostname', file)
  await expect(readStateFile(file, number)).rejects.toMatchObject({code: 'UNREADABLE'})
  const pipe = join(path, 'pipe')
  execFileSync('mkfifo', [pipe])
  await expect(readStateFile(pipe, number)).rejects.toThrow('not a regular file')
})
