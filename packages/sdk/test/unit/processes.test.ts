import {execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {inPs, isAlive, processesWithArgument} from '../../src/conformance/processes.js'

test.each([
  ['the way of this system', processesWithArgument],
  ['the way of every system', inPs],
])('a value in an argument list is seen as long as its process runs, in %s', async (_, look) => {
  const value = `argument-${process.pid}-${look.name}`
  const child = spawn('/bin/sh', ['-c', 'echo; read line', value], {stdio: ['pipe', 'pipe', 'ignore']})
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  expect(look(value)).toEqual([child.pid])
  expect(isAlive(child.pid ?? 0)).toBe(true)
  child.stdin.end()
  await once(child, 'exit')
  expect(look(value)).toEqual([])
  expect(isAlive(child.pid ?? 0)).toBe(false)
})

test('a process that has ended and that nobody waits for does not run', async () => {
  const child = spawn('/bin/sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 600'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [pid] = await once(child.stdout, 'data')
  await until('it to have ended', () => !isAlive(Number(pid)))
  expect(readFileSync(`/proc/${Number(pid)}/stat`, 'utf8')).toContain(') Z ')
})

test("another user's process runs, though no signal may be sent to it", () => {
  const script = 'console.log((await import(process.argv[1])).isAlive(1))'
  const module = resolve(import.meta.dirname, '../../dist/conformance/processes.js')
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, module], {
    encoding: 'utf8',
    ...(process.geteuid?.() === 0 && {uid: 65534, gid: 65534}),
  })
  expect(said).toBe('true\n')
})
