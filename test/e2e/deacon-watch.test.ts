// The deacon's watch on real witnesses: what it restarts, and when it tells a person.
import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {describe, expect, onTestFinished, test} from 'vitest'
import {finished} from '../support/cli.js'
import {fixtureAgent} from '../support/town.js'
import {until} from '../support/until.js'
import {watchedTown, witnessOf} from '../support/watched-town.js'

const alpha = 'gt-alpha-witness'

describe('a witness that does not run well', () => {
  test('Frozen by a signal: it is restarted once, and neither workers nor the mayor are touched', async () => {
    const {box, start, run, cycle, pidOf} = await watchedTown()
    await start('beta')
    expect(await run('witness', 'start', 'alpha', '--backend', 'pty')).toMatchObject({code: 0})
    onTestFinished(async () => {
      await run('witness', 'stop', 'alpha', '--force')
    })
    const agent = async () => JSON.parse((await run('witness', 'status', 'alpha', '--json')).stdout)
    for (const other of ['gt-alpha-nux', 'hq-mayor']) box.tmux('new-session', '-d', '-s', other, 'sleep 1000')
    const others = ['gt-alpha-nux', 'hq-mayor', 'gt-beta-witness']
    const [before, pids] = [(await agent()).pid, others.map(pidOf)]
    process.kill(before, 'SIGSTOP')
    const report = await cycle()
    expect(witnessOf(report)).toMatchObject({finding: 'frozen', action: 'restart', outcome: 'done'})
    expect(witnessOf(report, 'beta')).toEqual({rig_name: 'beta', finding: 'well', action: 'none'})
    const after = await agent()
    expect(after).toMatchObject({running: true, backend: 'pty'})
    expect(after.pid).not.toBe(before)
    expect(witnessOf(await cycle())).toEqual({rig_name: 'alpha', finding: 'well', action: 'none'})
    expect([(await agent()).pid, others.map(pidOf)]).toEqual([after.pid, pids])
    expect(() => process.kill(before, 0)).toThrow('ESRCH')
  })

  test('tmux itself continues what a signal froze: then there is nothing to do', async () => {
    const {start, cycle, pidOf} = await watchedTown()
    await start('alpha')
    const pid = pidOf(alpha)
    process.kill(pid, 'SIGSTOP')
    const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2]
    await until('tmux', () => state() === 'S')
    expect(witnessOf(await cycle())).toMatchObject({finding: 'well'})
    expect(pidOf(alpha)).toBe(pid)
  })

  test('Killed: it comes back with the agent that was named for it, and its next restart has to wait', async () => {
    const {configure, run, spawn, cycle, kill, restarts, heartbeat, pidOf} = await watchedTown()
    configure({bad: fixtureAgent('failing-agent')}, {patrol: {interval: '500ms'}})
    expect(await run('witness', 'start', 'alpha', '--agent', 'patrol')).toMatchObject({code: 0})
    const child = spawn('deacon', 'watch', '--interval', '100ms')
    await until('many cycles of a watch over a patrol that is well', () => heartbeat()?.cycle > 30, 30_000)
    child.kill('SIGTERM')
    expect((await finished(child)).code).toBe(0)
    expect(restarts()).toBe(undefined)
    await kill(alpha)
    expect(witnessOf(await cycle())).toMatchObject({finding: 'gone', outcome: 'done'})
    const status = await run('witness', 'status', 'alpha', '--json')
    expect(JSON.parse(status.stdout)).toMatchObject({running: true, agent: 'patrol'})
    const {last_restart, restart_count, backoff_until} = restarts()
    const backoff = Date.parse(backoff_until) - Date.parse(last_restart)
    expect([restart_count, backoff >= 30_000 && backoff <= 33_000]).toEqual([1, true])
    await kill(alpha)
    const pid = pidOf(alpha)
    expect(witnessOf(await cycle())).toMatchObject({
      finding: 'gone',
      action: 'none',
      reason: expect.stringMatching(/^the next restart is allowed in \d+s$/),
    })
    expect([pidOf(alpha), restarts().restart_count]).toEqual([pid, 1])
  })

  test('A patrol of which no cycle ends: late, then restarted, although its process lives', async () => {
    const {configure, start, spawn, cycle, writeState, pidOf, restarts, noted} = await watchedTown()
    const patrol = fixtureAgent('echo-agent', {ready_prompt_prefix: '> ', kind: 'patrol'})
    configure({patrol}, {patrol: {interval: '1h'}})
    await start('alpha')
    const pid = pidOf(alpha)
    writeState('alpha/.runtime/witness-last-cycle.json', {version: 1, at: '2026-01-01T00:00:00Z', tookMs: 1})
    // The wall clock says that this cycle is months old, and proves nothing.
    expect(witnessOf(await cycle())).toMatchObject({finding: 'well'})
    configure({patrol}, {patrol: {interval: '200ms'}})
    const child = spawn('deacon', 'watch', '--interval', '100ms')
    const end = finished(child)
    await until('a restart', () => noted('witness_restarted').length > 0, 30_000)
    expect(pidOf(alpha)).not.toBe(pid)
    child.kill('SIGTERM')
    expect((await end).stdout).toMatch(/alpha \(silent\): no cycle has ended for \d+s; restarted\n/)
    expect(restarts().restart_count).toBe(1)
  })

  test('Restarted five times in vain: no more, a person is told once, and once more when it is well', async () => {
    const {configure, start, cycle, kill, restarts, pages, noted, writeState, run} = await watchedTown()
    await start('alpha')
    await kill(alpha)
    configure({bad: fixtureAgent('failing-agent', {ready_prompt_prefix: '> '})})
    for (let count = 1; count <= 5; count++) {
      expect(witnessOf(await cycle())).toMatchObject({action: 'restart', outcome: 'failed'})
      expect(restarts().restart_count).toBe(count)
      const agents = {'alpha/witness': {...restarts(), backoff_until: new Date(0).toISOString()}}
      writeState('daemon/restart_state.json', {agents})
    }
    for (let again = 0; again < 3; again++) {
      expect(witnessOf(await cycle())).toMatchObject({finding: 'gone', action: 'escalate'})
    }
    expect(restarts()).toMatchObject({restart_count: 5, crash_loop_since: expect.any(String)})
    expect(pages()).toMatchObject([{status: 'open', cause: 'crash-looping', rig: 'alpha', worker: 'witness'}])
    expect(pages()[0]?.detail).toContain("; its last restart failed: agent 'bad' exited with code 3")
    configure({echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
    expect((await run('deacon', 'clear-backoff', 'alpha/witness')).stdout).toMatch(
      /^✓ Cleared backoff for alpha\/witness \(5 restarts, in a crash loop since .+Z\)\n$/,
    )
    expect((await run('deacon', 'clear-backoff', 'alpha/witness')).stdout).toBe(
      '○ Nothing to clear for alpha/witness\n',
    )
    expect(witnessOf(await cycle())).toMatchObject({outcome: 'done'})
    await cycle()
    expect(pages().map(({status}) => status)).toEqual(['open', 'resolved'])
    expect(noted('witness_restarted')).toHaveLength(6)
    expect([noted('escalation_sent').length, noted('escalation_resolved').length]).toEqual([1, 1])
  })

  test('A terminal shows the dead witness: it is left to whoever looks at it, who is told', async () => {
    const {box, start, cycle, kill, restarts, pages} = await watchedTown()
    await start('alpha')
    const terminal = (...args: string[]) =>
      execFileSync('tmux', ['-u', '-L', 'terminal', ...args], {env: box.env, encoding: 'utf8'})
    terminal('-f', '/dev/null', 'new-session', '-d', `env -u TMUX tmux -u -L default attach -t =${alpha}`)
    const attached = () => box.tmux('display-message', '-p', '-t', `=${alpha}:`, '#{session_attached}')
    await until('the terminal', () => attached() === '1\n')
    await kill(alpha)
    expect(witnessOf(await cycle())).toMatchObject({finding: 'gone', action: 'escalate'})
    await cycle()
    expect([restarts(), pages().length]).toEqual([undefined, 1])
  })
})
