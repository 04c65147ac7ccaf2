export default [
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'now.attached > 0',
    new: 'now.attached > 99',
    promise: 'No key is pressed in a session that a terminal shows now.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'now?.incarnation !== session.incarnation ||',
    new: '!now ||',
    promise: 'No key is pressed in another session of the same name.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'first && second && isSame(first, second) ? second : undefined',
    new: 'first && second',
    promise: 'A dialog that is still drawing gets no key.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'press(seen.session, key, {seen: seen.view})',
    new: 'press(seen.session, key)',
    promise: 'The backend gets the screen on which the choice of a key was based.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'const MOST_KEYS = 6',
    new: 'const MOST_KEYS = 60',
    promise: 'A dialog with many choices is left to a person.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'if (!(await hasFollowed(job, found, seen)))',
    new: 'if (!(await hasFollowed(job, found, seen)) && keys > 99)',
    promise: 'When the dialog does not react to a key, no other one is pressed.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'error.code === ErrorCode.screenChanged ? refused(error.message) : failed(error.message)',
    new: 'failed(error.message)',
    promise: 'A dialog that changed before the key does not count as an attempt.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'error.code === ErrorCode.screenChanged ? refused(error.message) : failed(error.message)',
    new: 'refused(error.message)',
    promise: 'A key that could not be pressed counts as an attempt.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'const now = await confirm(job, expect)',
    new: "const now = await confirm({...job}, expect).then(() => ({is: 'same', session: job.worker.session}))",
    promise: 'A dialog is answered only if nothing has changed since the decision.',
  },
  {
    file: 'src/patrol/act/carry-out.ts',
    old: `    isStopped ||= action.kind === 'end-session' && outcome.is !== 'done'
`,
    new: '',
    promise: 'A sandbox stays when the session in it could not be ended.',
  },
  {
    file: 'src/patrol/act/carry-out.ts',
    old: `: assignment.signal.aborted
`,
    new: `: assignment.signal.aborted && isStopped
`,
    promise: 'A patrol that is ending starts no action.',
  },
  {
    file: 'src/patrol/act/carry-out.ts',
    old: "if (outcome.is === 'refused') next = revertAction(next, polecat.name, action)",
    new: "if (outcome.is !== 'done') next = revertAction(next, polecat.name, action)",
    promise: 'A started action that failed counts as an attempt.',
  },
  {
    file: 'src/patrol/act/carry-out.ts',
    old: "if (outcome.is === 'refused') next = revertAction(next, polecat.name, action)",
    new: "if (outcome.is === 'failed') next = revertAction(next, polecat.name, action)",
    promise: 'A refused action does not count as an attempt.',
  },
  {
    file: 'src/patrol/act/carry-out.ts',
    old: "if (outcome.is === 'refused') next = revertAction(next, undefined, action)",
    new: "if (outcome.is === 'failed') next = revertAction(next, undefined, action)",
    promise: 'A failed notification about the rig is repeated.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: 'attached > 0 ?',
    new: 'attached > 99 ?',
    promise: 'Nothing is done to a session that a terminal shows now.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: 'id !== expected.id || createdAt !== expected.createdAt',
    new: 'id !== expected.id',
    promise: 'A session with the same id but another creation time is another session.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: 'id !== expected.id || createdAt !== expected.createdAt',
    new: 'createdAt !== expected.createdAt',
    promise: 'A session with another id but the same creation time is another session.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: "if (!expected) return 'a session of it has started'",
    new: 'if (!expected) return undefined',
    promise: 'A worker that has got a session meanwhile is left alone.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: "if (look.is === 'unknown') return look.detail",
    new: "if (look.is === 'unknown') return undefined",
    promise: 'A worker with an unknown session is left alone.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: "return expected ? 'its session has ended' : undefined",
    new: 'return undefined',
    promise: 'A worker whose session has ended meanwhile is left alone.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: `  if (sandbox.is === 'unknown') return changed(sandbox.detail)
`,
    new: '',
    promise: 'A worker whose sandbox cannot be read is left alone.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: `  if ((sandbox.is === 'present' ? sandbox.head : undefined) !== head) return changed('its HEAD has moved')
`,
    new: '',
    promise: 'A worker whose HEAD has moved meanwhile is left alone.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: `  if (read.is === 'unreadable') return changed(read.reason)
`,
    new: '',
    promise: 'A worker whose record cannot be read is left alone.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: `  if ((read.is === 'present' ? read.record.incarnation : undefined) !== incarnation)
    return changed('another worker has its name now')
`,
    new: '',
    promise: 'Another life of the same name is left alone.',
  },
  {
    file: 'src/patrol/act/end-session.ts',
    old: 'const now = await confirm(job, expect)',
    new: "const now = await confirm({...job}, expect).then(() => ({is: 'same', session: job.worker.session}))",
    promise: 'A session is ended only if nothing has changed since the decision.',
  },
  {
    file: 'src/patrol/act/end-session.ts',
    old: `  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
`,
    new: '',
    promise: 'A post-mortem is kept before the rest of a session is ended.',
  },
  {
    file: 'src/patrol/act/end-session.ts',
    old: `    return failed(error.message)
`,
    new: `    return done(error.message)
`,
    promise: 'A session that could not be ended is not reported as ended.',
  },
  {
    file: 'src/patrol/act/nudge-worker.ts',
    old: `  if (now.is === 'changed') return refused(now.detail)
`,
    new: '',
    promise: 'A nudge is typed only if nothing has changed since the decision.',
  },
  {
    file: 'src/patrol/act/nudge-worker.ts',
    old: 'force: false',
    new: 'force: true',
    promise: 'A nudge is typed only into an empty prompt.',
  },
  {
    file: 'src/patrol/act/nudge-worker.ts',
    old: "receipt.state === 'expired' ? refused(why) : failed(why)",
    new: 'failed(why)',
    promise: 'A nudge that was not typed does not count.',
  },
  {
    file: 'src/patrol/act/nudge-worker.ts',
    old: "if (receipt.state === 'delivered') return done()",
    new: "if (receipt.state !== 'expired') return done()",
    promise: 'A nudge with an unknown outcome is reported as failed.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: `  await endLeftovers(job)
`,
    new: '',
    promise: "Processes that outlived a worker's session are ended before its sandbox is removed.",
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: 'if (inside.length > 0)',
    new: 'if (inside.length > 99)',
    promise: 'A sandbox in which a process is running stays.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: 'return await withRecordLock({...ref, name: worker.name}, () => removeLocked(job, expect))',
    new: 'return await removeWorker(job, expect)',
    promise: 'No worker of that name can be spawned while its sandbox is being removed.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: 'confirm(job, {incarnation, head, session: undefined})',
    new: 'confirm(job, {incarnation, head, session: job.worker.signals.life})',
    promise: 'The sandbox of a worker that still has a session stays.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: "  if (result.verdict !== 'safe') return refused(",
    new: `  await forget({...ref, name: worker.name})
  if (result.verdict !== 'safe') return refused(`,
    promise: 'The record of a worker whose sandbox stays is kept.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: 'if (head !== undefined && worktree.head !== head)',
    new: 'if (head === "")',
    promise: 'A removal that was decided for one commit does not remove another.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: "if (result.verdict !== 'safe') return",
    new: "if (result.verdict === 'unsafe') return",
    promise: 'A sandbox stays if the gate cannot decide whether it is safe.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: "isDone && sandbox.is === 'absent'",
    new: "sandbox.is === 'absent'",
    promise: 'The record of a worker that was spawned again is not removed.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: "isDone && sandbox.is === 'absent'",
    new: "isDone && sandbox.is !== 'present'",
    promise: 'The record of a worker whose sandbox cannot be read is not removed.',
  },
  {
    file: 'src/patrol/act/restart-worker.ts',
    old: 'const now = await confirm(job, expect)',
    new: "const now = await confirm({...job}, expect).then(() => ({is: 'same', session: job.worker.session}))",
    promise: 'A worker is restarted only if nothing has changed since the decision.',
  },
  {
    file: 'src/patrol/act/restart-worker.ts',
    old: 'now.session && acceptsDialogs(now.session.session) && {',
    new: 'now.session && {',
    promise: 'A worker whose start did not allow answers to dialogs is restarted without them.',
  },
  {
    file: 'src/patrol/act/restart-worker.ts',
    old: 'const agent = record?.agent ?? now.session?.session.labels.agent',
    new: 'const agent = record?.agent',
    promise: 'A worker is restarted with the agent that it ran.',
  },
  {
    file: 'src/patrol/act/restart-worker.ts',
    old: `    return failed(error.message)
`,
    new: `    return done(error.message)
`,
    promise: 'A failed restart is reported as failed.',
  },
  {
    file: 'src/patrol/act/notify-incident.ts',
    old: "return problems.length > 0 ? refused(problems.join('; ')) : done()",
    new: 'return done()',
    promise: 'A failed notification of an incident is repeated.',
  },
  {
    file: 'src/patrol/act/notify-incident.ts',
    old: `      if (!isGtError(error)) throw error
      problems.push`,
    new: `      throw error
      problems.push`,
    promise: 'One unreachable recipient does not keep the others from being notified.',
  },
  {
    file: 'src/patrol/act/restarted-role.ts',
    old: `    record?.incarnation,
  )`,
    new: `    undefined,
  )`,
    promise: 'A worker is started again only in the life of its name that was seen.',
  },
  {
    file: 'src/patrol/act/purge-removed.ts',
    old: "verdict.is === 'safe'",
    new: "verdict.is !== 'unsafe'",
    promise: "What nobody could judge is not purged without the user's word.",
    tests: ['test/integration/patrol/removed.test.ts'],
  },
  {
    file: 'src/patrol/act/purge-removed.ts',
    old: "verdict.is === 'safe'",
    new: "verdict.is !== 'unknown'",
    promise: "What held work is not purged without the user's word.",
    tests: ['test/integration/patrol/removed.test.ts'],
  },
  {
    file: 'src/patrol/act/purge-removed.ts',
    old: 'clean.filter(isOlder(thresholds.keepRemovedDays * DAY_MS))',
    new: 'clean',
    promise: 'What was put away lately can still be restored.',
    tests: ['test/integration/patrol/removed.test.ts'],
  },
  {
    file: 'src/patrol/act/purge-removed.ts',
    old: 'clean.filter(isOlder(HOUR_MS))',
    new: 'clean',
    promise: 'What was put away just now stays, however little space there is.',
    tests: ['test/integration/patrol/removed.test.ts'],
  },
  {
    file: 'src/patrol/act/purge-removed.ts',
    old: 'if (free < Math.min(thresholds.keepFreeDisk, total / 10)) return true',
    new: '',
    promise: 'Space is made when the disk is nearly full.',
    tests: ['test/integration/patrol/removed.test.ts'],
  },
  {
    file: 'src/patrol/act/purge-removed.ts',
    old: 'Math.min(thresholds.keepFreeDisk, total / 10)',
    new: 'thresholds.keepFreeDisk',
    promise: 'On a small disk sandboxes are kept, too.',
    tests: ['test/integration/patrol/removed.test.ts'],
  },
  {
    file: 'src/patrol/act/purge-removed.ts',
    old: 'return bytes > Math.min(',
    new: 'return bytes < 0 * Math.min(',
    promise: 'Sandboxes that take too much space are deleted earlier.',
    tests: ['test/integration/patrol/removed.test.ts'],
  },
  {
    file: 'src/patrol/act/purge-removed.ts',
    old: 'if (failure.cycles === 1) ',
    new: '',
    promise: 'A deletion that is blocked is noted once.',
    tests: ['test/integration/patrol/removed.test.ts'],
  },
  {
    file: 'src/patrol/act/purge-removed.ts',
    old: '  purges.failed[id] = failure\n',
    new: '',
    promise: 'Failed deletions are counted.',
    tests: ['test/integration/patrol/removed.test.ts'],
  },
  {
    file: 'src/patrol/act/refusals.ts',
    old: 'memory.refused?.kind === kind ? memory.refused : undefined',
    new: 'memory.refused ?? undefined',
    promise: 'Refusals of different actions are counted separately.',
  },
  {
    file: 'src/patrol/act/refusals.ts',
    old: 'outcome && ACTING.has(action.kind)',
    new: 'outcome',
    promise: 'A notification that fails is not counted as a refused action.',
  },
  {
    file: 'src/patrol/act/refusals.ts',
    old: 'tried.length === 0 ? memory : {...memory, refused: null}',
    new: 'memory',
    promise: 'An action that was carried out ends the count of its refusals.',
  },
]
