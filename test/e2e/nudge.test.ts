// Nudges at agents in real terminals: what arrives, what is never pressed, and what the receipts say.
import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {finished} from '../support/cli.js'
import {until} from '../support/until.js'
import {carefulTown} from './support/careful-town.js'

async function started(...args: Parameters<typeof carefulTown>) {
  const town = carefulTown(...args)
  await town.started()
  return town
}

type Town = Awaited<ReturnType<typeof started>>

/** The receipt as soon as it says this. */
async function settled(town: Town, id: unknown, state: string) {
  await until(`the receipt to say ${state}`, async () => (await town.receipt(id)).state === state, 20_000)
  return await town.receipt(id)
}

describe.each(['claude', 'plain'] as const)('an agent that draws as %s', (look) => {
  test('idle: texts of any kind and length are delivered whole, once and in order', async () => {
    const town = await started(look)
    const long = `${'lorem ipsum '.repeat(700)}end of it`
    const texts = ['check your mail', 'two lines\nand "the $second"; `one`', long]
    for (const text of texts) expect(await town.nudge(text)).toMatchObject({state: 'delivered', code: 0})
    expect(town.submitted()).toEqual(texts)
    const pastes = readFileSync(join(town.log, 'bytes'), 'utf8').split('\x1b').slice(1)
    expect(pastes.every((text) => /^\[20[01]~/.test(text))).toBe(true)
  })

  test('control bytes are stripped, and a command hidden behind one is refused', async () => {
    const town = await started(look)
    expect(await town.nudge('stop\x1b[201~\x03 or \x1bgo\x07')).toMatchObject({state: 'delivered'})
    expect(town.submitted()).toEqual(['stop[201~ or go'])
    expect(await town.nudge('\x1b/clear')).toMatchObject({code: 2})
    expect(await town.nudge('\x01\x02')).toMatchObject({code: 2})
  })

  test.each(['busy', 'permission', 'menu', 'draft half a thought'])(
    '%s: no key is pressed, it is queued; idle: delivered',
    async (order) => {
      const town = await started(look)
      await town.tell(order)
      const queued = await town.nudge('later', '--wait', '1s')
      expect(queued).toMatchObject({
        state: 'queued',
        code: 3,
        reason: expect.stringContaining('its state is'),
      })
      expect(existsSync(join(town.log, 'bytes'))).toBe(false)
      await town.tell('idle')
      expect(await settled(town, queued.id, 'delivered')).toMatchObject({code: 0})
      expect(town.submitted()).toEqual(['later'])
      expect(town.notes('violations')).toEqual([])
    },
  )

  test('a dialog opens between text and Enter: Enter waits until it is answered', async () => {
    const town = await started(look)
    await town.tell('permission-after-paste')
    const waiting = await town.nudge('between', '--wait', '1s')
    expect(waiting).toMatchObject({state: 'typing', code: 3, reason: expect.stringContaining('permission')})
    expect([town.submitted(), town.notes('violations')]).toEqual([[], []])
    await town.tell('answered')
    await settled(town, waiting.id, 'delivered')
    expect([town.submitted(), town.notes('violations')]).toEqual([['between'], []])
  })

  test('a dialog opens at the very moment of the paste: no Enter, and the receipt does not say that it arrived', async () => {
    const town = await started(look)
    await town.tell('permission-on-paste')
    const waiting = await town.nudge('into the dialog', '--wait', '1s')
    expect(waiting).toMatchObject({state: 'typing', code: 3})
    expect(readFileSync(join(town.log, 'bytes'), 'utf8')).not.toContain('\r')
    await town.tell('idle')
    expect(await settled(town, waiting.id, 'failed')).toMatchObject({
      reason: expect.stringContaining('not known'),
    })
    expect(town.submitted()).toEqual([])
  })

  test('the agent goes to work between text and Enter: Enter waits until it rests', async () => {
    const town = await started(look)
    await town.tell('busy-on-paste')
    const waiting = await town.nudge('one thing more', '--wait', '1s')
    expect([waiting.state, town.submitted()]).toEqual(['typing', []])
    await town.tell('answered')
    await settled(town, waiting.id, 'delivered')
    expect(town.submitted()).toEqual(['one thing more'])
  })

  test('the first Enter is swallowed: it is pressed once more, and the text arrives once', async () => {
    const town = await started(look)
    await town.tell('swallow')
    expect(await town.nudge('say it again')).toMatchObject({state: 'delivered'})
    expect([town.submitted(), town.notes('empty')]).toEqual([['say it again'], []])
  })

  test('the agent dies of the paste: failed', async () => {
    const town = await started(look)
    await town.tell('die-on-paste')
    expect(await town.nudge('the last words')).toMatchObject({
      state: 'failed',
      code: 1,
      reason: expect.stringContaining('ended'),
    })
  })
})

test('many at once: each arrives whole and exactly once', async () => {
  const town = await started('claude', {env: {AGENT_OWN_STATE: '1'}})
  const texts = Array.from({length: 50}, (_, n) => `nudge ${n} of fifty, whole and once ${n}`)
  const children = texts.map((text) => town.spawn('nudge', 'alpha/witness', text, '--wait', '10s', '--json'))
  const results = await Promise.all(children.map(finished))
  const receipts = results.map(({stdout}) => JSON.parse(stdout))
  await Promise.all(receipts.map(({id}) => untilDelivered(town, id)))
  expect([...town.submitted()].sort()).toEqual([...texts].sort())
  await until('the courier to be gone', () => town.courier() === undefined, 20_000)
}, 180_000)

async function untilDelivered(town: Town, id: string) {
  const file = join(town.cwd, '.runtime/nudges/gt-alpha-witness/done', `${id}.json`)
  await until(`${id} to be delivered`, () => existsSync(file), 150_000)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({state: 'delivered'})
}

describe('what waits', () => {
  test('is delivered by one courier, which then ends', async () => {
    const town = await started('plain')
    await town.tell('busy')
    const first = await town.nudge('one', '--wait', '0')
    const second = await town.nudge('two', '--wait', '0')
    const pid = await until('the courier', () => town.courier())
    await town.tell('idle')
    await settled(town, second.id, 'delivered')
    expect(await town.receipt(first.id)).toMatchObject({state: 'delivered'})
    await until('the courier to be gone', () => town.courier() === undefined)
    await until('its process to be gone', () => !isRunning(pid))
    expect(town.submitted()).toEqual(['one', 'two'])
  })

  test('expires, and is never typed', async () => {
    const town = await started('plain')
    await town.tell('busy')
    expect(await town.nudge('too late', '--wait', '10s', '--expires', '1s')).toMatchObject({
      state: 'expired',
      code: 4,
    })
    await town.tell('idle')
    expect(await town.nudge('next')).toMatchObject({state: 'delivered'})
    expect(town.submitted()).toEqual(['next'])
  })

  test('fails when the session is stopped, and never reaches the next life of it', async () => {
    const town = await started('plain')
    await town.tell('busy')
    const queued = await town.nudge('for you alone', '--wait', '0')
    await town.run('witness', 'restart', 'alpha')
    expect(await settled(town, queued.id, 'failed')).toMatchObject({
      reason: 'its session ended before anything was typed',
      code: 1,
    })
    expect(town.submitted()).toEqual([])
  })

  test('its sender and courier are killed: the next nudge takes it along', async () => {
    const town = await started('plain')
    await town.tell('busy')
    const sender = town.spawn('nudge', 'alpha/witness', 'orphan', '--wait', '60s')
    const ended = finished(sender)
    const courier = await until('the courier', () => town.courier())
    sender.kill('SIGKILL')
    process.kill(courier, 'SIGKILL')
    await ended
    await town.tell('idle')
    expect(await town.nudge('next')).toMatchObject({state: 'delivered'})
    expect(town.submitted()).toEqual(['orphan', 'next'])
  })

  test('whoever types is killed while typing: never twice, and its receipt says so', async () => {
    const town = await started('plain')
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
      reason: expect.stringContaining('not known'),
    })
    expect(town.submitted()).toEqual(['next'])
  })

  test('a torn file beside it is set aside, named, and does no harm', async () => {
    const town = await started('plain')
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
    expect(stderr).toContain('0mwsfpjn0-b25955e0a95a.json.broken')
    expect(stderr).toContain('0mwsfpjn0-b25955e0a95b.json.broken')
    expect(town.submitted()).toEqual(['first', 'second'])
  })
})

test("a person's terminal shows the session: queued; --force: delivered all the same", async () => {
  const town = await started('plain')
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

describe('the command line', () => {
  test('a file, standard input and -m give the text; the receipt is told in words too', async () => {
    const town = await started('plain')
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

  test.each([
    [['alpha/witness'], 2],
    [['alpha/witness', 'a', '-m', 'b'], 2],
    [['alpha/witness', '  '], 2],
    [['alpha/witness', '/clear'], 2],
    [['alpha/witness', 'a', '--wait', 'soon'], 2],
    [['alpha/witness', '--file', '/nowhere/at/all'], 1],
    [['alpha/nux', 'a'], 1],
    [['receipt', '0mwsfpjn0-b25955e0a95a'], 1],
    [['receipt', '../../etc/passwd'], 1],
  ])('nudge %j: exit code %i, and nothing is queued', async (args, code) => {
    const town = carefulTown('plain')
    const result = await town.run('nudge', ...args)
    expect(result.code).toBe(code)
    expect(result.stderr).not.toBe('')
    expect(existsSync(join(town.cwd, '.runtime/nudges'))).toBe(false)
  })
})

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}
