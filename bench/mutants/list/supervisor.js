export default [
  {
    file: 'src/supervisor/agent-ref.ts',
    old: '{...ref, role,',
    new: '{town: ref.town, ...(ref.rig && {rig: ref.rig}), ...(ref.name !== undefined && {name: ref.name}), role,',
    promise: 'The functions of a role are given all that its plugin put into the ref.',
  },
  {
    file: 'src/supervisor/address.ts',
    old: 'words.length > 3 || ',
    new: '',
    promise: 'An address has at most three words.',
  },
  {
    file: 'src/supervisor/address.ts',
    old: '!words.every((word) => isSafeName(word))',
    new: 'words.length === 0',
    promise: 'No part of an address leads out of the town.',
  },
  {
    file: 'src/supervisor/address.ts',
    old: "first === 'hq' && third === undefined && TOWN_ROLES.includes(second)",
    new: "first === 'hq' && TOWN_ROLES.includes(second)",
    promise: 'An address with a word too many means nobody.',
  },
  {
    file: 'src/supervisor/address.ts',
    old: `  if (RIG_ROLES.includes(name)) return undefined
`,
    new: '',
    promise: "A plugin's role does not take the name of the witness.",
  },
  {
    file: 'src/supervisor/address.ts',
    old: "candidate.name === name && candidate.scope === 'rig'",
    new: 'candidate.name === name',
    promise: 'A role of the whole town has no bearer in a rig.',
  },
  {
    file: 'src/supervisor/address.ts',
    old: 'agentOf(workerSession(name), {rig, town, name})',
    new: 'agentOf(workerSession(name), {rig, town})',
    promise: 'The address of a worker means that worker and no other.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: '!acceptDialogs || ',
    new: '',
    promise: 'No dialog is answered unless that is allowed.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: ' || watch.keys >= MOST_KEYS) return',
    new: ') return',
    promise: 'A dialog that does not take its answer is left to a person.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: '{...(view && {seen: view})}',
    new: '{...(view && {})}',
    promise: 'A key is refused when the dialog is no longer the one that was read.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: `  if (key === 'Enter') watch.confirmed = watch.ask?.words
`,
    new: '',
    promise: 'A confirmed dialog is remembered until it is gone.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: `    watch.confirmed = undefined
`,
    new: '',
    promise: 'An Enter that was refused is pressed when the dialog has been read again.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: `    if (!hasCode(error, ErrorCode.screenChanged)) throw error
`,
    new: '',
    promise: 'A failure at a key is told.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: '.now() + TAKEN_WITHIN_MS',
    new: '.now()',
    promise: 'A key gets time to be taken before it is pressed again.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: 'JSON.stringify([text, choices])',
    new: 'JSON.stringify([text])',
    promise: 'A dialog whose mark moves is read again before it is answered.',
  },
  {
    file: 'src/supervisor/backend-of.ts',
    old: 'record ? services.backendNamed(record.backend) : services.firstBackend()',
    new: 'services.firstBackend()',
    promise: 'Only the recorded backend is asked of a session.',
  },
  {
    file: 'src/supervisor/backend-of.ts',
    old: 'requested ?? (services.env.GT_BACKEND || undefined) ?? ',
    new: '(services.env.GT_BACKEND || undefined) ?? requested ?? ',
    promise: 'The backend that is asked for goes over the environment.',
  },
  {
    file: 'src/supervisor/backend-of.ts',
    old: '(services.env.GT_BACKEND || undefined)',
    new: 'services.env.GT_BACKEND',
    promise: 'An empty GT_BACKEND names no backend.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `  if (session.stopping) return false
`,
    new: '',
    promise: 'A session whose stop has begun is never already running.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `  if (session.liveness === 'unknown') throw unknownLiveness(session)
`,
    new: '',
    promise: 'A session of which nothing is known is not ended.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: "if (life?.outcome !== 'recorded') await",
    new: "if (life && life.outcome !== 'recorded') await",
    promise: 'A session is ended when it cannot be told whether it may be.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    if (life?.outcome !== 'recorded') await backend.stop(session, {graceMs: 0})
`,
    new: '',
    promise: 'A session that lost against another start is ended.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: 'session, requested, ifDesired}',
    new: 'session, requested, ifDesired: ifDesired && false}',
    promise: 'A revival looks once more, under the lock, whether the session should run.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: "  if (life.outcome === 'not_desired') {",
    new: "  if (life.outcome === 'not_desired' && !backend) {",
    promise: 'A session that was stopped on purpose is not made again.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    const elsewhere = await claim(services, agent, wanted)
