import {spawn, spawnSync} from 'node:child_process'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {strayMarkers} from '../../src/index.js'
import {linuxProcesses} from '../../src/scan-linux.js'
import {newCanary} from '../support/canary.js'
import {startIdle, startZombie} from '../support/programs.js'
import {fixture} from '../support/sessions.js'

const NOBODY = 2 ** 22 + 1

const markers = () => [...linuxProcesses.scan().processes.values()].map(({marker}) => marker)

/** Starts a session's process under that tmux server, or under none when undefined. Returns the town's prefix. */
async function startUnder(server: number | undefined): Promise<string> {
  const town = `${newCanary()}/`
  startIdle({GT_SESSION_ID: `${town}a/1`, TMUX: server === undefined ? '' : `/tmp/tmux,${server},0`})
  await until('the process', () => markers().includes(`${town}a/1`))
  return town
}

/** The pid of a running tmux server. */
function livingServer(): number {
  const box = sandbox()
  box.tmux('-f', '/dev/null', 'new-session', '-d', 'sleep', '600')
  return Number(box.tmux('display-message', '-p', '#{pid}'))
}

const lost: [what: string, server: () => number | Promise<number>][] = [
  ['is gone', () => NOBODY],
  ['is gone, and its pid is another program’s', () => startIdle().pid],
  ['is a zombie', () => startZombie('tmux: server')],
]
test.for(lost)('strayMarkers_server that %s: its sessions are strays', async ([, server]) => {
  const town = await startUnder(await server())
  expect(await strayMarkers(town)).toEqual([`${town}a/1`])
})

const kept: [what: string, server: () => number | undefined][] = [
  ['under a server that lives', livingServer],
  ['under no server', () => undefined],
]
test.for(kept)('strayMarkers_process %s: no stray', async ([, server]) => {
  expect(await strayMarkers(await startUnder(server()))).toEqual([])
})

test('strayMarkers_another town: its strays are not listed', async () => {
  const town = await startUnder(NOBODY)
  expect(await strayMarkers(`x${town}`)).toEqual([])
})

const container = ['--pid', '--fork', '--kill-child']
const canContain = spawnSync('unshare', [...container, 'true']).status === 0

test.runIf(canContain)(
  'strayMarkers_process in a container: its numbers are not ours, it is none',
  async () => {
    const canary = newCanary()
    const variables = [`GT_SESSION_ID=${canary}/a/1`, `TMUX=/tmp/tmux,${NOBODY},0`]
    spawn('unshare', [...container, 'env', ...variables, fixture('idle.pl'), canary])
    await until('the process', () => markers().includes(`${canary}/a/1`))
    expect(await strayMarkers(`${canary}/`)).toEqual([])
  },
)
