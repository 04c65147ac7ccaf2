// The parent of one session's program: reads from standard input what to start, and records how it ended. It is a process
// of its own, to which gt serves no sdk, so it imports only what comes with Node.
import {spawn} from 'node:child_process'
import {closeSync, openSync, renameSync, writeFileSync} from 'node:fs'
import {createInterface} from 'node:readline'
import type {Order} from './launch.js'

const lines = createInterface({input: process.stdin})[Symbol.asyncIterator]()
const next = async () => String((await lines.next()).value ?? '')

const {command, cwd, env, logFile, exitFile}: Order = JSON.parse(await next())
const [program, ...args] = command
// The log grows as long as the program prints. A real backend must bound it.
const log = openSync(logFile, 'a', 0o600)
const child = spawn(program, args, {cwd, env, stdio: ['ignore', log, log], detached: true})
closeSync(log)
child.on('error', () => process.exit(1))
child.on('spawn', () => process.stdout.write(`${child.pid}\n`))
const ended = new Promise<string>((resolve) => {
  child.on('exit', (code, signal) => resolve(JSON.stringify(signal ? {signal} : {code: code ?? 0})))
})
if ((await next()) !== 'kept' && child.pid) {
  // The process that started it ended before the session was on record.
  process.kill(-child.pid, 'SIGKILL')
  process.exit(1)
}
writeFileSync(`${exitFile}.new`, await ended, {mode: 0o600})
renameSync(`${exitFile}.new`, exitFile)
