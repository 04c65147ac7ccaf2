// Which witnesses the deacon's watch brings back, and which it leaves as they are.
import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {fixtureAgent} from '../support/town.js'
import {until} from '../support/until.js'
import {watchedTown, witnessOf} from '../support/watched-town.js'

const alpha = 'gt-alpha-witness'

describe('which witnesses should run', () => {
  test('Stopped on purpose: it stays stopped, even after a crash', async () => {
    const {start, run, cycle, kill, sessions} = await watchedTown()
    await start('alpha', 'beta')
    await kill('gt-beta-witness')
    for (const rig of ['alpha', 'beta']) await run('witness', 'stop', rig)
    const report = await cycle()
    for (const rig of ['alpha', 'beta']) {
      expect(witnessOf(report, rig)).toEqual({rig_name: rig, finding: 'off', action: 'none'})
    }
    expect(sessions()).toEqual([])
  })

  test('After the server is gone, deacon start brings back those that ran, and no other', async () => {
    const {box, start, run, sessions, restarts} = await watchedTown()
    await start('alpha', 'beta', 'delta')
    await run('witness', 'stop', 'beta')
    box.tmux('kill-server')
    expect(await run('deacon', 'start', '--agent', 'watch')).toMatchObject({code: 0, stderr: ''})
    await until('both to be back', () => restarts('alpha/witness') && sessions().length === 3, 30_000)
    const names = ['gt-alpha-witness', 'gt-delta-witness', 'hq-deacon']
    await until('a heartbeat', async () => (await run('deacon', 'status')).stdout.includes('Heartbeat:'))
    expect(sessions()).toEqual(names)
    const {stdout} = await run('deacon', 'status')
    expect(stdout).toContain('\n  Last action: watch: 2 gone, 3 off; restarted alpha, delta\n')
    expect(stdout).toMatch(/\n {2}Witnesses \d+s ago: 2 gone, 3 off; restarted alpha, delta\n/)
    expect(await run('deacon', 'stop')).toMatchObject({code: 0})
    expect(sessions()).toEqual(names.slice(0, 2))
  })

  test('No agent is configured or installed: deacon start runs the watch, and says so', async () => {
    const {box, cwd, configure} = await watchedTown()
    configure({})
    const bin = join(box.dir, 'only')
    mkdirSync(bin)
    for (const name of ['tmux', 'sh']) {
      const found = execFileSync('/bin/sh', ['-c', `command -v ${name}`], {encoding: 'utf8'}).trim()
      symlinkSync(found, join(bin, name))
    }
    const run = (...args: string[]) => gt(['deacon', ...args], {cwd, env: {...box.env, PATH: bin}})
    expect(await run('start')).toEqual({
      code: 0,
      stdout: `Starting Deacon session...
✓ Deacon session started. Attach with: gt deacon attach
  It runs the built-in agent 'watch', by rules: no AI agent is configured or installed
`,
      stderr: '',
    })
    const {stdout} = await run('restart', '--json')
    expect(JSON.parse(stdout)).toMatchObject({agent: 'watch', agent_fallback: true})
    expect(await run('stop')).toMatchObject({code: 0})
  })

  test('A start that fails asks for nothing, one that comes after a crash changes nothing', async () => {
    const {configure, start, run, cycle, kill} = await watchedTown()
    await start('beta')
    await kill('gt-beta-witness')
    configure({bad: fixtureAgent('failing-agent', {ready_prompt_prefix: '> '})})
    for (const rig of ['alpha', 'beta']) expect(await run('witness', 'start', rig)).toMatchObject({code: 1})
    const report = await cycle('--dry-run')
    expect(witnessOf(report)).toMatchObject({finding: 'off'})
    expect(witnessOf(report, 'beta')).toMatchObject({finding: 'gone', action: 'restart'})
  })

  test('Started while it runs, by somebody who made no record: from then on it should run', async () => {
    const {cwd, start, cycle, kill, writeState} = await watchedTown()
    await start('alpha')
    const file = `.runtime/sessions/${alpha}.json`
    const {desired, ...record} = JSON.parse(readFileSync(join(cwd, file), 'utf8'))
    expect(desired).toBe('running')
    writeState(file, record)
    await start('alpha')
    await kill(alpha)
    expect(witnessOf(await cycle())).toMatchObject({finding: 'gone', outcome: 'done'})
  })

  test('An agent that was force-killed comes back', async () => {
    const {start, run, cycle} = await watchedTown()
    await start('alpha')
    expect(await run('deacon', 'force-kill', 'alpha/witness')).toMatchObject({code: 0})
    expect(witnessOf(await cycle())).toMatchObject({finding: 'gone', outcome: 'done'})
  })
})

describe('when it does nothing', () => {
  test('Parked, docked or paused rigs, and a paused deacon', async () => {
    const {start, run, cycle, kill, sessions, writeState, heartbeat, restarts, box} = await watchedTown()
    await start('alpha', 'beta', 'gamma')
    writeState('.beads-wisp/config/alpha.json', {values: {status: 'parked'}})
    writeState('.beads-wisp/config/beta.json', {values: {status: 'docked'}})
    await run('witness', 'pause', 'gamma', '--reason', 'looked at by hand')
    for (const rig of ['alpha', 'beta', 'gamma']) await kill(`gt-${rig}-witness`)
    const found = (await cycle()).witnesses.filter(({finding}) => finding !== 'off')
    expect(found.map(({finding, action}) => [finding, action])).toEqual(Array(3).fill(['skipped', 'none']))
    const cycleBefore = heartbeat().cycle
    writeState('.beads-wisp/config/alpha.json', {values: {}})
    await run('deacon', 'pause', '--reason', 'upkeep')
    expect(await cycle()).toMatchObject({code: 0, paused: 'upkeep', witnesses: []})
    expect([heartbeat().cycle, restarts()]).toEqual([cycleBefore, undefined])
    box.tmux('kill-server')
    await run('deacon', 'resume')
    expect(witnessOf(await cycle())).toMatchObject({finding: 'gone', outcome: 'done'})
    expect(sessions()).toEqual([alpha])
  })

  test('--dry-run says what it would do, and leaves no trace', async () => {
    const {start, run, kill, restarts, heartbeat, pidOf} = await watchedTown()
    await start('alpha')
    await kill(alpha)
    const pid = pidOf(alpha)
    expect(await run('deacon', 'watch', '--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('\n  alpha (gone): its agent has ended; would restart it\n'),
    })
    expect([pidOf(alpha), restarts(), heartbeat()]).toEqual([pid, undefined, undefined])
  })

  test('Called wrongly', async () => {
    const {run} = await watchedTown()
    expect(await run('deacon', 'watch', '--interval', '1ms')).toMatchObject({code: 2})
    expect(await run('deacon', 'clear-backoff')).toMatchObject({code: 2})
  })
})
