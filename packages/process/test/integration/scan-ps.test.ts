import {chmodSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, expect, test, vi} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {psProcesses} from '../../src/scan-ps.js'
import {startIdle} from '../support/programs.js'

afterEach(() => void vi.unstubAllEnvs())

const unreadable = expect.objectContaining({code: 'PROCESSES_UNREADABLE'})

test('scan_ps is missing: an error, and no process is taken for ended', () => {
  vi.stubEnv('PATH', '/nowhere')
  expect(() => psProcesses.scan()).toThrow(unreadable)
  expect(() => psProcesses.startTimes([process.pid])).toThrow(unreadable)
})

test('scan_ps shows nothing: an error', () => {
  const {dir} = sandbox()
  writeFileSync(join(dir, 'ps'), '#!/bin/sh\n')
  chmodSync(join(dir, 'ps'), 0o755)
  vi.stubEnv('PATH', dir)
  expect(() => psProcesses.scan()).toThrow(unreadable)
})

test('scan_children of this process: are shown, but not the ps itself', () => {
  const idle = startIdle()
  const children = [...psProcesses.scan().processes.values()].filter(({parent}) => parent === process.pid)
  expect(children.map(({pid}) => pid)).toEqual([idle.pid])
})

test('startTimes_any time zone: are the same', () => {
  const [one, other] = ['UTC', 'Asia/Tokyo'].map((zone) => {
    vi.stubEnv('TZ', zone)
    return psProcesses.startTimes([process.pid])
  })
  expect(one).toEqual(other)
})
