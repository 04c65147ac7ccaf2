import {describe, expect, test} from 'vitest'
import {detectorFor} from '../../../../src/agents/detector-for.js'
import {capture, captures, detectedAgents, own, read} from './captures.js'

describe('the version', () => {
  test.each(['2.2.0', '2.0.9', '3.0.0', 'nightly', ''])(
    'claude %s: the detector is out of date',
    async (version) => {
      const reading = await read({...capture('claude', 'ready-idle'), version, own: own('idle')})
      expect(reading.state).toBe('unknown')
      expect(reading.text).toContain('detector out of date')
      expect(reading.text).toContain('claude 2.1.0 to below 2.2.0')
      expect(reading.text).toContain(version)
    },
  )

  test.each(['2.1.0', '2.1.999', 'v2.1.330', '2.1.400-beta.1'])('claude %s: read', async (version) => {
    expect((await read({...capture('claude', 'ready-idle'), version})).state).toBe('idle')
  })

  test('Unknown: read by the newest rules', async () => {
    expect((await read({...capture('codex', 'ready-idle'), version: undefined})).state).toBe('idle')
  })

  test('OutOfDate_ProcessEnded: dead', async () => {
    expect((await read({...capture('claude', 'crashed-kill9'), version: '9.0.0'})).state).toBe('dead')
  })

  test('there are captures of every agent that has rules', () => {
    expect(new Set(captures.map(({agent}) => agent))).toEqual(new Set(detectedAgents))
  })

  test.each(['toString', '__proto__', 'amp'])(
    '%s is not an agent with rules: read as any program',
    async (name) => {
      const detector = await detectorFor(name)
      expect(detector.name).toBe(name)
      expect(detector.read(capture('claude', 'ready-idle')).state).toBe('unknown')
    },
  )
})
