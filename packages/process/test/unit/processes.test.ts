import {expect, test} from 'vitest'
import {checkComplete} from '../../src/processes.js'
import {scanOf} from '../support/scans.js'

test('checkComplete_scan that does not show its own process: rejected', () => {
  expect(() => checkComplete(scanOf([{pid: 200}]).processes, '/proc')).toThrow(
    expect.objectContaining({code: 'PROCESSES_UNREADABLE'}),
  )
  expect(() => checkComplete(scanOf([{pid: process.pid}]).processes, '/proc')).not.toThrow()
})
