// Preloaded into gt: kills it right after its nth step, given as KILL_AT, or after the first that the pattern KILL_AFTER
// matches. A step changes something below KILL_BELOW, or is a run of git. Writes the steps into the file KILL_COUNT.
import child from 'node:child_process'
import {appendFileSync} from 'node:fs'
import fs from 'node:fs/promises'
import {syncBuiltinESMExports} from 'node:module'

const {KILL_AT, KILL_AFTER, KILL_BELOW = '/', KILL_COUNT} = process.env
const pattern = KILL_AFTER ? new RegExp(KILL_AFTER) : undefined
let steps = 0

function step(what) {
  steps++
  if (KILL_COUNT) appendFileSync(KILL_COUNT, `${what}\n`)
  if (steps === Number(KILL_AT) || pattern?.test(what)) process.kill(process.pid, 'SIGKILL')
}

const isInside = (path) => String(path).startsWith(KILL_BELOW)

for (const name of ['chmod', 'copyFile', 'mkdir', 'rename', 'rm', 'rmdir', 'unlink', 'writeFile']) {
  const real = fs[name]
  fs[name] = async (path, ...rest) => {
    const result = await real(path, ...rest)
    if (isInside(path)) step(`${name} ${path}`)
    return result
  }
}

const {open} = fs
fs.open = async (path, flags, ...rest) => {
  const handle = await open(path, flags, ...rest)
  if (typeof flags === 'string' && flags !== 'r' && isInside(path)) step(`open ${path}`)
  return handle
}

const {spawn} = child
child.spawn = (command, args, ...rest) => {
  const running = spawn(command, args, ...rest)
  const isGit = /(?:^|\/)git$/.test(command) && Array.isArray(args)
  // A git that hangs on to the caller's death is not what is measured: it has ended here.
  if (isGit) running.on('exit', () => step(`git ${args.filter((arg) => !arg.startsWith('-')).slice(0, 2)}`))
  return running
}
syncBuiltinESMExports()
