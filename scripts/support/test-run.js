import {spawn} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {constants, tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {end, processesWith} from './processes.js'

/** Variables of the terminal that the tests are started from. */
const NOT_INHERITED = ['NODE_ENV', 'TMUX', 'TMUX_PANE']

const WATCHDOG_LIMIT_MS = 10_000

/**
 * Runs vitest in an environment of its own, and checks what the tests left behind. Removes left folders. Ends left
 * processes only with `endLeft`, because somebody may want to inspect them.
 *
 * @param {string[]} args arguments for `vitest run`
 * @param {object} [options]
 * @param {string} [options.cwd] the checkout whose tests run
 * @param {'inherit' | 'ignore'} [options.stdio] where vitest prints
 * @param {number} [options.timeoutMs] time after which the run is ended
 * @param {boolean} [options.endLeft] whether to end processes that are left behind
 * @returns {Promise<{passed: number, failed: number, failures: string[], leaks: string[], status: number | null,
 *   timedOut: boolean, problem?: string}>} `failures`: full names of the failed tests; `problem`: why there are no
 *   results
 */
export async function runTests(
  args,
  {cwd = process.cwd(), stdio = 'inherit', timeoutMs, endLeft = false} = {},
) {
  const root = mkdtempSync(join(tmpdir(), 'gt-'))
  // Some tests run gt as another user, who must be able to reach the test's folder.
  chmodSync(root, 0o711)
  const run = randomUUID()
  const results = join(root, 'results.json')
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.includes(name))
  const env = {...Object.fromEntries(inherited), GT_TEST_ROOT: root, GT_TEST_RUN: run}
  const words = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...args]
  const {status, timedOut} = await ended(spawn('vitest', words, {cwd, stdio, env}), timeoutMs, run)
  const leaks = [...(await leftProcesses(run)), ...leftFolders(root)]
  if (endLeft) endAll(run)
  const counted = counts(results)
  rmSync(root, {recursive: true, force: true, maxRetries: 5})
  return {...counted, leaks, status, timedOut}
}

function ended(child, timeoutMs, run) {
  return new Promise((resolve, reject) => {
    let timedOut = false
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            endAll(run)
          }, timeoutMs)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      resolve({status: code ?? 128 + constants.signals[signal], timedOut})
    })
  })
}

/** Ends every process of the run, vitest included; all have the run's id in their environment. */
function endAll(run) {
  for (const {pid} of processesWith(`GT_TEST_RUN=${run}`)) end(Number(pid))
}

function counts(results) {
  try {
    const {numPassedTests, numFailedTests, testResults} = JSON.parse(readFileSync(results, 'utf8'))
    const failures = testResults
      .flatMap(({assertionResults}) => assertionResults)
      .filter(({status}) => status === 'failed')
      .map(({fullName}) => fullName)
    return {passed: numPassedTests, failed: numFailedTests, failures}
  } catch (error) {
    return {passed: 0, failed: 1, failures: [], problem: `no test results: ${error.message}`}
  }
}

async function leftProcesses(run) {
  const left = () => processesWith(`GT_TEST_RUN=${run}`)
  const deadline = Date.now() + WATCHDOG_LIMIT_MS
  while (left().some(isWatchdog) && Date.now() < deadline) await sleep(20)
  return left().map(({pid, command}) => `process ${pid}: ${command}`)
}

/** Whether it is vitest's own watchdog, which ends itself when vitest has ended. */
function isWatchdog({command}) {
  return command.startsWith('vitest-watchdog')
}

function leftFolders(root) {
  return readdirSync(root)
    .filter((name) => name !== 'results.json')
    .map((name) => `folder ${join(root, name)}`)
}
