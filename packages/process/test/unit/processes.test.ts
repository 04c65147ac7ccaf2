import {expect, onTestFinished, test, vi} from 'vitest'
import {checkComplete, signalProcess} from '../../src/processes.js'
import {whileVisible} from '../../src/read-proc.js'
import {scan} from '../../src/scan-linux.js'
import {scanOf} from '../support/scans.js'

test('checkComplete_scan without its own process: rejected', () => {
  expect(() => checkComplete(scanOf([{pid: 200}]).processes, '/proc')).toThrow(
    expect.objectContaining({code: 'PROCESSES_UNREADABLE'}),
  )
  expect(() => checkComplete(scanOf([{pid: process.pid}]).processes, '/proc')).not.toThrow()
})

test('scan_/proc that hides gt itself: rejected', () => {
  expect(() => scan(() => [1])).toThrow(expect.objectContaining({code: 'PROCESSES_UNREADABLE'}))
})

function failing(code: string): () => never {
  return () => {
    throw Object.assign(new Error(code), {code})
  }
}

test.for(['ENOENT', 'ESRCH', 'EACCES', 'EPERM'])('whileVisible_%s: undefined', (code) => {
  expect(whileVisible(failing(code))).toBeUndefined()
})

test('whileVisible_another error: is thrown', () => {
  expect(() => whileVisible(failing('EIO'))).toThrow('EIO')
})

function failToSignal(code: string): void {
  const kill = vi.spyOn(process, 'kill').mockImplementation(failing(code))
  onTestFinished(() => kill.mockRestore())
}

test.for(['ESRCH', 'EPERM'])('signalProcess_%s: is ignored', (code) => {
  failToSignal(code)
  expect(() => signalProcess(4711, 'SIGTERM')).not.toThrow()
})

test('signalProcess_another error: is thrown', () => {
  failToSignal('EINVAL')
  expect(() => signalProcess(4711, 'SIGTERM')).toThrow('EINVAL')
})
