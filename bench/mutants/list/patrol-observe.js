// What the patrol reads, and what it must not take for something else: unknown is never stopped, idle or clean.
export default [
  {
    file: 'src/patrol/observe/closer-look.ts',
    old: `if (result.verdict === 'unknown') answers.delete(name)
  else answers.set`,
    new: 'answers.set',
    promise: 'An answer of the gate that is unknown is asked for again.',
  },
  {
    file: 'src/patrol/observe/closer-look.ts',
    old: 'kept?.subject === subject && now - kept.at < KEPT_MS',
    new: 'kept && now - kept.at < KEPT_MS',
    promise: 'An answer of the gate is about one commit.',
  },
  {
    file: 'src/patrol/observe/closer-look.ts',
    old: 'kept?.subject === subject && now - kept.at < KEPT_MS',
    new: 'kept?.subject === subject',
    promise: 'An answer of the gate counts for a while only.',
  },
  {
    file: 'src/patrol/observe/closer-look.ts',
    old: `    return unknown('git', error.message)
`,
    new: `    return quiet
`,
    promise: 'A worker whose files git does not tell is not known to be quiet.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: '!hasCode(error, ErrorCode.sessionLost) && !hasCode(error, ErrorCode.backendUnavailable)',
    new: '!hasCode(error, ErrorCode.backendUnavailable)',
    promise: 'A session that ends while it is looked at is unknown, and fails no cycle.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: "state !== undefined && state !== 'ended'",
    new: 'state !== undefined',
    promise: 'An agent that ended with its session is gone.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: 'outlived(query.services, look.record)',
    new: 'false',
    promise: 'An agent that outlived its session is alive.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: 'processState(record.pid, record.pidStart)',
    new: 'processState(record.pid)',
    promise: 'Another process that got the number of the agent is not the agent.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: "if (session.liveness === 'unknown')",
    new: 'if (session.liveness === undefined)',
    promise: 'A session of which it is not known whether it lives is unknown.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: "backend.local && services.processState(session.pid) === 'ended'",
    new: "services.processState(session.pid) === 'ended'",
    promise: 'The process of a backend elsewhere is not looked for here.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: "session.liveness === 'dead' || (backend",
    new: '(backend',
    promise: 'A dead session has no living agent.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: '|| tree.processes > 1',
    new: '',
    promise: 'A shell below which something runs is not left.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: "!SHELLS.has(labels.kind ?? '') && ",
    new: '',
    promise: 'An agent that is a shell lives.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: "(state === 'shell' || state === 'unknown')",
    new: 'true',
    promise: 'A shell whose screen shows an agent at work is not left.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: 'acceptsDialogs(session) && ',
    new: '',
    promise: 'A dialog may be answered only where the start allowed it.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: 'answerTo(kind, reading) !== undefined',
    new: 'true',
    promise: 'A dialog whose answer is not known is not answerable.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: "state === 'unknown' ? unknown(source, text ?? '') :",
    new: '',
    promise: 'A state that cannot be read is unknown.',
    survives: 'the value of the signal is the same: only its detail differs',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: "before.hash === screen.hash ? 'failed' : 'answered'",
    new: "before.hash === screen.hash ? 'answered' : 'failed'",
    promise: 'A screen that stands still is no answer.',
  },
  {
    file: 'src/patrol/observe/agent.ts',
    old: 'end + AFTER_LIMIT_MS - now',
    new: 'end - now',
    promise: 'A usage limit is over only a while after the minute that it tells.',
  },
  {
    file: 'src/patrol/observe/collect.ts',
    old: '!isSafeName(name)',
    new: 'name === ""',
    promise: 'A name with a slash is no worker’s.',
  },
  {
    file: 'src/patrol/observe/collect.ts',
    old: '!RIG_ROLES.includes(name) && ',
    new: '',
    promise: 'The witness is no worker.',
  },
  {
    file: 'src/patrol/observe/collect.ts',
    old: " && !name.startsWith('crew-')",
    new: '',
    promise: 'The crew are no workers.',
  },
  {
    file: 'src/patrol/observe/collect.ts',
    old: "return {is: 'unknown', detail: error.message, record: undefined}",
    new: "return {is: 'absent', record: undefined}",
    promise: 'A worker whose session cannot be told is unknown.',
  },
  {
    file: 'src/patrol/observe/collect.ts',
    old: 'Object.hasOwn(workers, name) ? workers[name] : undefined',
    new: 'workers[name]',
    promise: 'A worker may be called as something that every object has.',
  },
  {
    file: 'src/patrol/observe/glances.ts',
    old: 'before?.incarnation === session.incarnation && ',
    new: '',
    promise: 'The screen of another session of that name is not taken for this one’s.',
  },
  {
    file: 'src/patrol/observe/glances.ts',
    old: 'session.lastActivityAt + SETTLED_MS < before.at',
    new: 'session.lastActivityAt < before.at',
    promise: 'What appears in the second of a look is looked at once more.',
  },
  {
    file: 'src/patrol/observe/glances.ts',
    old: 'last?.incarnation === incarnation ? last : undefined',
    new: 'last',
    promise: 'A screen is compared with one of the same session.',
  },
  {
    file: 'src/patrol/observe/glances.ts',
    old: `  if (glances.size > 0) return
`,
    new: '',
    promise: 'What this patrol has seen counts before what an earlier one left.',
  },
  {
    file: 'src/patrol/observe/heartbeat.ts',
    old: 'at < bornAt ? {} :',
    new: '',
    promise: 'A sign of life from before the session is of another life.',
  },
  {
    file: 'src/patrol/observe/heartbeat.ts',
    old: 'if (Number.isNaN(at)) return',
    new: 'if (at === 0) return',
    promise: 'A sign of life without a time is unknown.',
  },
  {
    file: 'src/patrol/observe/heartbeat.ts',
    old: '    return {unreadable: `',
    new: `    return {}
    return {unreadable: \``,
    promise: 'A sign of life that cannot be read is unknown, not none.',
  },
  {
    file: 'src/patrol/observe/sandbox.ts',
    old: "return {is: 'unknown', path: home, detail: reasonOf(error)}",
    new: "return {is: 'absent'}",
    promise: 'A sandbox that cannot be read is unknown, not absent.',
  },
  {
    file: 'src/patrol/observe/sandbox.ts',
    old: `    return {is: 'broken', path: home, detail: 'there are files, and no worktree'}
`,
    new: `    return {is: 'absent'}
`,
    promise: 'A folder with files and no worktree is broken, not absent.',
  },
  {
    file: 'src/patrol/observe/sandbox.ts',
    old: "names.every((name) => name.startsWith('.'))",
    new: 'names.length === 0',
    promise: 'A folder in which only hidden files are is what a removal leaves.',
  },
  {
    file: 'src/patrol/observe/sandbox.ts',
    old: "if (head === undefined) return {is: 'broken', path, detail: 'HEAD names no commit'}",
    new: "if (head === undefined) return {is: 'absent'}",
    promise: 'A worktree whose HEAD names no commit is broken, not absent.',
  },
  {
    file: 'src/patrol/observe/sandbox.ts',
    old: 'if (loose !== undefined && COMMIT.test(loose)) return loose',
    new: 'if (loose !== undefined) return loose',
    promise: 'What is no commit is not taken for one.',
  },
  {
    file: 'src/patrol/observe/sandbox.ts',
    old: 'code === 0 ? stdout.trim() : undefined',
    new: 'stdout.trim()',
    promise: 'A failure of git is not taken for a commit.',
  },
  {
    file: 'src/patrol/observe/sandbox.ts',
    old: 'if (code !== 0) throw new GtError(',
    new: 'if (code > 999) throw new GtError(',
    promise: 'Where git does not tell which files changed a worker is not known to be quiet.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: 'labels.town === town.realRoot && ',
    new: '',
    promise: 'A session of another town is none of this one.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: 'labels.rig === rig.name && ',
    new: '',
    promise: 'A session of another rig is none of this one.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: " && labels.role === 'polecat'",
    new: '',
    promise: 'The session of the witness is no worker’s.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: '&& session.labels.name === worker',
    new: '',
    promise: 'The session of one worker is not that of another.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: 'silent.push(',
    new: 'answered.add(backend.name) && String(',
    promise: 'A backend that gives no answer has not said that there is no session.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: '  if (record && !list.answered.has(record.backend)) {',
    new: '  if (record && list.answered.size === 0) {',
    promise: 'A session whose own backend gives no answer is unknown, not absent.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: '!record && (list.silent.length > 0 || list.answered.size === 0)',
    new: '!record && list.answered.size === 0',
    promise: 'Without a record a silent backend may have the session.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: '!record && (list.silent.length > 0 || list.answered.size === 0)',
    new: '!record && list.silent.length > 0',
    promise: 'Where no backend can be used no session is known to be absent.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: "return {is: 'unknown', detail: `session '",
    new: `return {is: 'absent', record}
    return {is: 'unknown', detail: \`session '`,
    promise: 'A name that a stranger has taken is unknown, not absent.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: `  if (session.labels.town !== undefined) return false
`,
    new: '',
    promise: 'A session with labels is what its labels say.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: 'isOfTown && GT_RIG',
    new: 'GT_RIG',
    promise: 'A session of another town of the original is none of this one.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: 'GT_RIG === rig.name && ',
    new: '',
    promise: 'A session of another rig of the original is none of this one.',
  },
  {
    file: 'src/patrol/observe/sessions.ts',
    old: ' && GT_POLECAT === worker',
    new: '',
    promise: 'A session of the original is that of the worker whom it names.',
  },
  {
    file: 'src/patrol/observe/standing.ts',
    old: "return unknown('files of the rig', reasonOf(error))",
    new: "return known<Standing>('operational', 'files')",
    promise: 'A rig of which it cannot be told whether it is to be patrolled is left alone.',
  },
  {
    file: 'src/patrol/observe/standing.ts',
    old: `    if (beads.is === 'unknown') return unknown('beads', beads.detail)
`,
    new: '',
    promise: 'A rig whose beads give no answer is left alone.',
  },
  {
    file: 'src/patrol/observe/standing.ts',
    old: "status === 'parked' || status === 'docked'",
    new: "status === 'parked'",
    promise: 'A rig that is docked is left alone.',
  },
  {
    file: 'src/patrol/observe/standing.ts',
    old: 'if (pause) return',
    new: 'if (pause && pause.reason) return',
    promise: 'A pause without a reason is a pause.',
  },
  {
    file: 'src/patrol/observe/standing.ts',
    old: `if (await isShuttingDown(town.root)) return known<Standing>('shutting down', 'shutdown lock')
`,
    new: '',
    promise: 'A town that is taken down is left alone.',
  },
  {
    file: 'src/patrol/observe/work.ts',
    old: 'return {work: failed, mergeRequest: failed}',
    new: 'continue',
    promise: 'What one source cannot tell the others do not decide.',
  },
  {
    file: 'src/patrol/observe/work.ts',
    old: 'file?.doneAt !== undefined && file.doneAt > word.at',
    new: 'false',
    promise: 'Work that was handed in after its merge failed is not open.',
  },
  {
    file: 'src/patrol/observe/work.ts',
    old: "return {work: 'unknown', mergeRequest: 'unknown', detail}",
    new: "return {work: 'none', mergeRequest: 'none', detail}",
    promise: 'What nobody wrote down is unknown, not nothing.',
  },
  {
    file: 'src/patrol/observe/work.ts',
    old: "request === null || (request === 'none' && file) ? undefined : request",
    new: 'request ?? undefined',
    promise: 'A message that names no request does not outdo the file that names one.',
  },
  {
    file: 'src/patrol/observe/worker-file.ts',
    old: 'file?.name === name ?',
    new: 'file ?',
    promise: 'A file that tells of another worker tells nothing of this one.',
  },
  {
    file: 'src/patrol/observe/worker-file.ts',
    old: 'if (of.version !== 1 || spawnedAt === undefined) return undefined',
    new: 'if (spawnedAt === undefined) return undefined',
    promise: 'A file of another version is not guessed at.',
  },
  {
    file: 'src/patrol/observe/worker-file.ts',
    old: `  if (of.done_at !== undefined && doneAt === undefined) return undefined
`,
    new: '',
    promise: 'A file whose end makes no sense is not taken for one without an end.',
  },
  {
    file: 'src/patrol/observe/worker-file.ts',
    old: '    return {unreadable: `cannot read ',
    new: `    return {}
    return {unreadable: \`cannot read `,
    promise: 'A file that cannot be read is not taken for none.',
  },
  {
    file: 'src/patrol/observe/worker-file.ts',
    old: 'if (error instanceof SyntaxError) return {unreadable: `',
    new: `if (error instanceof SyntaxError) return {}
    if (error === '') return {unreadable: \``,
    promise: 'A file that was cut is not taken for none.',
  },
  {
    file: 'src/patrol/observe/worker-signals.ts',
    old: "sandbox.is === 'unknown') return unknown('files', sandbox.detail)",
    new: "sandbox.is === 'unknown') return known('absent', 'files')",
    promise: 'A sandbox of which nothing is known is not absent.',
  },
  {
    file: 'src/patrol/observe/worker-signals.ts',
    old: "detail === undefined ? known('none', 'worker file') : unknown('worker file', detail)",
    new: "known('none', 'worker file')",
    promise: 'Where nobody can read whether it is done it is not known not to be.',
  },
  {
    file: 'src/patrol/observe/worker-signals.ts',
    old: 'read.unreadable ?? beat.unreadable',
    new: 'read.unreadable',
    promise: 'A sign of life that cannot be read may say that it is about to end.',
  },
  {
    file: 'src/patrol/observe/worker-signals.ts',
    old: "detail === undefined ? known(false, 'heartbeat') : unknown('heartbeat', detail)",
    new: "known(false, 'heartbeat')",
    promise: 'Where nobody can read whether it is stuck it is not known not to be.',
  },
  {
    file: 'src/patrol/observe/worker-signals.ts',
    old: 'isEnding && word.at > (doneAt ?? 0)',
    new: 'isEnding',
    promise: 'A message from before the worker was done does not count after it.',
  },
  {
    file: 'src/patrol/observe/worker-signals.ts',
    old: 'moments.sort((a, b) => b.at - a.at)',
    new: 'moments.sort((a, b) => a.at - b.at)',
    promise: 'The newest sign of activity counts.',
  },
]
