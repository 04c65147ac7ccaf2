import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import type {Birth} from '../../src/birth.js'
import {type ShimOptions, ShimProcess} from '../../src/shim-process.js'
import {isAlive, readIfThere} from '../support/world.js'

let dir: string
beforeEach(() => {
  dir = sandbox().dir
})

const birth = {record: {name: 'a'}} as Birth

/** A process that runs this script instead of a shim; `pid` waits until it has started. */
function shim(script: string, options: ShimOptions = {}, env: NodeJS.ProcessEnv = process.env) {
  const [program, pidFile] = [join(dir, 'shim.mjs'), join(dir, 'pid')]
  const head = `import {writeFileSync} from 'node:fs'; writeFileSync('${pidFile}', String(process.pid));`
  writeFileSync(program, `${head}\n${script}\n`)
  return {
    process: new ShimProcess(env, {program, ...options}),
    pid: () => until('the process', () => Number(readIfThere(pidFile))),
  }
}

const STAY = 'setInterval(() => {}, 60_000)'
const unavailable = (message: string) => ({
  code: 'BACKEND_UNAVAILABLE',
  message: expect.stringContaining(message),
})

test('createSession_SilentShim: times out, and the shim is killed', async () => {
  const {process: silent, pid} = shim(STAY, {birthMs: 20, endMs: 20})
  await expect(silent.createSession(birth)).rejects.toMatchObject(
    unavailable('no session was created within 20 ms'),
  )
  const number = await pid()
  await silent.end()
  expect(isAlive(number)).toBe(false)
})

test('createSession_ShimThatEndsAtOnce: rejects at once', async () => {
  const {process: ending} = shim('')
  await expect(ending.createSession(birth)).rejects.toMatchObject(unavailable('ended at once'))
  await ending.end()
})

test('createSession_ShimThatFails: is an error that says why', async () => {
  const {process: failing} = shim(`console.log(JSON.stringify({failure: 'no terminal'}))`)
  await expect(failing.createSession(birth)).rejects.toMatchObject(unavailable('no terminal'))
  await failing.end()
})

test.each(['half of a line{', '{"owner": "one"}', 'null'])(
  'createSession_ShimThatAnswers %s: is an error that names the session',
  async (line) => {
    const {process: odd} = shim(`console.log(${JSON.stringify(line)})`)
    await expect(odd.createSession(birth)).rejects.toMatchObject(unavailable("session 'a' cannot be held"))
    await odd.end()
  },
)

test('createSession_Aborted: rejects with the reason, without waiting', async () => {
  const controller = new AbortController()
  const {process: silent} = shim(STAY, {endMs: 20})
  const creating = silent.createSession(birth, controller.signal)
  controller.abort(new Error('enough'))
  await expect(creating).rejects.toThrow('enough')
  await silent.end()
})

test('ShimProcess_WhatItInherits: the environment, without a session’s marker and Node’s options', async () => {
  const env = {...process.env, KEPT: 'x', GT_SESSION_ID: 'town/a/1', NODE_OPTIONS: '--no-deprecation'}
  const {process: silent, pid} = shim(STAY, {endMs: 20}, env)
  const variables = readFileSync(`/proc/${await pid()}/environ`, 'utf8').split('\0')
  await silent.end()
  expect(variables).toEqual(expect.arrayContaining(['KEPT=x', 'GT_SESSION_ID=infra']))
  expect(variables.filter((variable) => variable.startsWith('NODE_OPTIONS'))).toEqual([])
})
