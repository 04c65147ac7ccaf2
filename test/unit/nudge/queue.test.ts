import {execFileSync} from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, onTestFinished, test} from 'vitest'
import {KEPT, NudgeQueue} from '../../../src/nudge/queue.js'
import {findReceipt} from '../../../src/nudge/receipt.js'
import {alphaRef} from '../../support/refs.js'

function aQueue() {
  const root = mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 'q'))
  onTestFinished(() => rmSync(root, {recursive: true}))
  const warnings: string[] = []
  const town = {...alphaRef().town, root}
  const warn = (message: string) => void warnings.push(message)
  const folder = join(root, '.runtime/nudges/gt-alpha-witness')
  return {root, town, warn, warnings, folder, queue: new NudgeQueue(town, 'gt-alpha-witness', warn)}
}

function aNudge(text = 'hello', more: {expiresAt?: number} = {}) {
  const now = Date.now()
  return {
    to: 'alpha/witness',
    session: 'gt-alpha-witness',
    incarnation: 'one',
    state: 'queued',
    queuedAt: now,
    updatedAt: now,
    expiresAt: now + 60_000,
    text,
    force: false,
    ...more,
  } as const
}

/** The file of a complete nudge with these changes. */
function fileWith(more: Record<string, unknown>): string {
  return JSON.stringify({version: 1, ...aNudge(), id: '0mwsfpjn0-b25955e0a95a', ...more})
}

