export default [
  {
    file: 'src/commands/backend/conform.ts',
    old: 'if (!conforms(results)) process.exitCode = 1',
    new: '',
    promise: 'A backend that does not conform ends with 1.',
    tests: ['test/e2e/backend-conform.test.ts'],
  },
  {
    file: 'src/commands/doctor.ts',
    old: "if (checks.some(({status}) => status === 'fail')) process.exitCode = 1",
    new: '',
    promise: 'A doctor that found a failure ends with 1.',
  },
  {
    file: 'src/commands/nudge/index.ts',
    old: 'process.exitCode = nudgeExitCodes[receipt.state]',
    new: '',
    promise: 'A nudge that was not delivered does not end with 0.',
  },
  {
    file: 'src/commands/nudge/index.ts',
    old: 'force = false} = flags',
    new: 'force = true} = flags',
    promise: "Nothing is typed under a person's eyes unless it is asked for.",
  },
  {
    file: 'src/commands/nudge/index.ts',
    old: 'if (given.length !== 1)',
    new: 'if (given.length === 0)',
    promise: 'gt refuses two texts, and sends neither.',
  },
  {
    file: 'src/commands/peek.ts',
    old: '/^[1-9]\\d*$/',
    new: '/^[1-9]\\d*/',
    promise: 'A line count with something behind it is none.',
  },
  {
    file: 'src/commands/witness/log.ts',
    old: 'actor ===',
    new: 'actor !== rig.path || actor ===',
    promise: "What is shown are the events of the rig's own witness.",
  },
  {
    file: 'src/commands/witness/patrol.ts',
    old: 'dryRun: true, signal',
    new: 'dryRun: false, signal',
    promise: 'A dry run changes nothing.',
    tests: ['test/e2e/patrol.test.ts'],
  },
  {
    file: 'src/commands/witness/start.ts',
    old: '!flags.foreground || rig === undefined || flags.agent !== PATROL',
    new: '!flags.foreground || rig === undefined',
    promise: 'Only the patrol runs in the foreground.',
    tests: ['test/e2e/bad-input.test.ts', 'test/e2e/start.test.ts', 'test/e2e/transcripts.test.ts'],
  },
]
