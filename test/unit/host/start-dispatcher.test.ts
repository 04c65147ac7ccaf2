import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, expect, test, vi} from 'vitest'
import {startDispatcher} from '../../../src/host/start-dispatcher.js'
import {sandbox} from '../../support/sandbox.js'
import {until} from '../../support/until.js'

afterEach(() => vi.unstubAllEnvs())

/** A launcher that tells what it was started with, and ends. */
async function dispatcher() {
  const {dir} = sandbox()
  const [launcher, told] = [join(dir, 'launcher.sh'), join(dir, 'told')]
  const script = `ps -o sid= -p $$ > '${told}.part'; env >> '${told}.part'
printf '%s\\n' "$*" "$(readlink /proc/$$/fd/1)" >> '${told}.part'; mv '${told}.part' '${told}'`
  writeFileSync(launcher, script)
  await startDispatcher('alpha/nux', ['/bin/sh', launcher])
  await until('the dispatcher', () => existsSync(told))
  return readFileSync(told, 'utf8').split('\n')
}

const sessionOf = (pid: number) =>
  execFileSync('ps', ['-o', 'sid=', '-p', String(pid)], {encoding: 'utf8'}).trim()

test('a dispatcher is told the address, and has no session, terminal or output of whoever started it', async () => {
  for (const name of ['GT_SESSION_ID', 'TMUX', 'TMUX_PANE']) vi.stubEnv(name, 'of-the-session')
  const [session, ...lines] = await dispatcher()
  expect(session?.trim()).not.toBe(sessionOf(process.pid))
  expect(lines).toContain('GT_SESSION_ID=infra')
  expect(lines.filter((line) => line.includes('of-the-session'))).toEqual([])
  expect(lines.slice(-3)).toEqual(['nudge deliver alpha/nux', '/dev/null', ''])
})

test('one that cannot be started is a failure', async () => {
  await expect(startDispatcher('alpha/nux', ['/no/such/program', 'x'])).rejects.toMatchObject({
    code: 'ENOENT',
  })
})