describe('a queue of nudges', () => {
  test('added nudges are open, in order, and readable only by their owner', async () => {
    const {queue, folder} = aQueue()
    const first = await queue.add(aNudge('one'))
    const second = await queue.add({...aNudge('two'), queuedAt: first.queuedAt + 1})
    expect(await queue.open()).toEqual([first, second])
    expect(statSync(join(folder, `${first.id}.json`)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  test('a final nudge is not open any more, and its receipt stays, without the text', async () => {
    const {queue, town, warn} = aQueue()
    const nudge = await queue.add(aNudge('secret plan'))
    await queue.write({...nudge, state: 'delivered'})
    expect(await queue.open()).toEqual([])
    const receipt = await findReceipt(town, nudge.id, warn)
    expect(receipt).toMatchObject({id: nudge.id, state: 'delivered'})
    expect(JSON.stringify(receipt)).not.toContain('secret plan')
  })

  test('killed before a final nudge was moved: it is moved, not delivered again', async () => {
    const {queue, folder} = aQueue()
    const nudge = await queue.add(aNudge())
    writeFileSync(
      join(folder, `${nudge.id}.json`),
      JSON.stringify({version: 1, ...nudge, state: 'delivered'}),
    )
    expect(await queue.open()).toEqual([])
    expect(readdirSync(join(folder, 'done'))).toEqual([`${nudge.id}.json`])
    expect(await queue.find(nudge.id)).toMatchObject({state: 'delivered'})
  })

  test.each([
    ['half a file', '{"version":1,"te'],
    ['nothing', ''],
    ['null', 'null'],
    ['another format', '{"version":2}'],
    ['a nudge of another name', JSON.stringify({version: 1, ...aNudge(), id: '0mwsfpjn0-aaaaaaaaaaaa'})],
    ['the same in another format', fileWith({version: 2})],
    ['a state that there is not', fileWith({state: 'x'})],
    ['one that does not say whether it is forced', fileWith({force: undefined})],
    ['one that does not say when it expires', fileWith({expiresAt: undefined})],
    ['one that does not say for which life it is', fileWith({incarnation: undefined})],
  ])('%s: set aside and named, and the others are not harmed', async (_, text) => {
    const {queue, folder, warnings} = aQueue()
    const good = await queue.add(aNudge())
    writeFileSync(join(folder, '0mwsfpjn0-b25955e0a95a.json'), text)
    expect(await queue.open()).toEqual([good])
    expect(warnings).toEqual([expect.stringContaining('0mwsfpjn0-b25955e0a95a.json.unusable-')])
    expect(await queue.open()).toEqual([good])
    expect(warnings).toHaveLength(1)
  })

  test('a link or a folder in the place of a file is neither followed nor fatal', async () => {
    const {queue, folder, root, warnings} = aQueue()
    const good = await queue.add(aNudge())
    const elsewhere = join(root, 'elsewhere.json')
    writeFileSync(elsewhere, JSON.stringify({version: 1, ...good, id: '0mwsfpjn0-b25955e0a95a'}))
    symlinkSync(elsewhere, join(folder, '0mwsfpjn0-b25955e0a95a.json'))
    mkdirSync(join(folder, '0mwsfpjn0-b25955e0a95b.json'))
    expect(await queue.open()).toEqual([good])
    expect(warnings).toHaveLength(2)
    expect(readFileSync(elsewhere, 'utf8')).toContain('hello')
  })

  test('a named pipe in the place of a file does not block', async () => {
    const {queue, folder, warnings} = aQueue()
    const good = await queue.add(aNudge())
    execFileSync('mkfifo', [join(folder, '0mwsfpjn0-b25955e0a95a.json')])
    expect(await queue.open()).toEqual([good])
    expect(warnings).toHaveLength(1)
  })

  test('a foreign file is left alone', async () => {
    const {queue, folder, warnings} = aQueue()
    await queue.add(aNudge())
    for (const name of ['notes.json', '0mwsfpjn0-b25955e0a95a.json.old', '0mwsfpjn0-b25955e0a95a0.json']) {
      writeFileSync(join(folder, name), 'x')
    }
    expect(await queue.open()).toHaveLength(1)
    expect([readdirSync(folder).length, warnings]).toEqual([5, []])
  })

  test('an unreadable queue is not taken for an empty one, nor an unreadable nudge for a missing one', async () => {
    const {queue, folder} = aQueue()
    const {id} = await queue.add(aNudge())
    rmSync(folder, {recursive: true})
    symlinkSync(folder, folder)
    await expect(queue.open()).rejects.toMatchObject({code: 'ELOOP'})
    await expect(queue.find(id)).rejects.toMatchObject({code: 'UNWRITABLE', cause: {code: 'ELOOP'}})
  })

  test('an error under the lock is thrown', async () => {
    const {queue} = aQueue()
    await queue.add(aNudge())
    await expect(queue.whileAlone(() => Promise.reject(new Error('no room')))).rejects.toThrow('no room')
  })

  test('a link in the place of a folder is refused', async () => {
    const {queue, root} = aQueue()
    const elsewhere = join(root, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, join(root, '.runtime'))
    await expect(queue.add(aNudge())).rejects.toMatchObject({code: 'UNWRITABLE'})
    expect(readdirSync(elsewhere)).toEqual([])
  })

  test('the newest receipts are kept, and no more', async () => {
    const {queue, folder} = aQueue()
    const first = await queue.add(aNudge())
    const old = Array.from({length: KEPT}, (_, n) => `0aaaaaaaa-${String(n).padStart(12, '0')}.json`)
    for (const name of old) writeFileSync(join(folder, 'done', name), '')
    await queue.write({...first, state: 'failed', reason: 'no'})
    const kept = readdirSync(join(folder, 'done'))
    expect(kept).toHaveLength(KEPT)
    expect(kept).toContain(`${first.id}.json`)
  })

  test('one process delivers; one is the dispatcher; and one caller at a time starts a dispatcher', async () => {
    const {queue} = aQueue()
    await queue.add(aNudge())
    expect(
      await queue.whileAlone(async () => expect(await queue.whileAlone(async () => {})).toBe(false)),
    ).toBe(true)
    const inside = async () => {
      expect(await queue.asDispatcher(async () => {})).toBe(false)
      expect(await queue.claimDispatcherStart()).toBe(false)
    }
    expect(await queue.asDispatcher(inside)).toBe(true)
    expect([await queue.claimDispatcherStart(), await queue.claimDispatcherStart()]).toEqual([true, false])
  })
})

describe('a receipt', () => {
  test('is looked up by an id, never by a path', async () => {
    const {queue, town, warn} = aQueue()
    const {id} = await queue.add(aNudge())
    for (const path of [`../gt-alpha-witness/${id}`, `./${id}`]) {
      await expect(findReceipt(town, path, warn)).rejects.toMatchObject({code: 'RECEIPT_NOT_FOUND'})
    }
  })

  test('of a delivered nudge does not expire', async () => {
    const {queue, town, warn} = aQueue()
    const late = await queue.add(aNudge('late', {expiresAt: 1}))
    await queue.write({...late, state: 'delivered'})
    expect(await findReceipt(town, late.id, warn)).toMatchObject({state: 'delivered'})
  })

  test('of an overdue nudge says expired, even before that is recorded', async () => {
    const {queue, town, warn} = aQueue()
    const {id} = await queue.add(aNudge('late', {expiresAt: Date.now() - 1}))
    expect(await findReceipt(town, id, warn)).toMatchObject({state: 'expired'})
  })

  test.each(['', '..', '../../x', '0mwsfpjn0-b25955e0a95a', '0mwsfpjn0-b25955e0a95a/..'])(
    '%j: there is none',
    async (id) => {
      const {town, warn} = aQueue()
      await expect(findReceipt(town, id, warn)).rejects.toMatchObject({code: 'RECEIPT_NOT_FOUND'})
    },
  )
})

test('a folder that was removed while a dispatcher was at work is not recreated', async () => {
  const {queue, folder} = aQueue()
  expect(await queue.whileAlone(async () => {})).toBe(false)
  expect(await queue.asDispatcher(async () => {})).toBe(false)
  expect(existsSync(folder)).toBe(false)
})
