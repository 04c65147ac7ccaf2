import {defineConfig} from 'vitest/config'

const project = (name: string, include: string[]) => ({
  test: {name, include, testTimeout: 60_000, hookTimeout: 60_000},
})

export default defineConfig({
  test: {
    // Two cores: tests start real servers and agents, more workers only make each other late.
    maxWorkers: 2,
    // Those of a file that run beside each other wait for agents most of the time; with more, they would for the machine.
    maxConcurrency: 3,
    projects: [
      project('unit', ['test/unit/**/*.test.ts', 'packages/*/test/unit/**/*.test.ts']),
      project('integration', ['test/integration/**/*.test.ts', 'packages/*/test/integration/**/*.test.ts']),
      project('e2e', ['test/e2e/**/*.test.ts']),
    ],
  },
})
