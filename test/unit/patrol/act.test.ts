// Actions on a worker, and their refusal once something has changed.
import {existsSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {GtError, type Session} from '@gtown/sdk'
import {describe, expect, it} from 'vitest'
import {recordFile} from '../../../packages/workers/src/record.js'
import {answerDialog} from '../../../src/patrol/act/answer-dialog.js'
import {type Assignment, carryOut} from '../../../src/patrol/act/carry-out.js'
import {endSession} from '../../../src/patrol/act/end-session.js'
import {notifyIncident} from '../../../src/patrol/act/notify-incident.js'
import {forgetRemoved, nuke} from '../../../src/patrol/act/nuke.js'
import type {Action} from '../../../src/patrol/actions.js'
import {type Desk, loseWorktree, makeDesk, rigOf, sessionOf} from './support/job.js'

/** From the second `inspect` on; the first is that of `confirm`. */
function whenLookedAt({backend}: Desk, change: () => unknown): void {
  const {inspect} = backend
  backend.inspect = async (...args) => {
    backend.inspect = inspect
    await change()
    return await inspect(...args)
  }
}

const first = ({sessions}: Desk) => sessions[0] as Session

describe('answerDialog', () => {
  const answer = async (desk: Desk) => {
    const {job, expect: expected} = await desk.job()
    return await answerDialog(job, expected)
  }

  it('moves the mark and confirms it', async () => {
    const desk = makeDesk()
    expect([await answer(desk), desk.deeds]).toEqual([{is: 'done'}, ['Down', 'Enter']])
  })

  it.each<[string, (desk: Desk) => unknown]>([
    ['a terminal shows it', (desk) => Object.assign(first(desk), {attached: 1})],
    [
      'another session took its name',
      (desk) => desk.sessions.splice(0, 1, sessionOf({incarnation: 's-2', labels: first(desk).labels})),
    ],
  ])('%s after all was confirmed: no key', async (_, change) => {
    const desk = makeDesk()
    whenLookedAt(desk, () => change(desk))
    expect([await answer(desk), desk.deeds]).toEqual([{is: 'refused', detail: expect.any(String)}, []])
  })

  it('a terminal shows it: no key', async () => {
    const desk = makeDesk()
    const {job, expect: expected} = await desk.job()
    Object.assign(first(desk), {attached: 1})
    whenLookedAt(desk, () => Object.assign(first(desk), {attached: 0}))
    expect([await answerDialog(job, expected), desk.deeds]).toMatchObject([{is: 'refused'}, []])
  })

  it('It changes between two snapshots: no key', async () => {
    const desk = makeDesk()
    let looks = 0
    const {inspect} = desk.backend
    desk.backend.inspect = async (...args) => {
      desk.dialog.question = `Is this one you trust? ${++looks}`
      return await inspect(...args)
    }
    expect([await answer(desk), desk.deeds]).toMatchObject([{is: 'refused'}, []])
  })

  it('It changes as the key is pressed: the backend refuses, and it does not count as an attempt', async () => {
    const desk = makeDesk()
    const {press} = desk.backend
    desk.backend.press = async (...args) => {
      desk.dialog.question = 'Delete all that is in it?'
      await press?.(...args)
    }
    expect([await answer(desk), desk.deeds]).toMatchObject([{is: 'refused', detail: /changed/}, []])
  })

  it('The key cannot be pressed: it counts as an attempt', async () => {
    const desk = makeDesk()
    desk.backend.press = () => Promise.reject(new GtError('no answer', {code: 'BACKEND_UNAVAILABLE'}))
    expect(await answer(desk)).toMatchObject({is: 'failed', detail: 'no answer'})
  })

  it('It does not react to the key: no other one', async () => {
    const desk = makeDesk()
    desk.dialog.isStuck = true
    expect([await answer(desk), desk.deeds]).toMatchObject([
      {is: 'failed', detail: /did not follow Down/},
      ['Down'],
    ])
  })

  it('It has many choices: left to a person', async () => {
    const desk = makeDesk()
    desk.dialog.choices.splice(1, 0, 'No', 'Perhaps', 'Later', 'Ask me', 'Tomorrow', 'Never')
    expect([await answer(desk), desk.deeds]).toMatchObject([
      {is: 'failed'},
      Array.from({length: 6}, () => 'Down'),
    ])
  })
})

describe('endSession', () => {
  const end = async (desk: Desk, change: () => unknown = () => {}) => {
    const {job, expect: expected} = await desk.job()
    change()
    return await endSession(job, expected)
  }

  it('ends it', async () => {
    const desk = makeDesk()
    expect([await end(desk), desk.deeds]).toEqual([{is: 'done'}, ['stop']])
  })

  it('A terminal shows it now: it lives on', async () => {
    const desk = makeDesk()
    const outcome = await end(desk, () => Object.assign(first(desk), {attached: 1}))
    expect([outcome, desk.deeds]).toEqual([{is: 'refused', detail: 'a terminal shows its session'}, []])
  })

  it('Its processes live on: reported as failed', async () => {
    const desk = makeDesk()
    desk.backend.stop = () => Promise.reject(new GtError('still there: 7', {code: 'SURVIVORS'}))
    expect(await end(desk)).toEqual({is: 'failed', detail: 'still there: 7'})
  })

  it('Its agent has ended: a post-mortem is kept before the rest is ended', async () => {
    const desk = makeDesk()
    Object.assign(first(desk), {liveness: 'dead', exit: {code: 3}})
    const kept = join(desk.rig, '.runtime/post-mortem')
    const {stop} = desk.backend
    desk.backend.stop = async (...args) => {
      expect(readdirSync(kept)).toHaveLength(1)
      return await stop(...args)
    }
    expect(await end(desk)).toEqual({is: 'done'})
  })
})

describe('nuke', () => {
  /** A worker without a session, with a record of the gate's git commands. */
  function finished(): Desk {
    const desk = makeDesk()
    desk.sessions.pop()
    desk.services.git = async ([word]) => {
      desk.deeds.push(`git ${word}`)
      return {code: 128, stdout: '', stderr: 'fatal: no'}
    }
    return desk
  }
  const remove = async (desk: Desk) => {
    const {job, expect: expected} = await desk.job()
    return await nuke(job, expected)
  }

  it('Processes that outlived its session are ended before the gate runs', async () => {
    const desk = finished()
    expect(await remove(desk)).toEqual({is: 'refused', detail: 'git rev-parse failed: fatal: no'})
    expect(desk.deeds).toEqual([expect.stringMatching(/^end strays of .*gt-alpha-nux/), 'git rev-parse'])
  })

  it('Processes that outlived its session cannot be ended: the gate is not run', async () => {
    const desk = finished()
    desk.services.endStrays = () => Promise.reject(new GtError('7 lives on', {code: 'SURVIVORS'}))
    expect([await remove(desk), desk.deeds]).toEqual([{is: 'refused', detail: '7 lives on'}, []])
  })

  it('A process runs in it: the gate is not run', async () => {
    const desk = finished()
    desk.services.processesIn = (folder) => (folder === desk.path ? [{pid: 7, command: 'vim'}] : [])
    expect(await remove(desk)).toEqual({is: 'refused', detail: 'processes are running in its sandbox: 7'})
    expect(desk.deeds).not.toContain('git rev-parse')
  })

  it('It still has a session: refused', async () => {
    const desk = makeDesk()
    expect([await remove(desk), desk.deeds]).toEqual([
      {is: 'refused', detail: 'a session of it has started'},
      [],
    ])
  })

  it('Refused by the gate: its record stays', async () => {
    const desk = finished()
    await remove(desk)
    expect(existsSync(recordFile({rig: {name: 'alpha', path: desk.rig}, name: 'nux'}))).toBe(true)
  })

  it('During the check the worker and its sandbox are locked', async () => {
    const desk = finished()
    const locks = [
      join(desk.rig, '.runtime/polecats/.nux.gate.lock'),
      join(desk.rig, '.runtime/polecats/.nux.json.lock'),
    ]
    const held: boolean[][] = []
    desk.services.git = async () => {
      held.push(locks.map((lock) => existsSync(lock)))
      return {code: 128, stdout: '', stderr: 'fatal: no'}
    }
    await remove(desk)
    expect(held).toEqual([[true, true]])
    expect(locks.map((lock) => existsSync(lock))).toEqual([false, false])
  })
})

describe('forgetRemoved', () => {
  /** A worker that is done and has no worktree any more; `change` modifies what is left. */
  async function forget(change: (desk: Desk) => void): Promise<Desk> {
    const desk = makeDesk()
    desk.note({exit: 'COMPLETED'})
    loseWorktree(desk)
    change(desk)
    await forgetRemoved(desk, 'nux')
    return desk
  }
  const isKnown = ({rig}: Desk) => existsSync(recordFile({rig: {name: 'alpha', path: rig}, name: 'nux'}))

  it('removes its record and its folder', async () => {
    const desk = await forget(() => {})
    expect([isKnown(desk), existsSync(join(desk.rig, 'polecats/nux'))]).toEqual([false, false])
  })

  it.each<[string, (desk: Desk) => void]>([
    ['It was spawned again', (desk) => desk.note({exit: undefined})],
    [
      'Its folder holds files and no worktree',
      ({rig}) => writeFileSync(join(rig, 'polecats/nux/notes'), 'only here'),
    ],
  ])('%s: its file stays', async (_, change) => {
    expect(isKnown(await forget(change))).toBe(true)
  })

  it('A hidden file in its folder: the folder stays', async () => {
    const desk = await forget(({rig}) => writeFileSync(join(rig, 'polecats/nux/.notes'), 'only here'))
    expect([isKnown(desk), existsSync(join(desk.rig, 'polecats/nux/.notes'))]).toEqual([false, true])
  })
})

describe('carryOut', () => {
  /** Carries out these actions of a worker; returns their outcomes. */
  async function outcomes(
    desk: Desk,
    kinds: readonly ('end-session' | 'nuke')[],
    signal = new AbortController().signal,
  ): Promise<(string | undefined)[]> {
    const {job, expect: expected} = await desk.job()
    const actions = kinds.map((kind): Action => ({kind, expect: expected}))
    const polecat = {name: 'nux', incarnation: 'i-1', row: '8', verdict: 'done, clean', evidence: [], actions}
    const {polecats} = await carryOut({
      services: desk.services,
      ref: desk.ref,
      settings: {escalation: undefined},
      found: rigOf(job),
      decision: {polecats: [polecat], rigActions: [], next: {polecats: {}}},
      signal,
    } as unknown as Assignment)
    return (polecats.get('nux') ?? []).map(({outcome}) => `${outcome?.is}: ${outcome?.detail}`)
  }

  it('Its session is gone but its processes live on: the sandbox stays', async () => {
    const desk = makeDesk()
    desk.backend.stop = async () => {
      desk.sessions.pop()
      throw new GtError('7 lives on', {code: 'SURVIVORS'})
    }
    expect(await outcomes(desk, ['end-session', 'nuke'])).toEqual([
      'failed: 7 lives on',
      'refused: its session could not be ended first',
    ])
    expect(desk.deeds).toEqual([])
  })

  it('The patrol is ending: nothing is started', async () => {
    const desk = makeDesk()
    expect(await outcomes(desk, ['end-session'], AbortSignal.abort())).toEqual([
      'refused: the patrol was ended',
    ])
    expect(desk.deeds).toEqual([])
  })
})

describe('notifyIncident', () => {
  const incident = {status: 'open', id: 'x', cause: 'hung', rig: 'alpha', evidence: [], at: ''} as const

  it('One unreachable recipient does not affect the others, and the notification is repeated', async () => {
    const {services, ref, deeds} = makeDesk()
    const told = services.notify
    services.notify = async (command, input) => {
      if (command[0] === 'page') throw new GtError('it is busy', {code: 'FAILED'})
      await told(command, input)
    }
    const escalation = {file: '', command: ['page'], notify: true} as const
    expect(await notifyIncident({services, ref, escalation}, incident)).toEqual({
      is: 'refused',
      detail: 'page: it is busy',
    })
    expect(deeds).toEqual(['notify notify-send'])
  })
})