`,
    new: `    const elsewhere = (await Promise.resolve()) as Session | undefined
`,
    promise: 'Where a session runs is recorded before it starts, and only there it is looked for.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    signal?.throwIfAborted()
    const existing`,
    new: '    const existing',
    promise: 'A start that was interrupted is not tried again.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    if (!hasCode(error, ErrorCode.sessionExists)) throw error
`,
    new: '',
    promise: 'A start that fails says why.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: "if (!hasCode(error, 'UNWRITABLE') || !isGtError(error)) throw error",
    new: 'if (!isGtError(error)) throw error',
    promise: 'A backend that cannot be asked is no reason to start on another.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: '    if (known !== backend.name) {',
    new: '    if (known === undefined) {',
    promise: 'No session is made where nobody would find it.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    if (session && runs(session)) return session
    if (session) await end(services, agent, {backend: other, session})`,
    new: '    if (session) await end(services, agent, {backend: other, session})',
    promise: 'A session that runs on another backend is not ended by a start.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    if (session) await end(services, agent, {backend: other, session})
`,
    new: '',
    promise: 'What is left of a session on another backend is ended before one is made here.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: '{backend: to, ...desiredState(record)}',
    new: '{backend: to}',
    promise: 'A move to another backend changes nothing of what should run.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `  if (session.liveness === 'dead') await keepPostMortem(services, agent, left)
`,
    new: '',
    promise: 'A death is kept before it is cleaned up by a start.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `  const session = await ownSession(backend, agent)
  return session && runs(session) ? session : undefined`,
    new: `  const session = await ownSession(backend, agent)
  return session`,
    promise: 'A session whose agent has ended does not count as running.',
  },
  {
    file: 'src/supervisor/fleet.ts',
    old: "session.liveness !== 'alive' || session.labels.town === undefined",
    new: "session.liveness !== 'alive'",
    promise: 'Whose a session without labels is, is asked and not guessed.',
  },
  {
    file: 'src/supervisor/fleet.ts',
    old: `    if (session) await checkOurs(session, agent)
`,
    new: '',
    promise: "A stranger's session is not told as ours.",
  },
  {
    file: 'src/supervisor/fleet.ts',
    old: `    if ('error' in listing) return {ref, error: listing.error}
`,
    new: `    if ('error' in listing) return {ref, status: await status(services, agent)}
`,
    promise: 'A list that failed is an error of each session on it, and costs no look of its own.',
  },
  {
    file: 'src/supervisor/fleet.ts',
    old: "found.liveness === 'outlived' ? await status(services, agent) : found",
    new: 'found',
    promise: 'A session that was started after the list was made is not said to have left its agent behind.',
  },
  {
    file: 'src/supervisor/fleet.ts',
    old: "services.processState(pid, pidStart) === 'running'",
    new: "services.processState(pid) === 'running'",
    promise: 'A reused pid does not count as the agent that was recorded.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: `  if (session) await checkOurs(session, agent)
