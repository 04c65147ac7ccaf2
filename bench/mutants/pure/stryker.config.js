// StrykerJS for the rooms without files and processes. It makes every mutant that it knows, not only those that break a
// promise, so some survivors are harmless.
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
  // Module constants are set once, when the module loads, so all tests would have to run for each mutant.
  ignoreStatic: true,
  // Vitest strips the types itself, so there is nothing to compile. The file does not exist.
  tsconfigFile: 'none.json',
  ignorePatterns: ['dist', 'dist-bundle', 'test/e2e', 'examples'],
  tempDirName: join(tmpdir(), 'gt-stryker'),
  reporters: ['clear-text'],
  clearTextReporter: {allowColor: false, logTests: false},
  concurrency: 2,
  timeoutMS: 10_000,
}
