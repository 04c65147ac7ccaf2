import {execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {resolve} from 'node:path'
import {describe, expect, it} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {killTree} from '../../src/git/kill-tree.js'
import {processesOf} from '../support/processes.js'

const TREES = 4

describe('killTree', () => {
  it('ParentThatReplacesItsChildren: nothing survives, however slow the killer is', async () => {
    const box = sandbox()
    // All on one CPU, and the killer runs only when it is idle. So it often happens, though not
    // always, that a parent notices its child's death and reacts before it dies itself.
    const script = 'taskset --pid --cpu-list 0 $$; while :; do sleep 1000; done'
    const parents = Array.from({length: TREES}, () =>
      spawn('sh', ['-c', script], {env: box.env, stdio: 'ignore'}),
    )
    await until('parents and children', () => processesOf(box).length === 2 * TREES)
    const killer = `
      const [module, ...pids] = process.argv.slice(1)
      const {killTree} = await import(module)
      const {execFileSync} = await import('node:child_process')
      execFileSync('taskset', ['--pid', '--cpu-list', '0', String(process.pid)])
      execFileSync('chrt', ['--idle', '--pid', '0', String(process.pid)])
      for (const pid of pids.map(Number)) await killTree({pid, kill: () => process.kill(pid, 'SIGKILL')})`
    const module = resolve(import.meta.dirname, '../../dist/git/kill-tree.js')
    const ends = parents.map((parent) => once(parent, 'exit'))
    const pids = parents.map(({pid}) => String(pid))
    execFileSync(process.execPath, ['--input-type=module', '-e', killer, module, ...pids])
    await Promise.all(ends)
    await until('all processes to end', () => processesOf(box).length === 0)
  })

  it('AlreadyGone: does nothing', async () => {
    const gone = spawn('true', {stdio: 'ignore'})
    await once(gone, 'exit')
    await expect(killTree({pid: gone.pid ?? 0, kill: () => false})).resolves.toBeUndefined()
  })
})
