export default [
  {
    file: 'src/patrol/lock.ts',
    old: "return await asOnlyWatchdog({file, claim, code: 'PATROL_RUNNING'}, work)",
    new: 'return await work()',
    promise: 'A rig has one patrol at a time.',
  },
  {
    file: 'src/patrol/actions.ts',
    old: "['restart', 'end-session', 'nuke']",
    new: "['restart', 'end-session']",
    promise: 'The sandbox of a session that a terminal shows is not removed.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `  await writePatrolState(path, decision.next)
  // Their effect`,
    new: '  // Their effect',
    promise: 'Decisions are written down before they are carried out.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `  if (carried.next !== decision.next) await writePatrolState(path, carried.next)
`,
    new: '',
    promise: 'A refused action is not remembered as done.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `  if (dryRun) return reportOf(ref, decision, begun)
`,
    new: '',
    promise: 'A dry run changes nothing.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: 'dryRun ? await peekPatrolState(path) : await readPatrolState(path, services.warn)',
    new: 'await readPatrolState(path, services.warn)',
    promise: 'A dry run leaves a broken state file where it is.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `  if (signals.standing.value !== 'operational') return
`,
    new: '',
    promise: 'In a rig that is not patrolled no record is removed.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: "of.session.value === 'absent'",
    new: "of.session.value !== 'live'",
    promise: 'The record of a worker with an unknown session is not removed.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `    if (!isGtError(error)) throw error
    services.warn(error.message)
    return []
`,
    new: `    throw error
`,
    promise: 'An unreadable mailbox does not fail a cycle.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: 'const silent = new Set(draft.polecats.filter(restsOnSilence).map(({name}) => name))',
    new: 'const silent = new Set<string>()',
    promise: 'The files of a worker are checked before it counts as silent.',
  },
  {
    file: 'src/patrol/loop.ts',
    old: 'return await withPatrolLock(ref.rig, async () => {',
    new: 'return await (async (_: unknown, work: () => Promise<number>) => await work())(ref.rig, async () => {',
    promise: 'A patrol holds the lock of its rig.',
  },
]
