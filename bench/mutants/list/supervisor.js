export default [
  {
    file: 'src/supervisor/agent-ref.ts',
    old: '{...ref, role,',
    new: '{town: ref.town, ...(ref.rig && {rig: ref.rig}), ...(ref.name !== undefined && {name: ref.name}), role,',
    promise: "A role's functions receive everything that its plugin put into the ref.",
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
    promise: 'An address with too many words matches no agent.',
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
    promise: 'A town role has no agent in a rig.',
  },
  {
    file: 'src/supervisor/address.ts',
    old: 'agentOf(workerSession(name), {rig, town, name})',
    new: 'agentOf(workerSession(name), {rig, town})',
    promise: "A worker's address matches only that worker.",
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: '!acceptDialogs || ',
    new: '',
    promise: 'No dialog is answered without permission.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: ' || watch.keys >= MOST_KEYS) return',
    new: ') return',
    promise: 'A dialog that ignores its answer is left to a person.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: '{...(view && {seen: view})}',
    new: '{...(view && {})}',
    promise: 'A key is not pressed if the dialog has changed since it was read.',
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
    promise: 'A refused Enter is pressed after the dialog has been read again.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: `    if (!hasCode(error, ErrorCode.screenChanged)) throw error
`,
    new: '',
    promise: 'A failed key press is reported.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: '.now() + TAKEN_WITHIN_MS',
    new: '.now()',
    promise: 'A key gets time to take effect before it is pressed again.',
  },
  {
    file: 'src/supervisor/answer-dialog.ts',
    old: 'JSON.stringify([text, choices])',
    new: 'JSON.stringify([text])',
    promise: 'A dialog whose selection moves is read again before it is answered.',
  },
  {
    file: 'src/supervisor/backend-of.ts',
    old: 'record ? services.backendNamed(record.backend) : services.firstBackend()',
    new: 'services.firstBackend()',
    promise: 'Only the recorded backend is asked about a session.',
  },
  {
    file: 'src/supervisor/backend-of.ts',
    old: 'requested ?? (services.env.GT_BACKEND || undefined) ?? ',
    new: '(services.env.GT_BACKEND || undefined) ?? requested ?? ',
    promise: 'The requested backend takes precedence over the environment.',
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
    promise: 'A session whose stop has begun does not count as running.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `  if (session.liveness === 'unknown') throw unknownLiveness(session)
`,
    new: '',
    promise: 'A session of unknown liveness is not ended.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: "if (life?.outcome !== 'recorded') await",
    new: "if (life && life.outcome !== 'recorded') await",
    promise: 'A new session is ended if it cannot be recorded.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    if (life?.outcome !== 'recorded') await backend.stop(session, {graceMs: 0})
`,
    new: '',
    promise: 'A new session is ended if another start won.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: 'session, requested, ifDesired}',
    new: 'session, requested, ifDesired: ifDesired && false}',
    promise: 'A revival checks again under the lock whether the session should run.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: "  if (life.outcome === 'not_desired') {",
    new: "  if (life.outcome === 'not_desired' && !backend) {",
    promise: 'A session that was stopped on purpose is not created again.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    const elsewhere = await claim(services, agent, wanted)
`,
    new: `    const elsewhere = (await Promise.resolve()) as Session | undefined
`,
    promise: 'The backend is recorded before the session starts, and only that one is asked later.',
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
    promise: 'If a backend cannot be asked, the session is not started on another.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: '    if (known !== backend.name) {',
    new: '    if (known === undefined) {',
    promise: 'No session is created where gt would not find it.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    if (session && runs(session)) return session
    if (session) await endLeftovers(services, agent, {backend: other, session})`,
    new: '    if (session) await endLeftovers(services, agent, {backend: other, session})',
    promise: 'A session that runs on another backend is not ended by a start.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `    if (session) await endLeftovers(services, agent, {backend: other, session})
`,
    new: '',
    promise: 'Leftovers on another backend are ended before a session is created here.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: '{backend: to, ...desiredState(record)}',
    new: '{backend: to}',
    promise: 'A move to another backend keeps the desired state.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: `  if (session.liveness === 'dead') await keepPostMortem(services, agent, left)
