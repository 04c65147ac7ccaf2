import {expect, onTestFinished, test} from 'vitest'
import {type StatusQuestion, watchStatus} from '../../../src/commands/status-report.js'
import {watch} from '../../../src/commands/watch.js'
import {GtError} from '../../../src/errors.js'
import type {RoleRef} from '../../../src/role.js'
import type {RoleStatus} from '../../../src/role-status.js'
import {plainStyle} from '../../../src/style.js'
import {captured} from '../../support/run-command.js'

/** A question whose answers come in this order: a liveness, or undefined for a look that fails; then the watch ends. */
function asked(...answers: (RoleStatus['liveness'] | undefined)[]) {
  const controller = new AbortController()
  const question: StatusQuestion<RoleRef> = {
    view: {
      status: (_: RoleRef, {liveness}: RoleStatus) => ({text: `it is ${liveness}`, json: {liveness}}),
    } as never,
    many: false,
    style: plainStyle,
    async look() {
      const liveness = answers.shift()
      if (answers.length === 0) controller.abort()
      if (liveness === undefined) throw new GtError('no answer', {code: 'X'})
      return [{ref: {} as RoleRef, status: {liveness} as RoleStatus}]
    },
  }
  return {question, options: {intervalMs: 0, signal: controller.signal}}
}

test('A watch ends with its signal', async () => {
  const controller = new AbortController()
  let looks = 0
  const look = async () => {
    if (++looks === 3) controller.abort()
    if (looks > 3) throw new Error('it went on')
  }
  await watch(look, {intervalMs: 0, signal: controller.signal})
  expect(looks).toBe(3)
})

test('Elsewhere than on a terminal each change is told once, and so is a failure, which ends nothing', async () => {
  const [stdout, stderr] = [captured(process.stdout), captured(process.stderr)]
  const {question, options} = asked('alive', 'alive', undefined, undefined, 'dead', undefined, 'dead')
  await watchStatus(question, {jsonl: true}, options)
  expect(stdout()).toBe('{"liveness":"alive"}\n{"liveness":"dead"}\n')
  expect(stderr()).toBe('Error: no answer\nError: no answer\n')
})

test('A terminal is given back as it was, though the watch fails', async () => {
  const stdout = captured(process.stdout)
  const {isTTY} = process.stdout
  process.stdout.isTTY = true
  onTestFinished(() => {
    process.stdout.isTTY = isTTY
  })
  const {question, options} = asked('alive', undefined, 'dead')
  await watchStatus(question, {}, options)
  expect(stdout()).toContain('it is alive')
  expect(stdout()).toContain('Error: no answer')
  expect(stdout().endsWith('\x1b[?7h\x1b[?25h\x1b[?1049l')).toBe(true)
  const broken = asked('alive')
  broken.question.view.status = () => {
    throw new Error('broken')
  }
  await expect(watchStatus(broken.question, {}, broken.options)).rejects.toThrow('broken')
  expect(stdout().endsWith('\x1b[?7h\x1b[?25h\x1b[?1049l')).toBe(true)
})
