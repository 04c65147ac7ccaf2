// What is kept from cycle to cycle, who may patrol, and what a cycle writes before it acts.
export default [
  {
    file: 'src/patrol/observe/closer-look.ts',
    old: "new Set(['stalled', 'hung', 'lingering'])",
    new: "new Set(['stalled', 'hung'])",
    promise: 'Before a session is ended for its silence the files are looked at.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `  await writeState(path, decision.next)
  // Now`,
    new: '  // Now',
    promise: 'What was decided is written down before it is done.',
  },
  {
    file: 'src/patrol/cycle.ts',
    old: `  if (carried.next !== decision.next) await writeState(path, carried.next)
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
    old: 'dryRun ? await peekState(path) : await readState(path, services.warn)',
    new: 'await readState(path, services.warn)',
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
    file: 'src/patrol/report/deaths.ts',
    old: 'before?.session?.id === id && before.session.createdAt === createdAt',
    new: 'before?.session?.id === id',
    promise: 'A death of another session with the same number is another death.',
  },
  {
    file: 'src/patrol/report/deaths.ts',
    old: "!isSame || before.agent !== 'gone'",
    new: 'true',
    promise: 'A death is noted once.',
  },
  {
    file: 'src/patrol/report/deaths.ts',
    old: "if (now.agent !== 'gone' || !now.session) return false",
    new: "if (now.agent !== 'gone') return false",
    promise: 'A session that was never seen has not died.',
  },
  {
    file: 'src/patrol/report/deaths.ts',
    old: "isCrash: signals.work.value === 'open'",
    new: 'isCrash: true',
    promise: 'An end after the work is no crash.',
  },
  {
    file: 'src/patrol/settings/escalation.ts',
    old: 'if (unknown !== undefined) throw invalid',
    new: "if (unknown === '') throw invalid",
    promise: 'A setting that is none is named.',
  },
  {
    file: 'src/patrol/settings/escalation.ts',
    old: 'value.length > 0 && value.every',
    new: 'value.every',
    promise: 'An empty command is no command.',
  },
  {
    file: 'src/patrol/settings/escalation.ts',
    old: 'settings.find(({escalate}) => escalate !== undefined)',
    new: 'settings.findLast(({escalate}) => escalate !== undefined)',
    promise: 'Of several settings the most specific one counts.',
  },
  {
    file: 'src/patrol/lock.ts',
    old: 'return await withLock(lock, {waitMs: WAIT_MS, refuse}, work)',
    new: 'return await work()',
    promise: 'A rig has one patrol at a time.',
  },
  {
    file: 'src/patrol/lock.ts',
    old: 'holders.map(',
    new: 'holders.slice(99).map(',
    promise: 'The second patrol says who is the first.',
  },
  {
    file: 'src/patrol/loop.ts',
    old: 'return await withPatrolLock(ref.rig, async () => {',
    new: 'return await (async (_: unknown, work: () => Promise<number>) => await work())(ref.rig, async () => {',
    promise: 'A patrol holds the lock of its rig.',
  },
  {
    file: 'src/patrol/loop.ts',
    old: 'patrol.services.warn(',
    new: `throw error
    patrol.services.warn(`,
    promise: 'One cycle that fails does not end the patrol.',
  },
  {
    file: 'src/patrol/loop.ts',
    old: 'for (; !signal.aborted; cycles++)',
    new: 'for (; cycles < 1; cycles++)',
    promise: 'A patrol goes on until it is ended.',
  },
  {
    file: 'src/patrol/pause.ts',
    old: 'return state?.paused ? state : undefined',
    new: 'return state',
    promise: 'A pause file that says that nothing is paused is no pause.',
  },
  {
    file: 'src/patrol/pause.ts',
    old: `  if (typeof paused !== 'boolean') return undefined
`,
    new: '',
    promise: 'A pause file that does not say whether it pauses is a pause.',
  },
  {
    file: 'src/patrol/pause.ts',
    old: 'return await pause(',
    new: "if (setAside === '') return await pause(",
    promise: 'A pause file that cannot be used is a pause.',
  },
  {
    file: 'src/patrol/report/report.ts',
    old: 'report?.version === 1 ? report : undefined',
    new: 'report ?? undefined',
    promise: 'The report of another version is not guessed at.',
  },
  {
    file: 'src/patrol/settings/settings.ts',
    old: '.reverse()',
    new: '',
    promise: 'The settings of a rig count before those of its town.',
  },
  {
    file: 'src/patrol/memory/state-file.ts',
    old: 'if (setAside !== undefined) warn(',
    new: "if (setAside === '') warn(",
    promise: 'A state that cannot be used is named.',
  },
  {
    file: 'src/patrol/memory/state-file.ts',
    old: 'return await peekStateFile(stateFile(rigPath), parse)',
    new: 'return (await readStateFile(stateFile(rigPath), parse)).state',
    promise: 'Who only looks sets nothing aside.',
  },
  {
    file: 'src/patrol/memory/state-file.ts',
    old: 'return isPatrolState(value) ? value : undefined',
    new: 'return value as PatrolState',
    promise: 'What is no state of a patrol is not taken for one.',
  },
  {
    file: 'src/patrol/memory/state-format.ts',
    old: 'version: (value) => value === 1',
    new: 'version: isNumber',
    promise: 'The state of another version is not guessed at.',
  },
  {
    file: 'src/patrol/memory/state-format.ts',
    old: `  restartAllowedAt: isNumber,
`,
    new: '',
    promise: 'A state without the time of the next restart is none.',
  },
  {
    file: 'src/patrol/memory/state-format.ts',
    old: `  crashLooping: isSwitch,
`,
    new: '',
    promise: 'A state that does not say who crashed again and again is none.',
  },
  {
    file: 'src/patrol/memory/state-format.ts',
    old: "typeof value === 'number' && Number.isFinite(value)",
    new: "typeof value === 'number'",
    promise: 'A number is finite.',
    survives: 'JSON has no others: a file cannot hold one',
  },
  {
    file: 'src/patrol/memory/state-format.ts',
    old: `  session: orNull(object({id: isText, createdAt: isNumber})),
`,
    new: '',
    promise: 'A state whose sessions make no sense is none.',
  },
  {
    file: 'src/patrol/memory/state-format.ts',
    old: `  mail: isMail,
`,
    new: '',
    promise: 'A state without the messages that were treated is none.',
  },
  {
    file: 'src/patrol/memory/state-format.ts',
    old: `  trustedSince: orNull(isNumber),
`,
    new: '',
    promise: 'A state that does not say since when the clock is trusted is none.',
  },
]
