import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, expect, onTestFinished, test, vi} from 'vitest'
import {notifyProgram} from '../../../src/host/notify-program.js'
import {sandbox} from '../../support/sandbox.js'

afterEach(() => vi.unstubAllEnvs())

const shell = (script: string, ...words: string[]): [string, ...string[]] => [
  '/bin/sh',
  '-c',
  script,
  ...words,
]

test('a program gets the text on its standard input, and its arguments as they are', async () => {
  const file = join(sandbox().dir, 'told')
  await notifyProgram(shell('{ cat; printf %s "$1"; } > "$0"', file, "$(touch no) 'x'"), 'text\n')
  expect(readFileSync(file, 'utf8')).toBe("text\n$(touch no) 'x'")
})

test('it carries nothing of the session from which it is told', async () => {
  for (const name of ['GT_SESSION_ID', 'TMUX']) vi.stubEnv(name, 'set')
  await notifyProgram(shell('[ -z "$GT_SESSION_ID$TMUX" ]'), '')
})

test('one that does not read what it is told has heard enough', async () => {
  await notifyProgram(shell('exit 0'), 'x'.repeat(4_000_000))
})

test.each([
  ['fails', 'echo "no network" >&2; exit 3', 'it ended with 3: no network'],
  ['fails without a word', 'exit 1', 'it ended with 1'],
  ['is killed', 'kill -9 $$', 'it ended with SIGKILL'],
])('one that %s was not told', async (_, script, reason) => {
  await expect(notifyProgram(shell(script), '')).rejects.toMatchObject({
    code: 'NOT_TOLD',
    message: `/bin/sh could not be notified: ${reason}`,
  })
})

test('one that cannot be started was not told', async () => {
  await expect(notifyProgram(['/no/such/program'], 'x')).rejects.toMatchObject({
    code: 'NOT_TOLD',
    message: expect.stringContaining('/no/such/program could not be notified: '),
  })
})

test('of what one says the end is kept', async () => {
  const file = join(sandbox().dir, 'said')
  writeFileSync(file, `${'a'.repeat(9000)}${'b'.repeat(2000)}`)
  const told = notifyProgram(shell('cat "$0" >&2; exit 1', file), '')
  await expect(told).rejects.toThrow(/ended with 1: b+…?$/)
})

test('what one left behind is not waited for, though it holds its stderr', async () => {
  const pidFile = join(sandbox().dir, 'pid')
  const told = notifyProgram(shell('sleep 600 & echo $! > "$0"; echo "no network" >&2; exit 1', pidFile), '')
  onTestFinished(() => void process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL'))
  await expect(told).rejects.toThrow('it ended with 1: no network')
})

test('what one says last is told, though its end is known before', async () => {
  // What it left behind writes when its end has been noticed.
  const script = '{ while kill -0 $$; do :; done; echo "last words" >&3; } 3>&2 2>/dev/null & exit 1'
  const told = notifyProgram(shell(script), '', {timeoutMs: 20_000, stderrMs: 20_000})
  await expect(told).rejects.toThrow('it ended with 1: last words')
})

test('one that does not end is ended, however it takes a friendly signal', async () => {
  const told = notifyProgram(shell("trap '' TERM; for _ in $(seq 100); do sleep 0.1; done"), '', {
    timeoutMs: 300,
    stderrMs: 300,
  })
  await expect(told).rejects.toThrow('it ended with SIGKILL')
})
