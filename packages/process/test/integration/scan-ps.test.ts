import {chmodSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, expect, test, vi} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {psProcesses} from '../../src/scan-ps.js'
import {startIdle} from '../support/programs.js'

afterEach(() => void vi.unstubAllEnvs())

const unreadable = expect.objectContaining({code: 'PROCESSES_UNREADABLE'})

test('scan_ps that is not there: is an error, and nobody is taken for ended', () => {
  vi.stubEnv('PATH', '/nowhere')
  expect(() => psProcesses.scan()).toThrow(unreadable)
  expect(() => psProcesses.startTimes([process.pid])).toThrow(unreadable)
})

test('scan_ps that shows nothing: is an error', () => {
  const {dir} = sandbox()
  writeFileSync(join(dir, 'ps'), '#!/bin/sh\n')
  chmodSync(join(dir, 'ps'), 0o755)
  vi.stubEnv('PATH', dir)
  expect(() => psProcesses.scan()).toThrow(unreadable)
})

test('scan_children of this process: are shown, and the ps that looked is not', () => {
  const idle = startIdle()
  const children = [...psProcesses.scan().processes.values()].filter(({parent}) => parent === process.pid)
  expect(children.map(({pid}) => pid)).toEqual([idle.pid])
})

test('startTimes_whatever hour it is here: are the same', () => {
  const [one, other] = ['UTC', 'Asia/Tokyo'].map((zone) => {
    vi.stubEnv('TZ', zone)
    return psProcesses.startTimes([process.pid])
  })
  expect(one).toEqual(other)
})
