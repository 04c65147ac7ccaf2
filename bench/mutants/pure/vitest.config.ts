import {defineConfig} from 'vitest/config'

/** The unit tests of the pure rooms in one project, which StrykerJS needs. */
export default defineConfig({
  test: {
    include: [
      'test/unit/{agents,nudge,patrol,supervisor,typing}/**/*.test.ts',
      'packages/process/test/unit/**/*.test.ts',
    ],
    // Tests of whole cycles wait; the tests of the rules notice sooner.
    exclude: ['**/loop.test.ts', '**/cycle.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
