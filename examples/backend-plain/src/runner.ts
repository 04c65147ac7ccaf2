// The parent of one session's program: starts what it reads from its standard input, and keeps how it ended.
import {spawn} from 'node:child_process'
import {closeSync, openSync} from 'node:fs'
import {text} from 'node:stream/consumers'
import {makeStamp, withFileLock} from '@gtown/sdk/files'
import {fileOf, logOf, type PlainRecord, read, write} from './record.js'

interface Order {
  command: [string, ...string[]]
  cwd: string
  env: Record<string, string>
  record: Omit<PlainRecord, 'pid' | 'stamp' | 'runner'>
}

// Whole, or nothing: whoever is killed while writing it leaves text that cannot be parsed.
const {command, cwd, env, record}: Order = JSON.parse(await text(process.stdin))
const [program, ...args] = command
// It grows as long as the program prints: an example may say so, a real backend bounds it.
const log = openSync(logOf(record.name), 'a', 0o600)
const child = spawn(program, args, {cwd, env, stdio: ['ignore', log, log], detached: true})
closeSync(log)
child.on('error', () => process.exit(1))
const ended = new Promise<PlainRecord['exit']>((resolve) => {
  child.on('exit', (code, signal) => resolve(signal ? {signal} : {code: code ?? 0}))
})
const pid = child.pid ?? 0
await write({...record, pid, stamp: await makeStamp(pid), runner: await makeStamp()})
const exit = await ended
await withFileLock(fileOf(record.name), async () => {
  const now = await read(record.name)
  // After a stop nobody asks any more.
  if (now?.incarnation === record.incarnation) await write({...now, exit})
})
