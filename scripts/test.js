// Runs the tests in an environment of their own, checks what they left behind, and prints the counts.
// Passes its arguments to vitest: npm test -- --project unit
import {runTests} from './support/test-run.js'

const {passed, failed, leaks, status, problem} = await runTests(process.argv.slice(2))
for (const leak of leaks) process.stdout.write(`left behind: ${leak}\n`)
if (problem !== undefined) process.stdout.write(`${problem}\n`)

// vitest also fails without a failed test: for a file that does not load, or an error outside of any test.
const otherFailure = status !== 0 && failed === 0 ? 1 : 0
const failures = failed + leaks.length + otherFailure
process.stdout.write(`${passed} passed, ${failures} failed\n`)
process.exitCode = failures > 0 || passed === 0 ? 1 : 0
