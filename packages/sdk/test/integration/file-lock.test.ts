import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {join, resolve} from 'node:path'
import {describe, expect, it, vi} from 'vitest'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {failureOf, write} from '../../../plugin-rigs/test/support/town.js'
import {withFileLock, withLock} from '../../src/files/file-lock.js'
import {makeStamp} from '../../src/files/process-stamp.js'

const dist = resolve(import.meta.dirname, '../../dist/files/file-lock.js')

/** Runs a script that has the functions of the module, and the locked file as `file`, in a process of its own. */
function runLocked(box: Sandbox, file: string, script: string) {
  const head = `
    const {readFileSync, writeFileSync} = await import('node:fs')
    const {withFileLock, withLock} = await import(process.argv[1])
    const file = process.argv[2]`
  const args = ['--input-type=module', '-e', `${head}\n${script}`, dist, file]
  return spawn(process.execPath, args, {env: box.env, stdio: ['ignore', 'pipe', 'inherit']})
}

/** A claim on the lock of the file, put there by hand. */
function claim(file: string, stamp: string): void {
  const directory = join(file, '..', `.${file.slice(file.lastIndexOf('/') + 1)}.lock`)
  mkdirSync(directory, {recursive: true})
  writeFileSync(join(directory, stamp), '')
}

describe('withFileLock', () => {
  it('ManyProcesses: no change is lost', async () => {
    const box = sandbox()
    const file = write(join(box.dir, 'count'), '0')
    const script = `
      const [directory, refuse] = [file.replace('count', '.count.lock'), () => new Error('locked')]
      // On a slow machine so many take a while.
      const add = () => withLock(directory, {waitMs: 50_000, refuse}, async () => {
        const count = Number(readFileSync(file, 'utf8'))
        await new Promise(setImmediate)
        writeFileSync(file, String(count + 1))
      })
      for (let round = 0; round < 5; round++) await Promise.all([add(), add()])`
    const ends = Array.from({length: 6}, () => once(runLocked(box, file, script), 'exit'))
    expect(await Promise.all(ends)).toEqual(ends.map(() => [0, null]))
    expect(readFileSync(file, 'utf8')).toBe('60')
    expect(readdirSync(box.dir)).not.toContain('.count.lock')
  })

  it('HolderKilled: the lock is free at once', async () => {
    const box = sandbox()
    const file = write(join(box.dir, 'count'), '0')
    const holder = runLocked(
      box,
      file,
      `await withFileLock(file, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1000)) })`,
    )
    await once(holder.stdout, 'data')
    expect(readdirSync(join(box.dir, '.count.lock'))).toHaveLength(1)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const now = vi.spyOn(Date, 'now').mockReturnValue(0)
    expect(await withFileLock(file, async () => 'mine')).toBe('mine')
    now.mockRestore()
    expect(existsSync(join(box.dir, '.count.lock'))).toBe(false)
  })

  it('PidReused: a claim of another process with this number does not count', async () => {
    const file = write(join(sandbox().dir, 'count'), '0')
    claim(file, `${process.pid}.1.x.${hostname()}`)
    expect(await withFileLock(file, async () => 'mine')).toBe('mine')
  })

  it.each([
    ['LiveHolder', () => makeStamp()],
    ['HolderOnAnotherMachine', async () => '1.1.x.elsewhere'],
    ['UnknownClaim', async () => 'something'],
  ])('%s: rejects at the deadline, naming file and lock', async (_, stamp) => {
    const file = write(join(sandbox().dir, 'count'), '0')
    claim(file, await stamp())
    // The deadline is computed first; for every later look at the clock it has passed.
    const now = vi.spyOn(Date, 'now').mockReturnValueOnce(0)
    const error = await failureOf(withFileLock(file, async () => 'mine'))
    now.mockRestore()
    expect(error).toMatchObject({code: 'LOCKED', message: `${file} is being changed by another gt`})
    expect(error.hint).toContain('.count.lock')
  })

  it('WorkFails: the lock is free, and the error is the work’s own', async () => {
    const file = write(join(sandbox().dir, 'count'), '0')
    const fail = withFileLock(file, () => Promise.reject(new Error('mine')))
    expect((await failureOf(fail)).message).toBe('mine')
    expect(await withFileLock(file, async () => 'free')).toBe('free')
  })

  it('Refused: who holds it is named, by pids that are some', async () => {
    const directory = join(sandbox().dir, 'lock')
    mkdirSync(directory)
    for (const name of [await makeStamp(), 'something', '1.1.x.elsewhere'])
      writeFileSync(join(directory, name), '')
    const refuse = (holders: readonly number[]) => new Error([...holders].sort((a, b) => a - b).join())
    const refused = withLock(directory, {waitMs: -1, refuse}, async () => 'mine')
    expect((await failureOf(refused)).message).toBe(`1,${process.pid}`)
  })

  it('LockThatCannotBeRead: is not taken for a free one', async () => {
    const file = write(join(sandbox().dir, 'count'), '0')
    write(join(file, '../.count.lock'), 'no folder')
    expect(await failureOf(withFileLock(file, async () => 'mine'))).toMatchObject({code: 'UNREADABLE'})
  })
})
