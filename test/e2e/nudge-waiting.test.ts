// Nudges that wait: who delivers them, when they expire, and what becomes of them when their sender is killed.
import {execFileSync} from 'node:child_process'
import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {finished} from '../support/cli.js'
import {until} from '../support/until.js'
import {carefulTown} from './support/careful-town.js'
import {settled, startedTown} from './support/nudged-town.js'

describe.concurrent('what waits', () => {
  test('is delivered by one dispatcher, which then ends', async (context) => {
    const town = await startedTown(context, 'plain')
    await town.tell('busy')
    const first = await town.nudge('one', '--wait', '0')
    const second = await town.nudge('two', '--wait', '0')
    const pid = await until('the dispatcher', () => town.dispatcher())
    await town.tell('idle')
    await settled(town, second.id, 'delivered')
    expect(await town.receipt(first.id)).toMatchObject({state: 'delivered'})
    await until('the dispatcher to be gone', () => town.dispatcher() === undefined)
    await until('its process to be gone', () => !isRunning(pid))
    expect(town.submitted()).toEqual(['one', 'two'])
  })

  test('expires, and is never typed', async (context) => {
    const town = await startedTown(context, 'plain')
    await town.tell('busy')
    expect(await town.nudge('too late', '--wait', '10s', '--expires', '1s')).toMatchObject({
      state: 'expired',
      code: 4,
    })
    await town.tell('idle')
    expect(await town.nudge('next')).toMatchObject({state: 'delivered'})
    expect(town.submitted()).toEqual(['next'])
  })

  test('fails when the session is stopped, and never reaches the next life of it', async (context) => {
    const town = await startedTown(context, 'plain')
    await town.tell('busy')
    const queued = await town.nudge('for you alone', '--wait', '0')
    await town.run('witness', 'restart', 'alpha')
    expect(await settled(town, queued.id, 'failed')).toMatchObject({
      reason: 'its session ended before anything was typed',
      code: 1,
    })
    expect(town.submitted()).toEqual([])
  })

  test('its sender and dispatcher are killed: the next nudge takes it along', async (context) => {
    const town = await startedTown(context, 'plain')
    await town.tell('busy')
    const sender = town.spawn('nudge', 'alpha/witness', 'orphan', '--wait', '60s')
    const ended = finished(sender)
    const dispatcher = await until('the dispatcher', () => town.dispatcher())
    sender.kill('SIGKILL')
    process.kill(dispatcher, 'SIGKILL')
    await ended
    await town.tell('idle')
    expect(await town.nudge('next')).toMatchObject({state: 'delivered'})
    expect(town.submitted()).toEqual(['orphan', 'next'])
  })

  test('whoever types is killed while typing: never twice, and its receipt says so', async (context) => {
    const town = await startedTown(context, 'plain')
    await town.tell('permission-after-paste')
    const sender = town.spawn('nudge', 'alpha/witness', 'half-way', '--wait', '60s')
    const ended = finished(sender)
    await until('the dialog', () => town.notes('obeyed').includes('permission'))
    sender.kill('SIGKILL')
    await ended
    await town.tell('idle')
    expect(await town.nudge('next')).toMatchObject({state: 'delivered'})
    const [id = ''] = execFileSync('ls', [join(town.cwd, '.runtime/nudges/gt-alpha-witness/done')], {
      encoding: 'utf8',
    }).split('.json')
    expect(await town.receipt(id)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('unknown'),
    })
    expect(town.submitted()).toEqual(['next'])
  })

  test('a torn file beside it is set aside, named, and does no harm', async (context) => {
    const town = await startedTown(context, 'plain')
    await town.nudge('first')
    const folder = join(town.cwd, '.runtime/nudges/gt-alpha-witness')
    for (const [name, text] of [
      ['0mwsfpjn0-b25955e0a95a', '{"version":1,"te'],
      ['0mwsfpjn0-b25955e0a95b', 'null'],
    ]) {
      writeFileSync(join(folder, `${name}.json`), text ?? '')
    }
    const {code, stderr} = await town.run('nudge', 'alpha/witness', 'second')
    expect(code).toBe(0)
    expect(stderr).toContain('0mwsfpjn0-b25955e0a95a.json.unusable-')
    expect(stderr).toContain('0mwsfpjn0-b25955e0a95b.json.unusable-')
    expect(town.submitted()).toEqual(['first', 'second'])
  })
})

test.concurrent("a person's terminal shows the session: queued; --force: delivered all the same", async (context) => {
  const town = await startedTown(context, 'plain')
  const attach = ['env', '-u', 'TMUX', 'tmux', '-L', 'default', 'attach-session', '-t', '=gt-alpha-witness']
  execFileSync('tmux', ['-L', 'outer', 'new-session', '-d', '-x', '90', '-y', '30', ...attach], {
    env: town.box.env,
  })
  await until('the person', () => town.box.tmux('list-clients').includes('gt-alpha-witness'))
  const queued = await town.nudge('unasked', '--wait', '0')
  expect(queued).toMatchObject({
    state: 'queued',
    reason: expect.stringContaining("a person's terminal shows it"),
  })
  expect(await town.nudge('urgent', '--force')).toMatchObject({state: 'delivered'})
  expect(town.submitted()).toEqual(['urgent'])
  town.box.tmux('detach-client', '-s', '=gt-alpha-witness')
  await settled(town, queued.id, 'delivered')
  expect(town.submitted()).toEqual(['urgent', 'unasked'])
})

describe.concurrent('the command line', () => {
  test('a file, standard input and -m give the text; the receipt is told in words too', async (context) => {
    const town = await startedTown(context, 'plain')
    const file = join(town.box.dir, 'text.txt')
    writeFileSync(file, 'from a file\n')
    const {stdout} = await town.run('nudge', 'alpha/witness', '--file', file)
    const [, id = ''] = /^delivered (\S+) alpha\/witness\n$/.exec(stdout) ?? []
    expect(await town.run('nudge', 'receipt', id)).toMatchObject({code: 0, stdout})
    expect(await town.run('nudge', 'alpha/witness', '-m', 'by flag')).toMatchObject({code: 0})
    const script = 'printf "%s" "from stdin" | "$0" "$1" nudge alpha/witness --file -'
    const launcher = new URL('../../bin/run.js', import.meta.url).pathname
    execFileSync('/bin/sh', ['-c', script, process.execPath, launcher], {
      cwd: town.cwd,
      env: {...town.options.env, PWD: town.cwd},
    })
    expect(town.submitted()).toEqual(['from a file', 'by flag', 'from stdin'])
  })

  test.for([
    [['alpha/witness'], 2],
    [['alpha/witness', 'a', '-m', 'b'], 2],
    [['alpha/witness', '  '], 2],
    [['alpha/witness', '/clear'], 2],
    [['alpha/witness', 'a', '--wait', 'soon'], 2],
    [['alpha/witness', '--file', '/nowhere/at/all'], 1],
    [['alpha/nux', 'a'], 1],
    [['receipt', '0mwsfpjn0-b25955e0a95a'], 1],
    [['receipt', '../../etc/passwd'], 1],
  ] as const)('nudge %j: exit code %i, and nothing is queued', async ([args, code], {onTestFinished}) => {
    const town = carefulTown('plain', {}, onTestFinished)
    const result = await town.run('nudge', ...args)
    expect(result.code).toBe(code)
    expect(result.stderr).not.toBe('')
    expect(existsSync(join(town.cwd, '.runtime/nudges'))).toBe(false)
  })
})

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}
