export default [
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'now.attached > 0',
    new: 'now.attached > 99',
    promise: 'No key is pressed in a session that a terminal shows by now.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'now?.incarnation !== session.incarnation ||',
    new: '!now ||',
    promise: 'No key is pressed in another session that took the name.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'first && second && isSame(first, second) ? second : undefined',
    new: 'first && second',
    promise: 'A dialog that is still drawn gets no key.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'press(seen.session, key, {seen: seen.view})',
    new: 'press(seen.session, key)',
    promise: 'The backend is told what was on the screen when a key was chosen.',
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
    promise: 'After a key that the dialog did not follow no other one is pressed.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'error.code === ErrorCode.screenChanged ? refused(error.message) : failed(error.message)',
    new: 'failed(error.message)',
    promise: 'A dialog that changed before the key counts as no try.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'error.code === ErrorCode.screenChanged ? refused(error.message) : failed(error.message)',
    new: 'refused(error.message)',
    promise: 'A key that could not be pressed counts as a try.',
  },
  {
    file: 'src/patrol/act/answer-dialog.ts',
    old: 'const now = await confirm(job, expect)',
    new: "const now = await confirm({...job}, expect).then(() => ({is: 'same', session: job.worker.session}))",
    promise: 'A dialog is answered only where all is as it was decided for.',
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
    promise: 'A patrol that is ended begins nothing any more.',
  },
  {
    file: 'src/patrol/act/carry-out.ts',
    old: "if (outcome.is === 'refused') next = revertAction(next, polecat.name, action)",
    new: "if (outcome.is !== 'done') next = revertAction(next, polecat.name, action)",
    promise: 'What was begun and failed counts as tried.',
  },
  {
    file: 'src/patrol/act/carry-out.ts',
    old: "if (outcome.is === 'refused') next = revertAction(next, polecat.name, action)",
    new: "if (outcome.is === 'failed') next = revertAction(next, polecat.name, action)",
    promise: 'What was not begun counts for nothing.',
  },
  {
    file: 'src/patrol/act/carry-out.ts',
    old: "if (outcome.is === 'refused') next = revertAction(next, undefined, action)",
    new: "if (outcome.is === 'failed') next = revertAction(next, undefined, action)",
    promise: 'What a person could not be told of the rig is told again.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: 'attached > 0 ?',
    new: 'attached > 99 ?',
    promise: 'Nothing is done to a session that a terminal shows by now.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: 'id !== expected.id || createdAt !== expected.createdAt',
    new: 'id !== expected.id',
    promise: 'A session of the same number that began at another time is another session.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: 'id !== expected.id || createdAt !== expected.createdAt',
    new: 'createdAt !== expected.createdAt',
    promise: 'A session of another number that began in the same second is another session.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: "if (!expected) return 'a session of it has started'",
    new: 'if (!expected) return undefined',
    promise: 'A worker that had no session is left alone when it has one by now.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: "if (look.is === 'unknown') return look.detail",
    new: "if (look.is === 'unknown') return undefined",
    promise: 'A worker whose session cannot be told is left alone.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: "return expected ? 'its session has ended' : undefined",
    new: 'return undefined',
    promise: 'A worker whose session ended after the look is left alone.',
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
    promise: 'A worker whose HEAD has moved after the look is left alone.',
  },
  {
    file: 'src/patrol/act/confirm.ts',
    old: `  if (read.is === 'unreadable') return changed(read.reason)
`,
    new: '',
    promise: 'A worker whose file cannot be read is left alone.',
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
    promise: 'A session is ended only where all is as it was decided for.',
  },
  {
    file: 'src/patrol/act/end-session.ts',
    old: `  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
`,
    new: '',
    promise: 'How an agent ended is kept before what is left of it is ended.',
  },
  {
    file: 'src/patrol/act/end-session.ts',
    old: `    return failed(error.message)
`,
    new: `    return done(error.message)
`,
    promise: 'A session that could not be ended is not told to have ended.',
  },
  {
    file: 'src/patrol/act/nudge-worker.ts',
    old: `  if (now.is === 'changed') return refused(now.detail)
`,
    new: '',
    promise: 'A word is typed only where all is as it was decided for.',
  },
  {
    file: 'src/patrol/act/nudge-worker.ts',
    old: 'force: false',
    new: 'force: true',
    promise: 'A word is typed into an empty prompt only.',
  },
  {
    file: 'src/patrol/act/nudge-worker.ts',
    old: "receipt.state === 'expired' ? refused(why) : failed(why)",
    new: 'failed(why)',
    promise: 'A word that was not typed counts for nothing.',
  },
  {
    file: 'src/patrol/act/nudge-worker.ts',
    old: "if (receipt.state === 'delivered') return done()",
    new: "if (receipt.state !== 'expired') return done()",
    promise: 'A word of which nobody knows whether it was taken is told to have failed.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: `  await endLeftovers(job)
`,
    new: '',
    promise: 'What outlived the session of a worker is ended before its sandbox goes.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: 'if (inside.length > 0) return refused',
    new: 'if (inside.length > 99) return refused',
    promise: 'A sandbox in which a process works stays.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: 'return await withRecordLock({...ref, name: worker.name}, () => removeLocked(job, expect))',
    new: 'return await removeWorker(job, expect)',
    promise: 'Nobody spawns a worker of that name while its sandbox is removed.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: 'confirm(job, {incarnation, head, session: undefined})',
    new: 'confirm(job, {incarnation, head, session: job.worker.signals.life})',
    promise: 'The sandbox of a worker whose session is still there stays.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: "  if (result.outcome === 'refused') return refused(",
    new: `  await forget({...ref, name: worker.name})
  if (result.outcome === 'refused') return refused(`,
    promise: 'The file of a worker whose sandbox stays, stays.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: '...(head !== undefined && {head})',
    new: '',
    promise: 'A removal that was decided for one commit does not remove another.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: "isDone && sandbox.is === 'absent'",
    new: "sandbox.is === 'absent'",
    promise: 'The file of a worker that was spawned again is not forgotten.',
  },
  {
    file: 'src/patrol/act/nuke.ts',
    old: "isDone && sandbox.is === 'absent'",
    new: "isDone && sandbox.is !== 'present'",
    promise: 'The file of a worker whose sandbox cannot be read is not forgotten.',
  },
  {
    file: 'src/patrol/act/restart-worker.ts',
    old: 'const now = await confirm(job, expect)',
    new: "const now = await confirm({...job}, expect).then(() => ({is: 'same', session: job.worker.session}))",
    promise: 'A worker is restarted only where all is as it was decided for.',
  },
  {
    file: 'src/patrol/act/restart-worker.ts',
    old: 'now.session && acceptsDialogs(now.session.session) && {',
    new: 'now.session && {',
    promise: 'A worker whose start allowed no answers to dialogs is not restarted with them.',
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
    promise: 'A restart that failed is told to have failed.',
  },
  {
    file: 'src/patrol/act/notify-incident.ts',
    old: "return problems.length > 0 ? refused(problems.join('; ')) : done()",
    new: 'return done()',
    promise: 'An incident that nobody could be told of is told again.',
  },
  {
    file: 'src/patrol/act/notify-incident.ts',
    old: `      if (!isGtError(error)) throw error
      problems.push`,
    new: `      throw error
      problems.push`,
    promise: 'One whom nobody can reach keeps nobody else from being told.',
  },
  {
    file: 'src/patrol/act/restarted-role.ts',
    old: 'whileSandboxStays({rig, name: worker}, {path, incarnation: record?.incarnation}, create)',
    new: 'create()',
    promise: 'A worker is started again only in a sandbox that is still there.',
  },
]