`,
    new: '',
    promise: 'A start writes the post-mortem before it cleans up a death.',
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
    promise: 'The owner of a session without labels is checked, not guessed.',
  },
  {
    file: 'src/supervisor/fleet.ts',
    old: `    if (session) await checkOurs(session, agent)
`,
    new: '',
    promise: 'A foreign session is not reported as ours.',
  },
  {
    file: 'src/supervisor/fleet.ts',
    old: `    if ('error' in listing) return {ref, error: listing.error}
`,
    new: `    if ('error' in listing) return {ref, status: await status(services, agent)}
`,
    promise: 'A failed list is an error for each of its sessions, without further queries.',
  },
  {
    file: 'src/supervisor/fleet.ts',
    old: "found.liveness === 'outlived' ? await status(services, agent) : found",
    new: 'found',
    promise: 'A session started after the list is not reported as outlived.',
  },
  {
    file: 'src/supervisor/fleet.ts',
    old: "services.processState(pid, pidStart) === 'running'",
    new: "services.processState(pid) === 'running'",
    promise: 'A reused pid does not count as the recorded agent.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: `  if (session) await checkOurs(session, agent)
`,
    new: '',
    promise: 'A foreign session is left alone.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: 'if (labels.town !== town.realRoot) return',
    new: 'if (labels.town === undefined) return',
    promise: 'A session of another town is foreign.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: 'labels.rig === rig?.name && labels.role === role.name && labels.name === name',
    new: 'labels.rig === rig?.name && labels.role === role.name',
    promise: 'The session of another worker is foreign.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: 'labels.rig === rig?.name && labels.role === role.name && labels.name === name',
    new: 'labels.role === role.name && labels.name === name',
    promise: 'The session of another rig is foreign.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: 'labels.rig === rig?.name && labels.role === role.name && labels.name === name',
    new: 'labels.rig === rig?.name && labels.name === name',
    promise: 'The session of another role is foreign.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: "if (environmentRoot === undefined) return 'no town: gt did not start it'",
    new: 'if (environmentRoot === undefined) return undefined',
    promise: 'A session that gt did not start is foreign.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: '(await resolved(environmentRoot)) === town.realRoot',
    new: '(await resolved(environmentRoot)) !== town.root',
    promise: 'A session that the original started in another town is foreign.',
  },
  {
    file: 'src/supervisor/ownership.ts',
    old: "'ENOTDIR', 'EACCES', 'ELOOP')) return path",
    new: "'ENOTDIR')) return path",
    promise: 'A town path with a link loop counts as another town, not as an error.',
  },
  {
    file: 'src/supervisor/peek.ts',
    old: `  if (!backend.capture)
    throw new GtError(\`sessions on \${backend.name} cannot be viewed\`, {code: 'NOT_SUPPORTED'})
  return {...found, lines: await backend.capture(`,
    new: `  if (!backend.capture) return {...found, lines: []}
  return {...found, lines: await backend.capture(`,
    promise: 'A backend that cannot capture screens is not reported as showing an empty one.',
  },
  {
    file: 'src/supervisor/peek.ts',
    old: 'await ownSession(backend, agent, {view: true})',
    new: 'await backend.inspect(role.sessionName(ref), {view: Boolean(ownSession)})',
    promise: 'A foreign session is neither shown nor typed into.',
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
    promise: 'A start that knows how its agent ended replaces the post-mortem of others.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: 'if (findings || !(await isThere(file)))',
    new: 'if (file)',
    promise: 'Only the first observer of a death writes its post-mortem.',
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
    promise: 'The post-mortem folder is accessible to its owner only.',
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
    promise: 'A name from a plugin cannot lead to another folder.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: `.slice(0, 64)
`,
    new: `
`,
    promise: 'A long plugin name does not prevent the post-mortem.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: `  if (!backend.environment) return []
`,
    new: `  if (!backend.environment) return lastLines(backend, session)
`,
    promise: 'No screen is saved if its secrets are unknown.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: 'return redact(screen, secretsOf(await backend.environment(session), agent.role.env(agent)))',
    new: 'return redact(screen, secretsOf({}, role.env(ref)))',
    promise: 'A post-mortem contains no secret from the environment.',
  },
  {
    file: 'src/supervisor/post-mortem.ts',
    old: '-\\\\d{8}T\\\\d{6}Z-[^.]*\\\\.json$`',
    new: '-.*\\\\.json$`',
    promise: 'Only post-mortems of the role are removed.',
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
    promise: 'A post-mortem that cannot be written is one line of warning.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'options.acceptDialogs ?? approves(chosen.preset)',
    new: 'options.acceptDialogs || approves(chosen.preset)',
    promise: "--no-accept-dialogs takes precedence over the agent's configuration.",
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'autoApprove !== undefined && args.includes(autoApprove)',
    new: 'autoApprove !== undefined',
    promise: 'Dialogs are answered by default only if the agent works without asking.',
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
    promise: 'A working directory is created only if the role says so.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'await makeOwnFolder(path, 0o755)',
    new: "await (await import('node:fs/promises')).mkdir(path, {recursive: true})",
    promise: 'A working directory is created only in an existing folder.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'searchPath: env.PATH ?? chosen.preset.env.PATH ?? path,',
    new: 'searchPath: agent.preset.env.PATH ?? env.PATH ?? path,',
    promise: 'The program is looked up in the PATH given with --env.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'for (const warning of chosen.warnings) services.warn(warning)',
    new: 'for (const warning of chosen.warnings) void warning',
    promise: 'Problems in the agent settings are reported.',
  },
  {
    file: 'src/supervisor/prepare.ts',
    old: 'return (await stat(path)).isDirectory()',
    new: 'return Boolean(await stat(path))',
    promise: 'A file is not a working directory.',
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
    promise: 'A dialog is answered only after it has been unchanged for a moment.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: `  if (now?.incarnation === session.incarnation) return now
`,
    new: `  if (now) return now
`,
    promise: 'A later session of the same name does not pass as the one that was started.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: 'now?.incarnation !== query.session.incarnation || now.liveness',
    new: 'now?.liveness',
    promise: 'The end of another agent is not reported as the end of ours.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: " || now.liveness !== 'dead') return error",
    new: ') return error',
    promise: 'A living agent is not reported as ended.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: `  if (!hasCode(error, ErrorCode.sessionLost)) return error
`,
    new: '',
    promise: "Only a lost session is explained by the agent's end.",
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: `  if (session.liveness === 'dead')
    throw`,
    new: `  if (session.exit?.code === 0)
    throw`,
    promise: 'A start fails if its agent ends.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: 'const key = elapsed <= timeoutMs ? await answerOf(query, observed, watch) : undefined',
    new: 'const key = await answerOf(query, observed, watch)',
    promise: 'A start presses no key after its timeout.',
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
    promise: 'A prompt drawn just before a dialog does not count as ready.',
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
    promise: 'A dialog that needs a person ends the start before its timeout.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: `    signal?.throwIfAborted()
    const session`,
    new: '    const session',
    promise: 'An interrupted start does not inspect the session again.',
  },
  {
    file: 'src/supervisor/readiness.ts',
    old: 'await timer.sleep(pause, signal)',
    new: 'await timer.sleep(pause)',
    promise: 'A waiting start can be interrupted at once.',
    survives:
      'The signal is looked at before the next look, at most 200 ms later; a test would have to assert a time.',
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: "if (reading.evidence.every(({source}) => source !== 'screen') || !reading.text) return false",
    new: 'if (!reading.text) return false',
    promise: "An agent's own state file does not make it ready while its screen shows nothing.",
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: 'return !isKnown && elapsedMs >= readyDelayMs',
    new: 'return elapsedMs >= readyDelayMs',
    promise: 'If gt knows the screen and sees no prompt, elapsed time proves nothing.',
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: 'return !isKnown && elapsedMs >= readyDelayMs',
    new: 'return !isKnown',
    promise: 'An unknown agent is ready only after a minimum lifetime.',
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: ' && !CHOICE.test(text)',
    new: '',
    promise: 'The selected choice of a dialog is not a prompt.',
  },
  {
    file: 'src/supervisor/ready-signs.ts',
    old: 'text.startsWith(prefix) || text === prefix.trimEnd()',
    new: 'text.includes(prefix) || text === prefix.trimEnd()',
    promise: 'The prompt sign in the middle of a line is not a prompt.',
  },
  {
    file: 'src/supervisor/restart.ts',
    old: `  options.signal?.throwIfAborted()
`,
    new: '',
    promise: 'An interrupted restart does not start the session.',
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
    promise: 'A restart keeps the desired state.',
  },
  {
    file: 'src/supervisor/restart.ts',
    old: `  const prepared = await prepare(services, agent, options)
  const {outcome} = await stopFirst(services, agent, options)
`,
    new: `  const {outcome} = await stopFirst(services, agent, options)
  const prepared = await prepare(services, agent, options)
`,
    promise: 'A restart finds configuration errors before it touches the running session.',
  },
  {
    file: 'src/supervisor/restart.ts',
    old: '  throw new GtError(`another command',
    new: `  if (options) return {...started, outcome: 'restarted', wasRunning: true} as never
  throw new GtError(\`another command`,
    promise: 'A session started by another command is not reported as restarted.',
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
    promise: 'Only the given incarnation is ended, not a later one.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
`,
    new: '',
    promise: 'A revival writes the post-mortem before it cleans up a death.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `  signal?.throwIfAborted()
`,
    new: '',
    promise: 'An interrupted revival does not start the session.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: '{...options, prepared, ifDesired: true}',
    new: '{...options, prepared}',
    promise: 'A stop during a revival wins.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `    if (!hasCode(error, 'NOT_DESIRED')) throw error
`,
    new: '',
    promise: 'A failed revival is reported.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: `const options = {
    backend,
`,
    new: `const options = {
    ...(backend && {}),
`,
    promise: 'A session is revived on its recorded backend.',
  },
  {
    file: 'src/supervisor/revive.ts',
    old: '    ...(requested !== undefined && {agent: requested}),',
    new: '',
    promise: 'A session is revived with its recorded agent.',
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
    promise: 'A revival finds configuration errors before it touches the session.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: `    if (hasCode(error, ErrorCode.sessionLost)) return []
    throw error`,
    new: '    return hasCode(error, ErrorCode.sessionLost) ? [] : []',
    promise: 'An unreadable screen is not treated as empty.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: ".flatMap((value) => value.split('\\n'))",
    new: '',
    promise: 'Every line of a multi-line secret is hidden.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: 'text.replaceAll(value',
    new: 'text.replace(value',
    promise: 'Every occurrence of a secret is hidden.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: '!OPEN.has(name) && !Object.hasOwn(open, name)',
    new: '!OPEN.has(name)',
    promise: 'Values set by the role are not secret.',
  },
  {
    file: 'src/supervisor/screen.ts',
    old: "new Set(['GT_AGENT',",
    new: "new Set(['KEY', 'API_KEY', 'GT_AGENT',",
    promise: 'Values given by the user are secret.',
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
    promise: 'An unreadable record is not treated as absent.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: "if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return new Set()",
    new: 'if (error) return new Set()',
    promise: 'Records that cannot be listed are not treated as absent.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: "desired: v.ifValid(v.literal('running')),",
    new: 'desired: v.ifValid(v.text),',
    promise: 'An unknown desired state does not make a session run.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: 'pid: v.ifValid(v.wholeNumber),',
    new: 'pid: v.ifValid(v.number),',
    promise: 'An invalid pid is ignored.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: `  services.warn(setAside(file))
`,
    new: `  setAside(file)
`,
    promise: 'The warning names a record that was set aside.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: ' || !record.desired) return record',
    new: ') return record',
    promise: 'A failed start does not undo a stop on purpose.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'record.incarnation !== session.incarnation || ',
    new: '',
    promise: 'A failed start does not change the record of another life.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'return {...withoutDesire(record), ...before}',
    new: 'return {...record, ...before}',
    promise: 'A failed start restores the desired state.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'record.incarnation === incarnation ? {...record, readyAt: Date.now()} : record',
    new: 'incarnation ? {...record, readyAt: Date.now()} : record',
    promise: 'Readiness is recorded only for its own life.',
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
    promise: 'Nothing is written for a session without a record.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: 'if (changed && changed !== record) await replace(changed)',
    new: 'if (changed) await replace(changed)',
    promise: 'An unchanged record is not written.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: `return await withFileLock(file, async () =>
    work(`,
    new: `return await (async (_, run) => run())(file, async () =>
    work(`,
    promise: 'Two commands never change a record at the same time.',
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
    promise: 'An unexpected error is not reduced to a warning.',
  },
  {
    file: 'src/supervisor/session-record/write.ts',
    old: '...(identity && {pidStart: identity.start})',
    new: '',
    promise: 'A record holds the start time of its process, because a pid may be reused.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: `    ...input.env,
    GT_SESSION_ID: sessionMarker(agent, input.incarnation),`,
    new: `    GT_SESSION_ID: sessionMarker(agent, input.incarnation),
    ...input.env,`,
    promise: 'Nothing overrides GT_SESSION_ID, because the killer relies on it.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: `...chosen.preset.env,
    ...input.env,`,
    new: `...input.env,
    ...chosen.preset.env,`,
    promise: "The user's environment takes precedence over the agent's.",
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: "['CLAUDECODE', 'NODE_OPTIONS']",
    new: "['CLAUDECODE']",
    promise: 'Variables that mislead an agent are removed.',
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
    promise: 'A session is labelled as accepting dialogs only if that was allowed.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: 'return labels.dialogs === ACCEPTED',
    new: "return labels.dialogs !== 'refused'",
    promise: 'Dialogs of a session started without permission are left alone.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: 'return `${town.realRoot}/${sessionName}/`',
    new: 'return `${ref.town.realRoot}/${sessionName}`',
    promise: 'Strays of a session with a longer name of the same prefix are not its own.',
  },
  {
    file: 'src/supervisor/session-spec.ts',
    old: "...(bracketedPaste && {paste: 'bracketed'})",
    new: "paste: 'bracketed'",
    promise: 'Several lines become one paste only if the settings say so.',
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
    promise: 'A backend without an answer does not mean that there are no sessions.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    if (!running) throw error
    await recordDesire(services, agent)
    return`,
    new: `    if (!running) throw error
    return`,
    promise: 'A start that finds the session running records that it should run.',
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
    promise: 'A start of a running session records that it should run.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `  await services.endStrays(markerPrefix(agent), {graceMs: role.stopGraceMs})
`,
    new: '',
    promise: 'Processes that survived a killed backend are ended before another agent starts.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    const outcome = await cleanUp(backend, session, failure)
`,
    new: `    const outcome = failure
`,
    promise: 'A failed start leaves no session.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    await recordFailure(services, agent, {session, before: created.before})
`,
    new: '',
    promise: 'A failed start restores the desired state.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: `    await recordReady(services, agent, session)
`,
    new: '',
    promise: 'Readiness is recorded.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: 'if (findings) await keepPostMortem(services, agent, {backend, session, findings})',
    new: 'void findings',
    promise: 'The reason of a failed start is saved.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: 'withScreen(await explainLoss(query, error), secretsOf(spec.env, role.env(agent)))',
    new: 'withScreen(await explainLoss(query, error), {} as ReturnType<typeof secretsOf>)',
    promise: 'The message of a failed start contains no secret from the environment.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: "typeof dialog === 'string' ? redact([dialog], secrets) : []",
    new: "typeof dialog === 'string' ? [dialog] : []",
    promise: 'No message contains a secret shown by a dialog.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: 'await explainLoss(query, error)',
    new: 'await Promise.resolve(error)',
    promise: 'If typing ends the agent, the error says how it ended.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: "if (chosen.preset.promptMode === 'none') {",
    new: "if (agent.preset.promptMode !== 'arg') {",
    promise: 'A silent agent gets no messages.',
  },
  {
    file: 'src/supervisor/start.ts',
    old: "code: isGtError(error) ? error.code : 'START_FAILED',",
    new: "code: 'START_FAILED',",
    promise: 'A failed start keeps its error code even if its clean-up fails too.',
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
    promise: 'A message that may have arrived is not typed again.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: "const isTyped: boolean = attempt.outcome === 'typed'",
    new: "const isTyped: boolean = attempt.outcome === 'typed' && false",
    promise: 'A message already in the prompt is submitted, not typed again.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `  if (now?.liveness === 'alive') return attempt.reason
`,
    new: `  if (now !== null) return attempt.reason
`,
    promise: 'A start fails if its messages end the agent.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `    services.warn(\`the agent in session '\${session.name}' did not get its instructions: \${reason}\`)
    return
`,
    new: `    services.warn(\`the agent in session '\${session.name}' did not get its instructions: \${reason}\`)
`,
    promise: 'No message follows one that was not accepted.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `    signal?.throwIfAborted()
    const reason`,
    new: '    const reason',
    promise: 'An interrupted start sends no further messages.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `    services.warn('this session backend cannot type: the agent did not get its instructions')
`,
    new: '',
    promise: 'gt warns if an agent could not get its instructions.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: 'force: false',
    new: 'force: true',
    promise: 'No startup message is typed while a person watches the session.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `  if (session.labels.prompt !== undefined) return true
`,
    new: '',
    promise: 'A prompt named in settings is waited for, even while it is covered.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: '  if (!(await changed(services, started, before))) {',
    new: '  if (!(await changed(services, started, before)) && before === undefined) {',
    promise: 'gt warns about a message that leaves no trace.',
  },
  {
    file: 'src/supervisor/startup-messages.ts',
    old: `  await timerOf(services).sleep(ENTER_DELAY_MS, signal)
`,
    new: '',
    promise: 'Enter follows late enough not to become part of the pasted text.',
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
    promise: 'The pids of a remote backend are not looked up on this machine.',
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
    promise: 'A frozen agent that outlived its session is reported.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: 'record?.incarnation === session.incarnation ? record : undefined',
    new: 'record',
    promise: 'Readiness is reported for this life, not an earlier one.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: "session.liveness === 'alive' ? processState(session.pid) : 'ended'",
    new: 'processState(session.pid)',
    promise: 'The pid of an ended process is not looked up, because it may be reused.',
  },
  {
    file: 'src/supervisor/status.ts',
    old: 'const reason = session.stopping ? STOPPING : ',
    new: 'const reason = ',
    promise: 'An unfinished stop is reported.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: `  await forgetDesire(services, agent)
  return await end(services, agent, options)`,
    new: `  const ended = await end(services, agent, options)
  await forgetDesire(services, agent)
  return ended`,
    promise: 'The desired state is cleared before the session is ended.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: `    const strays = await services.endStrays(markerPrefix(agent), {graceMs})
`,
    new: `    const strays = 0
`,
    promise: 'A stop ends processes that survived a killed backend.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: '  if (await isInside(services, agent, session)) {',
    new: '  if ((await isInside(services, agent, session)) && graceMs < 0) {',
    promise: 'A command inside the session that it stops runs again outside of it.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: ' || services.runsUnder(session.pid)',
    new: '',
    promise: 'A descendant of the agent is inside its session.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: 'marker === sessionMarker(agent, session.incarnation) || ',
    new: '',
    promise: "A process with the session's marker is inside it.",
  },
  {
    file: 'src/supervisor/stop.ts',
    old: 'sessionMarker(agent, session.incarnation)',
    new: "`${markerPrefix(ref, session.name)}${marker?.split('/').at(-1)}`",
    promise: 'A process of an earlier life is not inside the session.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: `  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
`,
    new: '',
    promise: 'A stop writes the post-mortem before it cleans up a death.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: "ended === 'stopped' && session.liveness !== 'dead'",
    new: "session.liveness !== 'dead'",
    promise: 'A session that ended by itself is not reported as stopped.',
  },
  {
    file: 'src/supervisor/stop.ts',
    old: "ended === 'stopped' && session.liveness !== 'dead'",
    new: "ended === 'stopped'",
    promise: 'A session whose agent had ended is not reported as having run.',
  },
  {
    file: 'src/supervisor/create-session.ts',
    old: 'role.guardWorkDir ? await role.guardWorkDir(agent, wanted.spec.cwd, create) : await create()',
    new: 'await create()',
    promise: 'No session is created in a directory that its role reports as gone.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: 'agent: record.desired && agent}',
    new: 'agent}',
    promise: 'A session that should not run has no recorded agent.',
  },
  {
    file: 'src/supervisor/session-record/read.ts',
    old: "if (!hasCode(error, 'UNWRITABLE')) throw error",
    new: 'throw error',
    promise: 'A record that cannot be set aside does no harm.',
  },
  {
    file: 'src/supervisor/processes-of.ts',
    old: "session.liveness === 'dead' ? [] : [session.pid]",
    new: '[session.pid]',
    promise: 'A reused pid does not count as a process of the session.',
  },
]
