// Nudges at agents in real terminals: what arrives, what is never pressed, and what the receipts say.
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {settled, startedTown} from './support/nudged-town.js'

describe.concurrent.each(['claude', 'plain'] as const)('an agent that draws as %s', (look) => {
  test('idle: texts of any kind and length are delivered whole, once and in order', async (context) => {
    const town = await startedTown(context, look)
    const long = `${'lorem ipsum '.repeat(700)}end of it`
    const texts = ['check your mail', 'two lines\nand "the $second"; `one`', long]
    for (const text of texts) expect(await town.nudge(text)).toMatchObject({state: 'delivered', code: 0})
    expect(town.submitted()).toEqual(texts)
    const pastes = readFileSync(join(town.log, 'bytes'), 'utf8').split('\x1b').slice(1)
    expect(pastes.every((text) => /^\[20[01]~/.test(text))).toBe(true)
  })

  test('control bytes are stripped, and a command hidden behind one is refused', async (context) => {
    const town = await startedTown(context, look)
    expect(await town.nudge('stop\x1b[201~\x03 or \x1bgo\x07')).toMatchObject({state: 'delivered'})
    expect(town.submitted()).toEqual(['stop[201~ or go'])
    expect(await town.nudge('\x1b/clear')).toMatchObject({code: 2})
    expect(await town.nudge('\x01\x02')).toMatchObject({code: 2})
  })

  test.for(['busy', 'permission', 'menu', 'draft half a thought'])(
    '%s: no key is pressed, it is queued; idle: delivered',
    async (order, context) => {
      const town = await startedTown(context, look)
      await town.tell(order)
      const queued = await town.nudge('later', '--wait', '1s')
      expect(queued).toMatchObject({
        state: 'queued',
        code: 3,
        reason: expect.stringContaining('its state is'),
      })
      expect(existsSync(join(town.log, 'bytes'))).toBe(false)
      await town.tell('idle')
      expect(await settled(town, queued.id, 'delivered')).toMatchObject({code: 0})
      expect(town.submitted()).toEqual(['later'])
      expect(town.notes('violations')).toEqual([])
    },
  )

  test('a dialog opens between text and Enter: Enter waits until it is answered', async (context) => {
    const town = await startedTown(context, look)
    await town.tell('permission-after-paste')
    const waiting = await town.nudge('between', '--wait', '1s')
    expect(waiting).toMatchObject({state: 'typing', code: 3, reason: expect.stringContaining('permission')})
    expect([town.submitted(), town.notes('violations')]).toEqual([[], []])
    await town.tell('answered')
    await settled(town, waiting.id, 'delivered')
    expect([town.submitted(), town.notes('violations')]).toEqual([['between'], []])
  })

  test('a dialog opens at the very moment of the paste: no Enter, and the receipt does not say that it arrived', async (context) => {
    const town = await startedTown(context, look)
    await town.tell('permission-on-paste')
    const waiting = await town.nudge('into the dialog', '--wait', '1s')
    expect(waiting).toMatchObject({state: 'typing', code: 3})
    expect(readFileSync(join(town.log, 'bytes'), 'utf8')).not.toContain('\r')
    await town.tell('idle')
    expect(await settled(town, waiting.id, 'failed')).toMatchObject({
      reason: expect.stringContaining('unknown'),
    })
    expect(town.submitted()).toEqual([])
  })

  test('the agent goes to work between text and Enter: Enter waits until it rests', async (context) => {
    const town = await startedTown(context, look)
    await town.tell('busy-on-paste')
    const waiting = await town.nudge('one thing more', '--wait', '1s')
    expect([waiting.state, town.submitted()]).toEqual(['typing', []])
    await town.tell('answered')
    await settled(town, waiting.id, 'delivered')
    expect(town.submitted()).toEqual(['one thing more'])
  })

  test('the first Enter is swallowed: it is pressed once more, and the text arrives once', async (context) => {
    const town = await startedTown(context, look)
    await town.tell('swallow')
    expect(await town.nudge('say it again')).toMatchObject({state: 'delivered'})
    expect([town.submitted(), town.notes('empty')]).toEqual([['say it again'], []])
  })

  test('the agent dies of the paste: failed', async (context) => {
    const town = await startedTown(context, look)
    await town.tell('die-on-paste')
    expect(await town.nudge('the last words')).toMatchObject({
      state: 'failed',
      code: 1,
      reason: expect.stringContaining('ended'),
    })
  })
})
