// The pause of a watchdog. Unknown is never "not paused".
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {pause, readPause, resume} from '../../src/watchdog/index.js'

function pauseFile(text?: string): string {
  const file = join(sandbox().dir, 'town/.runtime/paused.json')
  mkdirSync(dirname(dirname(file)))
  if (text === undefined) return file
  mkdirSync(dirname(file))
  writeFileSync(file, text)
  return file
}

test('paused, with missing folders created; resumed, and resumed again', async () => {
  const file = pauseFile()
  expect(await readPause(file)).toBeUndefined()
  const written = await pause(file, {reason: 'upkeep', by: 'human'})
  expect(written).toMatchObject({paused: true, reason: 'upkeep', paused_by: 'human'})
  expect(await readPause(file)).toEqual(written)
  await resume(file)
  await resume(file)
  expect([existsSync(file), await readPause(file)]).toEqual([false, undefined])
})

test.each(['{"paused": false}', '{"paused": false, "paused_at": "2026-01-20T12:00:00Z", "reason": 7}'])(
  'a file that says that the pause is over: %s',
  async (text) => {
    const file = pauseFile(text)
    expect(await readPause(file)).toBeUndefined()
    expect(readFileSync(file, 'utf8')).toBe(text)
  },
)

test.each(['{"paused": true}', '{"paused": true, "paused_at": 7, "reason": null}'])(
  'a pause that does not say since when: it is one, and its file stays: %s',
  async (text) => {
    const file = pauseFile(text)
    expect(await readPause(file)).toEqual({paused: true, reason: '', paused_at: '', paused_by: ''})
    expect(readFileSync(file, 'utf8')).toBe(text)
  },
)

test.each(['{"paused": fal', '', 'null', '[]', '{}', '{"paused": "no"}', '{"reason": "moving"}'])(
  'a file that tells nothing counts as a pause until it is resumed: %s',
  async (text) => {
    const file = pauseFile(text)
    const reason = expect.stringContaining(`${file}.unusable-`)
    expect(await readPause(file)).toMatchObject({paused: true, reason, paused_by: 'gt'})
    expect(await readPause(file)).toMatchObject({paused: true, reason})
    await resume(file)
    expect(await readPause(file)).toBeUndefined()
  },
)
