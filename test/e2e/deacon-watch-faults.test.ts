// The deacon's watch where something is wrong with the world: its files, its backend, another watch, its own end.
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {finished, gt, launcher} from '../support/cli.js'
import {interruptedProgram, killingProgram} from '../support/substitute-program.js'
import {until} from '../support/until.js'
import {watchedTown, witnessOf} from '../support/watched-town.js'

const alpha = 'gt-alpha-witness'
const lock = '.runtime/deacon/watch.lock'

describe('what cannot be told', () => {
  test('tmux gives no answer: unknown, and nothing follows', async () => {
    const {box, cwd, start, restarts, pidOf} = await watchedTown()
    await start('alpha', 'beta')
    const pids = [alpha, 'gt-beta-witness'].map(pidOf)
    const broken = join(box.dir, 'broken')
    mkdirSync(broken)
    writeFileSync(join(broken, 'tmux'), '#!/bin/sh\necho protocol version mismatch >&2\nexit 1\n')
    chmodSync(join(broken, 'tmux'), 0o755)
    const env = {...box.env, PATH: [broken, box.env.PATH].join(delimiter)}
    const {code, stdout} = await gt(['deacon', 'watch', '--once', '--json'], {cwd, env})
    const report = JSON.parse(stdout)
    for (const rig of ['alpha', 'beta']) {
      expect(witnessOf(report, rig)).toMatchObject({finding: 'unknown', action: 'none'})
    }
    expect([code, restarts(), [alpha, 'gt-beta-witness'].map(pidOf)]).toEqual([0, undefined, pids])
  })

  test('Settings of one rig that cannot be used: that rig is unknown, the others are looked after', async () => {
    const {start, cycle, kill, writeState} = await watchedTown()
    await start('alpha', 'beta')
    for (const rig of ['alpha', 'beta']) await kill(`gt-${rig}-witness`)
    writeState('alpha/settings/config.json', {patrol: {interval: 'often'}})
    const report = await cycle()
    expect(witnessOf(report)).toMatchObject({finding: 'unknown', action: 'none'})
    expect(witnessOf(report, 'beta')).toMatchObject({finding: 'gone', outcome: 'done'})
  })
})

describe('files that were cut', () => {
  test.each([
    ['.runtime/deacon/watch.json', '{"version":1,"cyc'],
    ['daemon/restart_state.json', '{"agents":{"alpha/wit'],
    ['daemon/restart_state.json', '{"agents":{"alpha/witness":{"restart_count":"many"}}}'],
  ])('%s is set aside and named, and that cycle only looks', async (file, text) => {
    const {cwd, start, cycle, kill, pidOf, writeState} = await watchedTown()
    await start('alpha')
    await cycle()
    await kill(alpha)
    const pid = pidOf(alpha)
    writeState(file, text)
    const report = await cycle()
    expect(report.stderr).toMatch(
      `warning: ${join(cwd, file)} cannot be used; it was set aside as ${join(cwd, file)}.unusable-`,
    )
    expect(report.doubt).toBe('the record of earlier restarts is lost')
    expect(witnessOf(report)).toMatchObject({finding: 'gone', action: 'none'})
    expect(pidOf(alpha)).toBe(pid)
    const [aside = ''] = readdirSync(join(cwd, file, '..')).filter((name) => name.includes('.unusable-'))
    expect(readFileSync(join(cwd, file, '..', aside), 'utf8')).toBe(text)
    expect(witnessOf(await cycle())).toMatchObject({outcome: 'done'})
  })

  test('The record of a session: it is set aside, and its witness is not brought back', async () => {
    const {cwd, start, cycle, kill, writeState} = await watchedTown()
    await start('alpha')
    await kill(alpha)
    writeState(`.runtime/sessions/${alpha}.json`, '{"version":1,"backe')
    const report = await cycle()
    expect(report.stderr).toContain(
      `${join(cwd, '.runtime/sessions', alpha)}.json cannot be used; it was set aside as `,
    )
    expect(witnessOf(report)).toMatchObject({finding: 'off', action: 'none'})
  })

  test("The original's file of restarts is read, and what it holds of others stays", async () => {
    const {cwd, start, cycle, kill, writeState, restarts} = await watchedTown()
    await start('alpha')
    await kill(alpha)
    const never = '0001-01-01T00:00:00Z'
    const deacon = {last_restart: never, restart_count: 2, backoff_until: never, crash_loop_since: never}
    writeState('daemon/restart_state.json', {agents: {deacon}, later: 1})
    expect(witnessOf(await cycle())).toMatchObject({outcome: 'done'})
    expect(restarts()).toMatchObject({restart_count: 1})
    expect(restarts('deacon')).toEqual({restart_count: 2})
    expect(JSON.parse(readFileSync(join(cwd, 'daemon/restart_state.json'), 'utf8')).later).toBe(1)
  })
})

