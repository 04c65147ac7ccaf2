// Runs all checks and tests, one step after the other, and stops at the first that fails. --static leaves the tests out.
import {spawnSync} from 'node:child_process'

const steps = [
  ['build', ['tsc', '-b']],
  ['format, lint, import direction, cycles', ['biome', 'check', '--error-on-warnings']],
  ['types of the tests', ['tsc', '-p', 'tsconfig.test.json']],
  ['unused code and dependencies', ['knip']],
  ['manifests', ['node', 'scripts/manifest.js', '--check']],
  ['bundle', ['node', 'build/bundle.js']],
  ['mutants', ['node', 'bench/mutants/run.js', '--check']],
  ['tests', ['node', 'scripts/test.js']],
]

const wanted = process.argv.includes('--static') ? steps.slice(0, -1) : steps

for (const [name, [command, ...args]] of wanted) {
  process.stdout.write(`\n# ${name}\n`)
  const {status, error} = spawnSync(command, args, {stdio: 'inherit'})
  if (status === 0) continue
  process.stderr.write(`check: '${name}' failed${error ? `: ${error.message}` : ''}\n`)
  process.exit(1)
}
