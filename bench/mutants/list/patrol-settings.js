export default [
  {
    file: 'src/patrol/settings/escalation.ts',
    old: 'if (unknown !== undefined) throw invalid',
    new: "if (unknown === '') throw invalid",
    promise: 'A setting that is none is named.',
  },
  {
    file: 'src/patrol/settings/escalation.ts',
    old: 'v.tupleWithRest([v.text], v.text)',
    new: 'v.listOf(v.text)',
    promise: 'An empty command is no command.',
  },
  {
    file: 'src/patrol/settings/escalation.ts',
    old: 'settings.find(({escalate}) => escalate !== undefined)',
    new: 'settings.findLast(({escalate}) => escalate !== undefined)',
    promise: 'Of several settings the most specific one counts.',
  },
  {
    file: 'src/patrol/settings/settings.ts',
    old: '.reverse()',
    new: '',
    promise: 'The settings of a rig count before those of its town.',
  },
  {
    file: 'src/patrol/settings/thresholds.ts',
    old: 'ms > 0 && ms <= DAY_MS',
    new: 'ms > 0',
    promise: 'No threshold is longer than a day.',
  },
  {
    file: 'src/patrol/settings/thresholds.ts',
    old: 'ms > 0 && ms <= DAY_MS',
    new: 'ms >= 0 && ms <= DAY_MS',
    promise: 'No threshold is nothing.',
  },
  {
    file: 'src/patrol/settings/thresholds.ts',
    old: 'ms > 0 && ms <= DAY_MS',
    new: 'ms > 0 && ms < DAY_MS',
    promise: 'A threshold may be a whole day.',
  },
  {
    file: 'src/patrol/settings/thresholds.ts',
    old: `  ['deadlineAfter', 'escalateAfter'],
`,
    new: '',
    promise: 'A person is not told before the deadline.',
  },
  {
    file: 'src/patrol/settings/thresholds.ts',
    old: `  checkOrder(resolved)
`,
    new: '',
    promise: 'Thresholds that contradict each other are named.',
  },
]
