import {execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {copyFileSync, readFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {join, resolve} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
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

test('makeStamp: no two are the same, and those of two processes differ in the time of their start', async () => {
  const pid = await saidBy('echo $$')
  const [one = '', two = '', other = ''] = [await makeStamp(), await makeStamp(), await makeStamp(pid)]
  expect(one).not.toBe(two)
  const startOf = (stamp: string) => Number(stamp.split('.')[1])
  expect(startOf(one)).toBe(startOf(two))
  expect(startOf(other)).toBeGreaterThan(startOf(one))
})

test.each(['something', 'x.1.y', '-99999999.1.y', '0.1.y', '.1.y', '12', '1e3.1.y'])(
  'What is no stamp stands for no process: %s',
  async (text) => {
    const stamp = `${text}.${hostname()}`
    expect(await isAbandoned(stamp)).toBe(false)
    expect(pidOf(text)).toBe(0)
  },
)

test('isAbandoned_ProgramWithAnAwkwardName: is false while it runs', async () => {
  const program = join(sandbox().dir, 'a) Z b')
  copyFileSync(execFileSync('which', ['sleep'], {encoding: 'utf8'}).trim(), program)
  const child = spawn(program, ['600'], {stdio: 'ignore'})
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  const stat = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  await until('it to run', () => stat().includes('(a) Z b)'))
  expect(await isAbandoned(await makeStamp(child.pid))).toBe(false)
})

test('isRunning_AnotherUsersProcess: it runs, though no signal may be sent to it', () => {
  const script = 'console.log((await import(process.argv[1])).isRunning(1))'
  const module = resolve(import.meta.dirname, '../../dist/files/process-stamp.js')
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, module], {
    encoding: 'utf8',
    ...(process.geteuid?.() === 0 && {uid: 65534, gid: 65534}),
  })
  expect(said).toBe('true\n')
})
