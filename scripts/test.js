// Runs the tests in a world of their own, looks for whatever they left behind, and ends with the counts.
// Arguments go to vitest: npm test -- --project unit
import {spawnSync} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {processesWith} from './support/processes.js'

const root = mkdtempSync(join(tmpdir(), 'gt-'))
const run = randomUUID()
// Some tests run gt as another user, who must get through to their own folder.
chmodSync(root, 0o711)
const results = join(root, 'results.json')
const {NODE_ENV: _, TMUX: __, TMUX_PANE: ___, ...inherited} = process.env

const {status} = spawnSync(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...process.argv.slice(2)],
  {stdio: 'inherit', env: {...inherited, GT_TEST_ROOT: root, GT_TEST_RUN: run}},
)

const {passed, failed} = counts()
const leaks = [...leftProcesses(), ...leftFolders()]
for (const leak of leaks) process.stdout.write(`left behind: ${leak}\n`)
rmSync(root, {recursive: true, force: true})

// vitest fails for more than failed tests: a file that does not load, an error outside of any test.
const otherFailure = status !== 0 && failed === 0 ? 1 : 0
const failures = failed + leaks.length + otherFailure
process.stdout.write(`${passed} passed, ${failures} failed\n`)
process.exitCode = failures > 0 || passed === 0 ? 1 : 0

function counts() {
  try {
    const {numPassedTests, numFailedTests} = JSON.parse(readFileSync(results, 'utf8'))
    return {passed: numPassedTests, failed: numFailedTests}
  } catch (error) {
    process.stdout.write(`no test results: ${error.message}\n`)
    return {passed: 0, failed: 1}
  }
}

/** Every process that a test started carries the run's id in its environment. */
function leftProcesses() {
  return processesWith(`GT_TEST_RUN=${run}`).map(({pid, command}) => `process ${pid}: ${command}`)
}

function leftFolders() {
  return readdirSync(root)
    .filter((name) => name !== 'results.json')
    .map((name) => `folder ${join(root, name)}`)
}
