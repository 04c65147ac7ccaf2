// Each backend breaks one promise: the cases made for it have to notice, and no other of its subject.
import {conformanceCases, runConformance} from '@gtown/sdk/conformance'
import {expect, test} from 'vitest'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {type BrokenBackend, brokenBackends} from '../support/broken-backends.js'
import {collect} from '../support/collect.js'
import {realKiller, tmuxBackend, unreachableTmux} from '../support/tmux-backend.js'

function broken(box: Sandbox, {change, changeKiller}: BrokenBackend) {
  const real = tmuxBackend(box, {...realKiller, ...changeKiller?.(realKiller)})
  const unreachable = unreachableTmux(box)
  return {
    backend: {...real, ...change(real)},
    unreachable: {...unreachable, ...change(unreachable)},
    directory: box.dir,
  }
}

test.each(brokenBackends)('a backend that $fault', async (fault) => {
  const [subject] = fault.noticedBy[0]?.split(':') ?? []
  const cases = conformanceCases.filter(({name}) => name.startsWith(`${subject}:`))
  const run = runConformance({...broken(sandbox(), fault), cases, concurrency: 2})
  const results = await collect(run)
  const failures = results.filter(({outcome}) => outcome === 'failed')
  expect(failures.map(({name}) => name)).toEqual(fault.noticedBy)
})
