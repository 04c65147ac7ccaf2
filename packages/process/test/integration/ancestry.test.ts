import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {runsUnder} from '../../src/index.js'
import {startIdle} from '../support/programs.js'

test('runsUnder_parent and grandparent: true; a child, and this process itself: false', async () => {
  const grandparent = Number(readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  expect(await Promise.all([process.ppid, grandparent].map(runsUnder))).toEqual([true, true])
  expect(await Promise.all([startIdle().pid, process.pid].map(runsUnder))).toEqual([false, false])
})
