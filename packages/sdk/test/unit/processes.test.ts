import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {expect, onTestFinished, test} from 'vitest'
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
