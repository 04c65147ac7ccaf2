import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {readTask} from '../../src/task.js'

const ofText = (text: string) => readTask({text, file: undefined})

test('Of a text, of a file, of neither', async () => {
  const file = join(sandbox().dir, 'task.md')
  writeFileSync(file, '\none\n\ntwo\n')
  expect(await readTask({text: undefined, file})).toBe('one\n\ntwo')
  expect(await ofText(' one ')).toBe('one')
  expect(await readTask({text: undefined, file: undefined})).toBeUndefined()
})

test('The longest task that can be given is one byte shorter than the shortest that cannot', async () => {
  expect(await ofText('x'.repeat(65_536))).toHaveLength(65_536)
  await expect(ofText('x'.repeat(65_537))).rejects.toThrow('--task is longer than 65536 bytes')
})

test('What no agent could be given is wrong usage', async () => {
  await expect(ofText(' \n')).rejects.toThrow('--task is empty')
  await expect(ofText('a\0b')).rejects.toThrow('--task has a NUL character')
  await expect(ofText('ä'.repeat(40_000))).rejects.toThrow('--task is longer than 65536 bytes')
  await expect(readTask({text: undefined, file: '/nowhere'})).rejects.toThrow('cannot read /nowhere')
})
