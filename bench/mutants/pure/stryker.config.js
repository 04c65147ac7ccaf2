// StrykerJS for the rooms that touch nothing outside of themselves.
// It makes every mutant that it knows, not only those that break a promise: some of what survives is harmless.
import {tmpdir} from 'node:os'
import {join} from 'node:path'

const PURE_ROOMS = [
  'src/patrol/decide/**/*.ts',
  'src/agents/screen/**/*.ts',
  'src/typing/**/*.ts',
  'src/nudge/nudge-file.ts',
  'packages/process/src/{members,proc-stat,scan-ps}.ts',
]

export default {
  mutate: PURE_ROOMS,
  testRunner: 'vitest',
  vitest: {configFile: 'bench/mutants/pure/vitest.config.ts'},
  coverageAnalysis: 'perTest',
  // A constant of a module is set once, when the module loads: all tests would have to run for each.
  ignoreStatic: true,
  // Vitest takes the types away by itself; there is nothing to compile, and no such file.
  tsconfigFile: 'none.json',
  ignorePatterns: ['dist', 'dist-bundle', 'test/e2e', 'examples'],
  tempDirName: join(tmpdir(), 'gt-stryker'),
  reporters: ['clear-text'],
  clearTextReporter: {allowColor: false, logTests: false},
  concurrency: 2,
  timeoutMS: 10_000,
}
