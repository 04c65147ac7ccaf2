import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {expect, onTestFinished, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {isAbandoned, isOfThisMachine, makeStamp, pidOf} from '../../src/files/process-stamp.js'

/** Runs a shell script that says a pid in its first line, and that never looks after its children. */
async function saidBy(script: string): Promise<number> {
  const child = spawn('/bin/sh', ['-c', `${script}; exec sleep 600`], {stdio: ['ignore', 'pipe', 'ignore']})
  onTestFinished(() => void child.kill('SIGKILL'))
  const [text] = await once(child.stdout, 'data')
  return Number(text)
}

test('isAbandoned_LivingProcess: is false, of whichever process the stamp is', async () => {
  const pid = await saidBy('echo $$')
  const stamps = [await makeStamp(), await makeStamp(pid)]
  expect(stamps.map(pidOf)).toEqual([process.pid, pid])
  expect(await Promise.all(stamps.map(isAbandoned))).toEqual([false, false])
  expect(stamps.map(isOfThisMachine)).toEqual([true, true])
})

test('isAbandoned_ProcessThatHasEndedAndThatNobodyWaitsFor: is true', async () => {
  // It ends when its parent has long become a program that waits for nobody.
  const pid = await saidBy('sleep 0.3 & echo $!')
  await until('it to end', () => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '))
  expect(await isAbandoned(await makeStamp(pid))).toBe(true)
})

test('isAbandoned_AnotherMachine: cannot be told', async () => {
  const stamp = `${await makeStamp(2 ** 22 - 1)}.elsewhere`
  expect(isOfThisMachine(stamp)).toBe(false)
  expect(await isAbandoned(stamp)).toBe(false)
})