`,
    new: '',
    promise: "A stranger's session is left alone.",
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: 'if (labels.town !== town.realRoot) return',
    new: 'if (labels.town === undefined) return',
    promise: 'A session of another town is a stranger.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: 'labels.rig === rig?.name && labels.role === role.name && labels.name === name',
    new: 'labels.rig === rig?.name && labels.role === role.name',
    promise: 'The session of another worker is a stranger.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: 'labels.rig === rig?.name && labels.role === role.name && labels.name === name',
    new: 'labels.role === role.name && labels.name === name',
    promise: 'The session of another rig is a stranger.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: 'labels.rig === rig?.name && labels.role === role.name && labels.name === name',
    new: 'labels.rig === rig?.name && labels.name === name',
    promise: 'The session of another role is a stranger.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: "if (environmentRoot === undefined) return 'no town: gt did not start it'",
    new: 'if (environmentRoot === undefined) return undefined',
    promise: 'A session that gt did not start is a stranger.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: '(await resolved(environmentRoot)) === town.realRoot',
    new: '(await resolved(environmentRoot)) !== town.root',
    promise: 'A session of another town of the original is a stranger.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: "'ENOTDIR', 'EACCES', 'ELOOP')) return path",
    new: "'ENOTDIR')) return path",
    promise: 'A town that leads in a circle is another town, and no fault.',
  },
  {
    file: 'src/supervisor/peek.ts',
    old: `  if (!backend.capture)
    throw new GtError(\`sessions on \${backend.name} cannot be looked at\`, {code: 'NOT_SUPPORTED'})
  return {...found, lines: await backend.capture(`,
    new: `  if (!backend.capture) return {...found, lines: []}
  return {...found, lines: await backend.capture(`,
    promise: 'A backend that shows no screens is not said to show an empty one.',
  },
  {
    file: 'src/supervisor/peek.ts',
    old: 'await ownSession(backend, agent, {view: true})',
    new: 'await backend.inspect(role.sessionName(ref), {view: Boolean(ownSession)})',
    promise: "A stranger's session is neither shown nor typed at.",
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: `  if (session.stopping) return undefined
`,
    new: '',
    promise: 'A session that is being stopped leaves no post-mortem.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: 'if (findings || !(await isThere(file)))',
    new: 'if (!(await isThere(file)))',
    promise: 'A start that knows more of the end replaces what others kept.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: 'if (findings || !(await isThere(file)))',
    new: 'if (file)',
    promise: 'Whoever first sees a death keeps it, and nobody again.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: 'await makeOwnFolder(runtime, 0o755)',
    new: "await (await import('node:fs/promises')).mkdir(runtime, {recursive: true})",
    promise: 'No post-mortem is written through a link in the place of .runtime.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: 'await makeOwnFolder(folder, 0o700)',
    new: 'await makeOwnFolder(folder, 0o755)',
    promise: 'Post-mortems are for their owner only.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: 'await replacePrivateFile(file,',
    new: "await (await import('node:fs/promises')).writeFile(file,",
    promise: 'A post-mortem is readable by its owner only.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: "name.replaceAll(/[^A-Za-z0-9_-]/g, '-')",
    new: 'name',
    promise: 'A name that a plugin chose leads to no other folder.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: `.slice(0, 64)
`,
    new: `
`,
    promise: 'A long name of a plugin does not keep a death from being kept.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: `  if (!backend.environment) return []
`,
    new: `  if (!backend.environment) return lastLines(backend, session)
`,
    promise: 'No screen is kept whose secrets are not known.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: 'return redact(screen, secretsOf(await backend.environment(session), agent.role.env(agent)))',
    new: 'return redact(screen, secretsOf({}, role.env(ref)))',
    promise: 'No secret of the environment stands in a post-mortem.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: '-\\\\d{8}T\\\\d{6}Z-[^.]*\\\\.json$`',
    new: '-.*\\\\.json$`',
    promise: 'What is no post-mortem of the role is not removed.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: 'entry.isFile() && ofRole',
    new: 'ofRole',
    promise: 'Only files are removed.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: "(error as Error).message.split('\\n', 1)",
    new: '[(error as Error).message]',
    promise: 'A post-mortem that cannot be kept is one line of warning.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'options.acceptDialogs ?? approves(chosen.preset)',
    new: 'options.acceptDialogs || approves(chosen.preset)',
    promise: '--no-accept-dialogs goes over what the agent is set up to.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'autoApprove !== undefined && args.includes(autoApprove)',
    new: 'autoApprove !== undefined',
    promise: 'Dialogs are answered by themselves only where the agent works without questions.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: '?.screens !== undefined',
    new: '?.screens === undefined',
    promise: 'An agent whose screens are known is not recognised by its prompt alone.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: "randomBytes(8).toString('hex')",
    new: "randomBytes(0).toString('hex')",
    promise: 'Each life of a session has an incarnation of its own.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'role.makesWorkDir && last !== undefined',
    new: 'last !== undefined',
    promise: 'No directory is made to work in where the role does not say so.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'await makeOwnFolder(path, 0o755)',
    new: "await (await import('node:fs/promises')).mkdir(path, {recursive: true})",
    promise: 'A directory to work in is made only in a folder that is there.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'searchPath: env.PATH ?? chosen.preset.env.PATH ?? path,',
    new: 'searchPath: agent.preset.env.PATH ?? env.PATH ?? path,',
    promise: 'The program is looked up in the PATH that the user gives for it.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'for (const warning of chosen.warnings) services.warn(warning)',
    new: 'for (const warning of chosen.warnings) void warning',
    promise: 'What is odd in the settings of agents is told.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'return (await stat(path)).isDirectory()',
    new: 'return Boolean(await stat(path))',
    promise: 'A file is no directory to work in.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: ' && watch.confirmed !== watch.ask?.words) {',
    new: ') {',
    promise: 'A dialog gets one Enter: a second could confirm what comes next.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: 'if (stoodMs >= SETTLED_AFTER_MS && ',
    new: 'if (',
    promise: 'A dialog is answered only when two looks have read the same.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: `  if (now?.incarnation === session.incarnation) return now
`,
    new: `  if (now) return now
`,
    promise: "A stranger's session does not pass as the one that was started.",
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: 'now?.incarnation !== query.session.incarnation || now.liveness',
    new: 'now?.liveness',
    promise: "How a stranger's agent ended is not told of ours.",
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: " || now.liveness !== 'dead') return error",
    new: ') return error',
    promise: 'An agent that lives is not said to have ended.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: `  if (!hasCode(error, ErrorCode.sessionLost)) return error
`,
    new: '',
    promise: 'Only a lost session is explained by the end of its agent.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: `  if (session.liveness === 'dead')
    throw`,
    new: `  if (session.exit?.code === 0)
    throw`,
    promise: 'An agent that ends at its start makes that fail.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: 'const key = elapsed <= timeoutMs ? await answerOf(query, observed, watch) : undefined',
    new: 'const key = await answerOf(query, observed, watch)',
    promise: 'After its time is over a start presses no key any more.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: `    watch.restingSince = undefined
    return false`,
    new: '    return false',
    promise: 'The prompt before a dialog does not count towards the prompt after it.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: 'if (await isSettled(services, query, {observed, watch})) return true',
    new: 'return true',
    promise: 'A prompt that some agents draw before a dialog is no readiness.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: "observed.reading.state === 'dialog' && stoodMs >= BLOCKED_AFTER_MS",
    new: "observed.reading.state === 'dialog'",
    promise: 'A dialog that comes and goes by itself does not block a start.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: "observed.reading.state === 'dialog' && stoodMs >= BLOCKED_AFTER_MS",
    new: "observed.reading.state === 'menu' && stoodMs >= BLOCKED_AFTER_MS",
    promise: 'A dialog that waits for somebody ends the start before its time is over.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: `    signal?.throwIfAborted()
    const session`,
    new: '    const session',
    promise: 'A start that was interrupted does not look at the session again.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: 'await timer.sleep(pause, signal)',
    new: 'await timer.sleep(pause)',
    promise: 'A start that waits can be interrupted at once.',
    survives:
      'The signal is looked at before the next look, at most 200 ms later; a test would have to assert a time.',
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: "if (reading.evidence.every(({source}) => source !== 'screen') || !reading.text) return false",
    new: 'if (!reading.text) return false',
    promise: 'What an agent keeps of its state does not make it ready while its screen shows nothing.',
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: 'return !isKnown && elapsedMs >= readyDelayMs',
    new: 'return elapsedMs >= readyDelayMs',
    promise: 'Of a screen that is known, and shows no prompt, time proves nothing.',
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: 'return !isKnown && elapsedMs >= readyDelayMs',
    new: 'return !isKnown',
    promise: 'An agent of which nothing is known is ready only when it has lived for a while.',
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: ' && !CHOICE.test(text)',
    new: '',
    promise: 'The marked choice of a dialog is no prompt.',
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: 'text.startsWith(prefix) || text === prefix.trimEnd()',
    new: 'text.includes(prefix) || text === prefix.trimEnd()',
    promise: 'The sign of the prompt within a line is no prompt.',
  },
  {
    file: 'src/supervisor/restart.ts',
    old: `  options.signal?.throwIfAborted()
`,
    new: '',
    promise: 'A restart that was interrupted does not start.',
  },
  {
    file: 'src/supervisor/restart.ts',
    old: "throw prefixed('stopping the running session', error)",
    new: "return {outcome: 'not_running', sessionName: String(prefixed('', error))}",
    promise: 'A stop that fails is a failure, and nothing is started.',
  },
  {
    file: 'src/supervisor/restart.ts',
    old: "import {end} from './stop.js'",
    new: "import {stop as end} from './stop.js'",
    promise: 'A restart never forgets that the session should run.',
  },
  {
    file: 'src/supervisor/restart.ts',
    old: `  const prepared = await prepare(services, agent, options)
  const {outcome} = await stopFirst(services, agent, options)
`,
    new: `  const {outcome} = await stopFirst(services, agent, options)
  const prepared = await prepare(services, agent, options)
`,
    promise: 'What can fail before a restart fails before the running session is touched.',
  },
  {
    file: 'src/supervisor/restart.ts',
    old: '  throw new GtError(`another command',
    new: `  if (options) return {...started, outcome: 'restarted', wasRunning: true} as never
  throw new GtError(\`another command`,
    promise: 'A session that another command started is not said to be the restarted one.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `  if (!record?.desired) return {outcome: 'not_desired'}
`,
    new: `  if (!record) return {outcome: 'not_desired'}
`,
    promise: 'A session that was stopped on purpose is left as it is.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: 'if (session?.incarnation !== incarnation) return',
    new: 'if (!session) return',
    promise: 'A later life than the one that was judged is not ended.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
`,
    new: '',
    promise: 'A death is kept before a revival cleans it up.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `  signal?.throwIfAborted()
`,
    new: '',
    promise: 'A revival that was interrupted does not start.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: '{...options, prepared, ifDesired: true}',
    new: '{...options, prepared}',
    promise: 'A stop that comes while a session is revived wins.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `    if (!hasCode(error, 'NOT_DESIRED')) throw error
`,
    new: '',
    promise: 'A revival that fails says so.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `const options = {
    backend,
`,
    new: `const options = {
    ...(backend && {}),
`,
    promise: 'A session is revived on the backend that is recorded.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: '    ...(named !== undefined && {agent: named}),',
    new: '',
    promise: 'A session is revived as the agent that was named for it.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `  const prepared = await prepare(services, agent, options)
  if (incarnation !== undefined) {
    await endLife(services, agent, {backend: prepared.backend, incarnation})
  }
`,
    new: `  if (incarnation !== undefined) {
    await endLife(services, agent, {backend: await services.backendNamed(backend), incarnation})
  }
  const prepared = await prepare(services, agent, options)
`,
    promise: 'What can fail before a revival fails before the session is touched.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: `    if (hasCode(error, ErrorCode.sessionLost)) return []
    throw error`,
    new: '    return hasCode(error, ErrorCode.sessionLost) ? [] : []',
    promise: 'A screen that cannot be read is not taken for an empty one.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: ".flatMap((value) => value.split('\\n'))",
    new: '',
    promise: 'Each line of a secret of several lines is hidden.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: 'text.replaceAll(value',
    new: 'text.replace(value',
    promise: 'A secret is hidden wherever it stands.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: '!OPEN.has(name) && !Object.hasOwn(open, name)',
    new: '!OPEN.has(name)',
    promise: 'What the role itself sets is no secret.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: "new Set(['GT_AGENT',",
    new: "new Set(['KEY', 'API_KEY', 'GT_AGENT',",
    promise: 'What a user gives is a secret.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: 'version: v.literal(RECORD_VERSION),',
    new: 'version: v.unknown(),',
    promise: 'A record of another layout is set aside.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: "if (content.is === 'no file') throw content.error",
    new: "if (content.is === 'no file') return undefined",
    promise: 'A record that cannot be read is not taken for none.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: "if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return new Set()",
    new: 'if (error) return new Set()',
    promise: 'Records that cannot be listed are not taken for none.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: "desired: v.ifValid(v.literal('running')),",
    new: 'desired: v.ifValid(v.text),',
    promise: 'A word that nobody knows does not make a session run.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: 'pid: v.ifValid(v.wholeNumber),',
    new: 'pid: v.ifValid(v.number),',
    promise: 'What is no pid is not taken for one.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: `  services.warn(setAside(file))
`,
    new: `  setAside(file)
`,
    promise: 'A record that is set aside is named.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: ' || !record.desired) return record',
    new: ') return record',
    promise: 'A start that failed does not undo a stop on purpose.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'record.incarnation !== session.incarnation || ',
    new: '',
    promise: 'A start that failed changes nothing of another life.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'return {...withoutDesire(record), ...before}',
    new: 'return {...record, ...before}',
    promise: 'After a start that failed nothing should run that did not before.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'record.incarnation === incarnation ? {...record, readyAt: Date.now()} : record',
    new: 'incarnation ? {...record, readyAt: Date.now()} : record',
    promise: 'That an agent is ready is noted of its own life only.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: `    if (record && record.backend !== backend) return {outcome: 'elsewhere'}
`,
    new: '',
    promise: 'Of two starts on two backends one wins.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: `    if (ifDesired && !before.desired) return {outcome: 'not_desired'}
`,
    new: '',
    promise: 'A session that was stopped on purpose is not revived.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: `  if (!existsSync(recordFile(agent))) return
`,
    new: '',
    promise: 'Nothing is written of a session that has no record.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'if (changed && changed !== record) await replace(changed)',
    new: 'if (changed) await replace(changed)',
    promise: 'A record that stays the same is not written.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: `return await withFileLock(file, async () =>
    work(`,
    new: `return await (async (_, run) => run())(file, async () =>
    work(`,
    promise: 'Two commands never change one record at once.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: '(record) => replacePrivateFile(file, textOf(record))',
    new: "async (record) => (await import('node:fs/promises')).writeFile(file, textOf(record))",
    promise: 'A record is replaced as a whole, and readable by its owner only.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'await createPrivateFile(file, textOf({backend}))',
    new: 'await replacePrivateFile(file, textOf({backend}))',
    promise: 'Two starts at once agree on one backend.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'await makeOwnFolder(dirname(dirname(file)), 0o755)',
    new: "await (await import('node:fs/promises')).mkdir(dirname(dirname(file)), {recursive: true})",
    promise: 'No record is written through a link in the place of .runtime.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: '{desired: _, agent: __, ...record}',
    new: '{desired: _, ...record}',
    promise: 'A stop on purpose forgets the agent that was named, too.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: `    if (!isGtError(error)) throw error
`,
    new: '',
    promise: 'A failure that nobody foresaw is no mere warning.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: '...(identity && {pidStart: identity.start})',
    new: '',
    promise: 'A record tells when its process began: a pid alone may be of another.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: `    ...input.env,
    GT_SESSION_ID: sessionMarker(agent, input.incarnation),`,
    new: `    GT_SESSION_ID: sessionMarker(agent, input.incarnation),
    ...input.env,`,
    promise: 'Nobody goes over GT_SESSION_ID: the killer goes by it.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: `...chosen.preset.env,
    ...input.env,`,
    new: `...input.env,
    ...chosen.preset.env,`,
    promise: 'What the user sets goes over what the agent sets.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: "['CLAUDECODE', 'NODE_OPTIONS']",
    new: "['CLAUDECODE']",
    promise: 'What misleads an agent is cleared.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: 'town: town.realRoot,',
    new: 'town: ref.town.root,',
    promise: 'The labels name the town with its links resolved.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: '...(name !== undefined && {name}),',
    new: '',
    promise: 'The labels tell one worker of a rig from another.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: '...(input.acceptDialogs && {dialogs: ACCEPTED}),',
    new: 'dialogs: ACCEPTED,',
    promise: 'That dialogs may be answered is labelled only where it was said.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: 'return labels.dialogs === ACCEPTED',
    new: "return labels.dialogs !== 'refused'",
    promise: 'Dialogs of a session that was started without the word are left alone.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: 'return `${town.realRoot}/${sessionName}/`',
    new: 'return `${ref.town.realRoot}/${sessionName}`',
    promise: 'The strays of a session whose name only begins alike are not its own.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: "...(bracketedPaste && {paste: 'bracketed'})",
    new: "paste: 'bracketed'",
    promise: 'Several lines are one paste only where the settings say so.',
  },
  {
    file: 'src/supervisor/sessions-of.ts',
    old: 'labels.town === rig.town.realRoot && labels.rig === rig.name',
    new: 'labels.rig === rig.name',
    promise: 'The sessions of a rig of that name in another town are not ours.',
  },
  {
    file: 'src/supervisor/sessions-of.ts',
    old: 'labels.town === rig.town.realRoot && labels.rig === rig.name',
    new: 'labels.town === rig.town.realRoot',
    promise: "Another rig's sessions are not this rig's.",
  },
  {
    file: 'src/supervisor/sessions-of.ts',
    old: 'Promise.all(backends.map((backend) => backend.list()))',
    new: 'Promise.all(backends.map((backend) => backend.list().catch(() => [])))',
    promise: 'A backend without an answer does not mean that no session is there.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    if (!running) throw error
    await recordDesire(services, agent)
    return`,
    new: `    if (!running) throw error
    return`,
    promise: 'A start that finds the session running notes that it should run.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    if (!ifDesired) await recordDesire(services, agent)
`,
    new: `    await recordDesire(services, agent)
`,
    promise: 'A revival does not undo a stop on purpose.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    if (!ifDesired) await recordDesire(services, agent)
`,
    new: '',
    promise: 'A start of a session that runs notes that it should run.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `  await services.endStrays(markerPrefix(agent), {graceMs: role.stopGraceMs})
`,
    new: '',
    promise: 'What a killed backend left alive is ended before another agent starts.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    const outcome = await cleanedUp(backend, session, failure)
`,
    new: `    const outcome = failure
`,
    promise: 'A start that fails leaves no session.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    await recordFailure(services, agent, {session, before: created.before})
`,
    new: '',
    promise: 'After a start that failed nothing should run that did not before.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    await recordReady(services, agent, session)
`,
    new: '',
    promise: 'That the agent was ready is recorded.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: 'if (findings) await keepPostMortem(services, agent, {backend, session, findings})',
    new: 'void findings',
    promise: 'Why a start failed is kept.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: 'withScreen(await explainLoss(query, error), secretsOf(spec.env, role.env(agent)))',
    new: 'withScreen(await explainLoss(query, error), {} as ReturnType<typeof secretsOf>)',
    promise: 'A secret of the environment stands in no message of a failed start.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: "typeof dialog === 'string' ? redact([dialog], secrets) : []",
    new: "typeof dialog === 'string' ? [dialog] : []",
    promise: 'A secret that a dialog shows stands in no message.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: 'await explainLoss(query, error)',
    new: 'await Promise.resolve(error)',
    promise: 'An agent that ends of what is typed at it: how it ended is told.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: "if (chosen.preset.promptMode === 'none') {",
    new: "if (agent.preset.promptMode !== 'arg') {",
    promise: 'An agent that is to be told nothing is told nothing.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: "code: isGtError(error) ? error.code : 'START_FAILED',",
    new: "code: 'START_FAILED',",
    promise: 'A start whose cleaning up failed keeps the code of its own failure.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: 'now?.incarnation === session.incarnation ? now : undefined',
    new: 'session.incarnation ? now : undefined',
    promise: 'A startup message never reaches another life of the session.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `    if (attempt.outcome === 'failed') break
`,
    new: '',
    promise: 'A message of which is not known whether it arrived is not typed again.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: "const isTyped: boolean = attempt.outcome === 'typed'",
    new: "const isTyped: boolean = attempt.outcome === 'typed' && false",
    promise: 'A message that stands in the prompt is submitted, and not typed a second time.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `  if (now?.liveness === 'alive') return attempt.reason
`,
    new: `  if (now !== null) return attempt.reason
`,
    promise: 'An agent that ends of what it is told makes the start fail.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `    services.warn(\`the agent in session '\${session.name}' was not told what to do: \${reason}\`)
    return
`,
    new: `    services.warn(\`the agent in session '\${session.name}' was not told what to do: \${reason}\`)
`,
    promise: 'No message follows one that was not taken.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `    signal?.throwIfAborted()
    const reason`,
    new: '    const reason',
    promise: 'A start that was interrupted tells its agent nothing more.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `    services.warn('this session backend cannot type: the agent was not told what to do')
`,
    new: '',
    promise: 'An agent that could not be told what to do is warned of.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: 'force: false',
    new: 'force: true',
    promise: "No startup message is typed under a person's eyes.",
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `  if (session.labels.prompt !== undefined) return true
`,
    new: '',
    promise: 'A prompt that settings name is waited for, also while it is covered.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: '  if (!(await changed(services, started, before))) {',
    new: '  if (!(await changed(services, started, before)) && before === undefined) {',
    promise: 'A message that leaves no trace is warned of.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `  await timerOf(services).sleep(ENTER_DELAY_MS, signal)
`,
    new: '',
    promise: 'Enter does not follow so closely that it becomes a part of the pasted text.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: `  if (session.liveness === 'unknown') throw (await import('./unknown-liveness.js')).unknownLiveness(session)
`,
    new: '',
    promise: 'Unknown is never reported as stopped.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: "session.liveness === 'alive' && evidence.process?.value !== 'ended'",
    new: "session.liveness === 'alive'",
    promise: 'A session whose process has ended is dead.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: 'backend.local ? services.processState : () => undefined',
    new: 'services.processState',
    promise: 'The pids of a backend elsewhere are not looked up here.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: 'pid && pidStart ? processState(pid, pidStart) : undefined',
    new: 'pid ? processState(pid) : undefined',
    promise: 'A reused pid is not taken for an agent that lives on.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: "if (state === undefined || state === 'ended') return",
    new: "if (state !== 'running') return",
    promise: 'A frozen agent that outlived its session is told.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: 'record?.incarnation === session.incarnation ? record : undefined',
    new: 'record',
    promise: 'Readiness is told of this life, not of an earlier one.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: "session.liveness === 'alive' ? processState(session.pid) : 'ended'",
    new: 'processState(session.pid)',
    promise: 'The number of a process that has ended is not looked up: it may be of another.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: 'const reason = session.stopping ? STOPPING : ',
    new: 'const reason = ',
    promise: 'A stop that has begun and not ended is told.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: `  await forgetDesire(services, agent)
  return await end(services, agent, options)`,
    new: `  const ended = await end(services, agent, options)
  await forgetDesire(services, agent)
  return ended`,
    promise: 'That a session should run is forgotten before it is ended.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: `    const strays = await services.endStrays(markerPrefix(agent), {graceMs})
`,
    new: `    const strays = 0
`,
    promise: 'A stop ends what a killed backend left alive.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: '  if (await isInside(services, agent, session)) {',
    new: '  if ((await isInside(services, agent, session)) && graceMs < 0) {',
    promise: 'A command inside the session that it ends runs again outside of it.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: ' || services.runsUnder(session.pid)',
    new: '',
    promise: 'A process below the agent is inside its session.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: 'marker === sessionMarker(agent, session.incarnation) || ',
    new: '',
    promise: 'Whoever carries the marker of the session is inside of it.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: 'sessionMarker(agent, session.incarnation)',
    new: "`${markerPrefix(ref, session.name)}${marker?.split('/').at(-1)}`",
    promise: 'An earlier life of the session is not inside of it.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: `  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
`,
    new: '',
    promise: 'A death is kept before a stop cleans it up.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: "ended === 'stopped' && session.liveness !== 'dead'",
    new: "session.liveness !== 'dead'",
    promise: 'A session that ended by itself was not stopped.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: "ended === 'stopped' && session.liveness !== 'dead'",
    new: "ended === 'stopped'",
    promise: 'A session whose agent had ended was not running.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: 'role.guardWorkDir ? await role.guardWorkDir(agent, wanted.spec.cwd, create) : await create()',
    new: 'await create()',
    promise: 'No session is made in a directory that its role says has gone.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: 'agent: record.desired && agent}',
    new: 'agent}',
    promise: 'An agent is no agent of a session that should not run.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: "if (!hasCode(error, 'UNWRITABLE')) throw error",
    new: 'throw error',
    promise: 'A record that may not be set aside does no harm.',
  },
]
