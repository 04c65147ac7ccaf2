import {conformanceCases, runConformance} from '@gtown/sdk/conformance'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {closeSandbox, openSandbox, type Sandbox} from '../../../../test/support/sandbox.js'
import {diagnose} from '../../../plugin-tmux/src/diagnose.js'
import {collect} from '../support/collect.js'
import {tmuxBackend, unreachableTmux} from '../support/tmux-backend.js'

let box: Sandbox
beforeAll(() => {
  box = openSandbox()
})
afterAll(() => closeSandbox(box))

test.each(conformanceCases)('tmux: $name', async (testCase) => {
  const options = {
    backend: tmuxBackend(box),
    unreachable: unreachableTmux(box),
    diagnose: () => diagnose(box.env),
    directory: box.dir,
  }
  const [result] = await collect(runConformance({...options, cases: [testCase]}))
  expect(result).toMatchObject({outcome: 'passed'})
})
