export default [
  {
    file: 'src/patrol/settings/escalation.ts',
    old: 'if (unknown !== undefined) throw invalid',
    new: "if (unknown === '') throw invalid",
    promise: 'An unknown setting is named.',
  },
  {
    file: 'src/patrol/settings/escalation.ts',
    old: 'v.tupleWithRest([v.text], v.text)',
    new: 'v.listOf(v.text)',
    promise: 'An empty command is rejected.',
  },
  {
    file: 'src/patrol/settings/escalation.ts',
    old: 'settings.find(({escalate}) => escalate !== undefined)',
    new: 'settings.findLast(({escalate}) => escalate !== undefined)',
    promise: 'The most specific setting wins.',
  },
  {
    file: 'src/patrol/settings/settings.ts',
    old: '.reverse()',
    new: '',
    promise: "A rig's settings override its town's.",
  },
  {
    file: 'src/patrol/settings/thresholds.ts',
    old: `  ['deadlineAfter', 'escalateAfter'],
`,
    new: '',
    promise: 'The escalation must not come before the deadline.',
  },
  {
    file: 'src/patrol/settings/thresholds.ts',
    old: `  checkOrder(resolved)
`,
    new: '',
    promise: 'Thresholds that contradict each other are named.',
  },
]
