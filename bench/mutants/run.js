// Breaks one promise at a time in a copy of the checkout, and checks whether a test notices.
// npm run mutate -- [list or file ...] [--sample N] [--seed N] [--check] [--jobs N] [--skip-clean-run] [--json FILE]
//   --sample, --seed  only that many, picked at random; the same seed picks the same ones
//   --check           only checks that each mutant's text is still in its file, as npm run check does
//   --jobs            number of copies used at the same time (2)
//   --skip-clean-run  does not check first that the tests pass without a mutant
//   --json            writes the outcome of each mutant to a file
// Exits with 1 if a mutant survives without a reason, or if its text is gone.
import {writeFileSync} from 'node:fs'
import {parseArgs} from 'node:util'
import {runTests} from '../../scripts/support/test-run.js'
import {printTable} from '../support/table.js'
import {Copy} from './support/copy.js'
import {faultOf, lineOf, readMutants} from './support/list.js'
import {sample} from './support/sample.js'
import {testsOf} from './support/tests-of.js'

/** If a step of tests takes longer, the mutant made it hang. */
const STEP_LIMIT_MS = 300_000

const {values: options, positionals: words} = parseArgs({
  allowPositionals: true,
  options: {
    check: {type: 'boolean', default: false},
    jobs: {type: 'string', default: '2'},
    sample: {type: 'string'},
    seed: {type: 'string', default: '1'},
    'skip-clean-run': {type: 'boolean', default: false},
    json: {type: 'string'},
  },
})

const all = await readMutants(words)
const mutants = options.sample ? sample(all, Number(options.sample), Number(options.seed)) : all
const faults = all.map(faultOf).filter((fault) => fault !== undefined)
for (const fault of faults) process.stderr.write(`${fault}\n`)
if (mutants.length === 0) process.stderr.write(`no mutant matches ${words.join(', ')}\n`)
if (faults.length > 0 || mutants.length === 0) process.exit(1)
if (!options.check) await mutate()

async function mutate() {
  const copies = []
  process.on('SIGINT', () => process.exit(130))
  process.on('SIGTERM', () => process.exit(143))
  process.on('exit', () => {
    for (const copy of copies) copy.remove()
  })
  for (let job = 0; job < Number(options.jobs); job++) copies.push(new Copy())
  if (!options['skip-clean-run']) await cleanRun(copies[0])
  const queue = [...mutants]
  const results = []
  const work = async (copy) => {
    for (let next = queue.shift(); next; next = queue.shift()) results.push(await tried(next, copy))
  }
  await Promise.all(copies.map(work))
  report(results)
}

/** A test that fails without a mutant would count as one that noticed it. */
async function cleanRun(copy) {
  const files = [...new Set(mutants.flatMap((mutant) => testsOf(mutant).flat()))]
  process.stdout.write(`${mutants.length} mutants; first, ${files.length} test files without a mutant\n`)
  const {status, leaks, failures, problem} = await runTests(files, {
    cwd: copy.root,
    stdio: 'ignore',
    endLeft: true,
  })
  if (status === 0 && leaks.length === 0) return
  const reasons = [...failures, ...leaks, ...(problem ? [problem] : [])]
  process.stderr.write(`these tests fail without any mutant:\n${reasons.join('\n')}\n`)
  process.exit(1)
}

async function tried(mutant, copy) {
  const started = performance.now()
  const steps = testsOf(mutant)
  const needsBundle = steps.flat().some((file) => file.startsWith('test/e2e/'))
  const found = await copy.whileChanged(mutant, needsBundle, () => firstNotice(steps, copy))
  const result = {...mutant, ...found, line: lineOf(mutant), seconds: (performance.now() - started) / 1000}
  say(result)
  return result
}

async function firstNotice(steps, copy) {
  for (const files of steps) {
    const run = await runTests([...files, '--bail=1', '--maxWorkers=1'], {
      cwd: copy.root,
      stdio: 'ignore',
      timeoutMs: STEP_LIMIT_MS,
      endLeft: true,
    })
    if (run.timedOut) return {outcome: 'timed out', by: files.join(' ')}
    if (run.status !== 0) return {outcome: 'killed', by: run.failures[0] ?? 'a file that does not load'}
    if (run.leaks.length > 0) return {outcome: 'killed', by: `left behind: ${run.leaks[0]}`}
  }
  return {outcome: 'survived'}
}

function say({outcome, file, line, promise, by, survives, seconds}) {
  const note = by ?? (survives ? `no test can notice: ${survives}` : 'NO TEST NOTICED')
  process.stdout.write(`${outcome} ${file}:${line} (${seconds.toFixed(1)} s) ${promise}\n    ${note}\n`)
}

function report(results) {
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`)
  const rows = [...Map.groupBy(results, ({list}) => list)].sort(([a], [b]) => (a < b ? -1 : 1))
  process.stdout.write('\n')
  printTable(
    ['list', 'mutants', 'killed', 'timed out', 'survived', 'with a reason'],
    [...rows, ['all', results]].map(([list, group]) => [list, ...countsOf(group)]),
  )
  for (const {file, line, promise} of results.filter(isUnexplained)) {
    process.stdout.write(`no test notices ${file}:${line}: ${promise}\n`)
  }
  for (const {file, line, promise} of results.filter(
    ({outcome, survives}) => survives && outcome !== 'survived',
  )) {
    process.stdout.write(`has a reason to survive, but a test notices it: ${file}:${line}: ${promise}\n`)
  }
  if (results.some(isUnexplained)) process.exitCode = 1
}

function isUnexplained({outcome, survives}) {
  return outcome === 'survived' && !survives
}

function countsOf(group) {
  const count = (wanted) => group.filter(({outcome}) => outcome === wanted).length
  const explained = group.filter(({outcome, survives}) => outcome === 'survived' && survives).length
  return [group.length, count('killed'), count('timed out'), count('survived'), explained]
}