describe('two watches, and the end of one', () => {
  test('One acts, the other says who does; what a killed one held is free at once', async () => {
    const {cwd, start, spawn, run, cycle, kill, heartbeat} = await watchedTown()
    await start('alpha')
    const child = spawn('deacon', 'watch', '--interval', '1h')
    const end = finished(child)
    await until('the first to be at work', () => heartbeat() !== undefined)
    const second = await run('deacon', 'watch', '--once')
    expect(second).toMatchObject({code: 1, stdout: ''})
    expect(second.stderr).toContain(`are being watched by another gt (pid ${child.pid})`)
    child.kill('SIGKILL')
    await end
    await kill(alpha)
    expect(witnessOf(await cycle())).toMatchObject({outcome: 'done'})
    expect(existsSync(join(cwd, lock))).toBe(false)
  })

  test('Goes on, prints a line of JSON a cycle, and ends cleanly when it is asked to', async () => {
    const {cwd, spawn, heartbeat} = await watchedTown()
    const child = spawn('deacon', 'watch', '--interval', '100ms', '--json')
    const end = finished(child)
    await until('three cycles', () => heartbeat()?.cycle > 2)
    child.kill('SIGTERM')
    const {code, stdout, stderr} = await end
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines[0]).toMatchObject({cycle: 1, witnesses: expect.any(Array)})
    expect(lines.at(-1)).toEqual({outcome: 'ended', cycles: lines.length - 1})
    expect(existsSync(join(cwd, lock))).toBe(false)
  })

  test('Killed at every call of tmux in the middle of a restart: the witness runs in the end, once', async () => {
    const {box, cwd, start, kill, cycle, sessions, writeState, restarts} = await watchedTown()
    await start('alpha')
    let noted = 0
    for (let call = 1, code: number | null = null; code === null; call++) {
      writeState('daemon/restart_state.json', {})
      await kill(alpha)
      const {folder} = killingProgram(box, 'tmux', call)
      const env = {...box.env, PATH: [folder, box.env.PATH].join(delimiter)}
      code = (await gt(['deacon', 'watch', '--once'], {cwd, env})).code
      if (code === null && restarts()) noted++
      writeState('daemon/restart_state.json', {})
      await cycle()
      expect([call, witnessOf(await cycle())?.finding, sessions()]).toEqual([call, 'well', [alpha]])
    }
    // A restart that was cut off counts, or a watch that is killed by what it starts would never back off.
    expect(noted).toBeGreaterThan(0)
  }, 300_000)
})

test('Stopped on purpose at every call of tmux in the middle of a restart: it stays stopped', async () => {
  const {box, cwd, start, kill, cycle, sessions, writeState} = await watchedTown()
  const by = `PATH='${box.env.PATH}' '${process.execPath}' '${launcher}' witness stop alpha < /dev/null > /dev/null`
  for (let call = 1, made = call; made >= call; call++) {
    writeState('daemon/restart_state.json', {})
    await start('alpha')
    await kill(alpha)
    const {folder, calls} = interruptedProgram(box, 'tmux', {call, by})
    const env = {...box.env, PATH: [folder, box.env.PATH].join(delimiter)}
    expect(await gt(['deacon', 'watch', '--once'], {cwd, env})).toMatchObject({code: 0})
    made = calls()
    const expected = made < call ? [[alpha], 'well'] : [[], 'off']
    expect([call, sessions(), witnessOf(await cycle())?.finding]).toEqual([call, ...expected])
  }
}, 300_000)
