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
    promise: 'The sandbox of a session that somebody looks at is not removed.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `  await writePatrolState(path, decision.next)
  // Their effect`,
    new: '  // Their effect',
    promise: 'What was decided is written down before it is done.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `  if (carried.next !== decision.next) await writePatrolState(path, carried.next)
`,
    new: '',
    promise: 'What was not done is not remembered as done.',
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
    promise: 'A dry run leaves a broken state where it is.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `  if (signals.standing.value !== 'operational') return
`,
    new: '',
    promise: 'In a rig that is not patrolled no file is forgotten.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: "of.session.value === 'absent'",
    new: "of.session.value !== 'live'",
    promise: 'The file of a worker whose session cannot be told is not forgotten.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `    if (!isGtError(error)) throw error
    services.warn(error.message)
    return []
`,
    new: `    throw error
`,
    promise: 'A mailbox that cannot be read fails no cycle.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: 'const silent = new Set(draft.polecats.filter(restsOnSilence).map(({name}) => name))',
    new: 'const silent = new Set<string>()',
    promise: 'Before a worker is taken for silent its files are looked at.',
  },
  {
    file: 'src/patrol/loop.ts',
    old: 'return await withPatrolLock(ref.rig, async () => {',
    new: 'return await (async (_: unknown, work: () => Promise<number>) => await work())(ref.rig, async () => {',
    promise: 'A patrol holds the lock of its rig.',
  },
]
