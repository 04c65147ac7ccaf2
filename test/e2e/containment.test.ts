import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {carriers, newCanary} from '../../packages/process/test/support/canary.js'
import {gt} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {makeTown, useAgents} from '../support/town.js'
import {until} from '../support/until.js'

const program = fileURLToPath(
  new URL('../../packages/process/test/fixtures/env-cleared-hidden-daemon.sh', import.meta.url),
)

test.for([{flags: []}, {flags: ['--force']}])(
  'stop $flags: ends a daemon of the agent that has neither parent, environment, terminal nor open file',
  async ({flags}) => {
    const box = sandbox()
    const canary = newCanary()
    const cwd = makeTown(join(box.dir, 'town'))
    useAgents(cwd, {leaky: {command: program, args: [canary], prompt_mode: 'none'}})
    const run = (...args: string[]) => gt(['witness', ...args], {cwd, env: box.env})
    expect(await run('start', 'alpha')).toMatchObject({code: 0})
    await until('the daemon', () => carriers(`hidden ${canary}`).length === 1)

    expect(await run('stop', 'alpha', ...flags)).toMatchObject({code: 0, stderr: ''})
    expect(carriers(canary)).toEqual([])
  },
)
