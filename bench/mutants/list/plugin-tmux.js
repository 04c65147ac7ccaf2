export default [
  {
    file: 'packages/plugin-tmux/src/ask.ts',
    old: 'maxBuffer: Number.POSITIVE_INFINITY',
    new: 'maxBuffer: 2 ** 20',
    promise: 'A long answer of tmux is asked for once.',
  },
  {
    file: 'packages/plugin-tmux/src/attach.ts',
    old: '(await realpath(outer)) === (await realpath(socket))',
    new: 'outer === socket',
    promise: 'The same server is known by any path.',
  },
  {
    file: 'packages/plugin-tmux/src/attach.ts',
    old: 'if (code !== 0 && (await findLife(tmux, handle))) {',
    new: 'if (code === 999) {',
    promise: 'A terminal that could not show the session is an error.',
    tests: ['packages/plugin-tmux/test/integration/attach.test.ts'],
  },
  {
    file: 'packages/plugin-tmux/src/commands.ts',
    old: 'return `=${name}:`',
    new: 'return `${name}:`',
    promise: 'A session with the same prefix in its name is another one.',
  },
  {
    file: 'packages/plugin-tmux/src/environment.ts',
    old: "if (result.stdout === '') throw lost(handle.name)",
    new: '',
    promise: 'The environment of another life is not returned.',
  },
  {
    file: 'packages/plugin-tmux/src/environment.ts',
    old: 'if (result.code !== 0) throw unexpected(result)',
    new: 'if (result.code !== 0) return {}',
    promise: 'An environment that tmux does not show is not taken for an empty one.',
  },
  {
    file: 'packages/plugin-tmux/src/errors.ts',
    old: '/no server running|error connecting to .* \\(No such file or directory\\)/',
    new: '/no server running|error connecting to .*/',
    promise: 'A server that cannot be reached is unknown, not absent.',
  },
  {
    file: 'packages/plugin-tmux/src/errors.ts',
    old: "?.[1] ?? 'unavailable'",
    new: "?.[1] ?? 'noSession'",
    promise: 'An unexpected tmux message means unknown, not absent.',
  },
  {
    file: 'packages/plugin-tmux/src/errors.ts',
    old: "return result.code !== 0 && (failure === 'noServer' || failure === 'noSession')",
    new: "return failure === 'noServer' || failure === 'noSession'",
    promise: 'A tmux that succeeded has found the session, whatever warnings it printed.',
  },
  {
    file: 'packages/plugin-tmux/src/errors.ts',
    old: "(failure === 'noServer' || failure === 'noSession')",
    new: "failure !== 'duplicate'",
    promise: 'A session is absent only when tmux clearly says so.',
  },
  {
    file: 'packages/plugin-tmux/src/errors.ts',
    old: "liveness: 'unknown'",
    new: "liveness: 'dead'",
    promise: 'No answer is reported as unknown.',
  },
  {
    file: 'packages/plugin-tmux/src/inspect.ts',
    old: `if (isAbsent(result)) return undefined
    throw unexpected(result)`,
    new: 'return undefined',
    promise: 'A session about which tmux says nothing is unknown, not absent.',
  },
  {
    file: 'packages/plugin-tmux/src/inspect.ts',
    old: 'if (result.code !== 0 && !isAbsent(result)) throw unexpected(result)',
    new: '',
    promise: 'A list that tmux does not return is unknown, not empty.',
  },
  {
    file: 'packages/plugin-tmux/src/inspect.ts',
    old: "if (code !== 0 && !stderr.includes('unknown variable')) throw",
    new: 'if (code === 999) throw',
    promise: 'An environment that tmux does not show is not taken for one without a marker.',
  },
  {
    file: 'packages/plugin-tmux/src/inspect.ts',
    old: 'environmentValue(withoutView(result, shown), ',
    new: 'environmentValue(result, ',
    promise: 'Text on the screen is not taken for the session’s environment.',
  },
  {
    file: 'packages/plugin-tmux/src/inspect.ts',
    old: `checkSessionName(name)
`,
    new: `
`,
    promise: 'A name that tmux could misread is refused.',
  },
  {
    file: 'packages/plugin-tmux/src/inspect.ts',
    old: 'shown.pane === agentPane(settled)?.pane && ',
    new: '',
    promise: 'The screen that inspect shows is the agent’s.',
  },
  {
    file: 'packages/plugin-tmux/src/inspect.ts',
    old: 'const start = `\\n${stdout}`.indexOf(`\\n${name}=`)',
    new: 'const start = `\\n${stdout}`.indexOf(`${name}=`) - 1',
    promise: 'A variable whose name merely has the same ending is another one.',
  },
  {
    file: 'packages/plugin-tmux/src/life.ts',
    old: 'return panes[0].incarnation === handle.incarnation ? {panes, result} : undefined',
    new: 'return {panes, result}',
    promise: 'A later session with the id of an earlier one is not taken for it.',
  },
  {
    file: 'packages/plugin-tmux/src/life.ts',
    old: '`#{==:${INCARNATION},${handle.incarnation}}`',
    new: "'1'",
    promise: 'The incarnation is compared in the same step that ends the session.',
  },
  {
    file: 'packages/plugin-tmux/src/life.ts',
    old: '/^\\$\\d+$/.test(id)',
    new: '/^\\$\\d+/.test(id)',
    promise: 'An id that is not just a number is refused.',
  },
  {
    file: 'packages/plugin-tmux/src/life.ts',
    old: '/^(created:\\d+|[A-Za-z0-9_-]+)$/.test(incarnation)',
    new: '/^(created:\\d+|[A-Za-z0-9_-]+)/.test(incarnation)',
    promise: 'An incarnation that tmux could misread is refused.',
  },
  {
    file: 'packages/plugin-tmux/src/life.ts',
    old: '/^(created:\\d+|[A-Za-z0-9_-]+)$/.test(incarnation)',
    new: '/(created:\\d+|[A-Za-z0-9_-]+)$/.test(incarnation)',
    promise: 'An incarnation that begins with a format is refused.',
  },
  {
    file: 'packages/plugin-tmux/src/life.ts',
    old: `checkHandle(handle)
  const listing`,
    new: 'const listing',
    promise: 'A handle that is not tmux’s is refused before anything is asked.',
  },
  {
    file: 'packages/plugin-tmux/src/life.ts',
    old: `if (isAbsent(result)) return undefined
  throw unexpected(result)`,
    new: 'return undefined',
    promise: 'A life about which tmux says nothing is unknown, not over.',
  },
  {
    file: 'packages/plugin-tmux/src/life.ts',
    old: "if (hasEnded(pane)) throw lost(handle.name, 'its agent has ended')",
    new: '',
    promise: 'A text for an agent that has ended is refused, and the message says so.',
  },
  {
    file: 'packages/plugin-tmux/src/life.ts',
    old: "if (!pane) throw lost(handle.name, 'the pane of its agent was closed')",
    new: 'if (!pane) return life.panes[0]',
    promise: 'Keys reach only the agent’s pane.',
  },
  {
    file: 'packages/plugin-tmux/src/panes.ts',
    old: "created:#{session_created},#{@gt_incarnation}}'",
    new: "created:#{session_id},#{@gt_incarnation}}'",
    promise: 'A session that gt did not start is identified by its creation time.',
  },
  {
    file: 'packages/plugin-tmux/src/panes.ts',
    old: 'if (!line.startsWith(TAG)) continue',
    new: 'if (!line.includes(TAG)) continue',
    promise: 'The output of a user’s hook is not taken for a pane.',
  },
  {
    file: 'packages/plugin-tmux/src/panes.ts',
    old: 'if (found[0]) checkVersion(found[0][0].version)',
    new: '',
    promise: 'A server that is too old is refused, not misread.',
  },
  {
    file: 'packages/plugin-tmux/src/panes.ts',
    old: "return first.agentPane === '' ? first : panes.find(({pane}) => pane === first.agentPane)",
    new: 'return panes.find(({pane}) => pane === first.agentPane) ?? first',
    promise: 'A session whose agent’s pane was closed is dead, whatever other panes it has.',
  },
  {
    file: 'packages/plugin-tmux/src/panes.ts',
    old: "const name = values.splice(fields.length - 1).join('|')",
    new: "const name = values.splice(fields.length - 1)[0] ?? ''",
    promise: 'A foreign session’s name with a separator is read completely.',
  },
  {
    file: 'packages/plugin-tmux/src/panes.ts',
    old: 'pane.incarnation ||= `created:${pane.created}`',
    new: '',
    promise: 'A session that gt did not start has an incarnation, too.',
  },
  {
    file: 'packages/plugin-tmux/src/quote.ts',
    old: 'const NOT_PLAIN = /[\\x00-\\x7f]/g',
    new: 'const NOT_PLAIN = /[\\x00-\\x7f]/',
    promise: 'No character of a value has a meaning for tmux.',
  },
  {
    file: 'packages/plugin-tmux/src/quote.ts',
    old: 'const PLAIN = /[A-Za-z0-9 _.,:/@+-]/',
    new: 'const PLAIN = /[A-Za-z0-9 _.,:/@+$-]/',
    promise: 'A dollar sign in a value is not expanded.',
  },
  {
    file: 'packages/plugin-tmux/src/quote.ts',
    old: ".padStart(3, '0')",
    new: '',
    promise: 'A digit after a special character stays a digit.',
  },
  {
    file: 'packages/plugin-tmux/src/quote.ts',
    old: "text.replace(/[#%]/g, '$&$&')",
    new: "text.replace(/[#]/g, '$&$&')",
    promise: 'A percent sign in a title is not expanded as a date.',
  },
  {
    file: 'packages/plugin-tmux/src/quote.ts',
    old: "text.replace(/[#%]/g, '$&$&')",
    new: "text.replace(/[%]/g, '$&$&')",
    promise: 'A title runs no command.',
  },
  {
    file: 'packages/plugin-tmux/src/registration.ts',
    old: 'return statSync(file).isFile()',
    new: 'return statSync(file) !== undefined',
    promise: 'A folder called tmux is not taken for the program.',
  },
  {
    file: 'packages/plugin-tmux/src/run-outside.ts',
    old: 'Object.entries({...env, GT_SESSION_ID: INFRA_MARKER})',
    new: 'Object.entries({GT_SESSION_ID: INFRA_MARKER, ...env})',
    promise: 'A program outside all sessions carries no session’s marker.',
  },
  {
    file: 'packages/plugin-tmux/src/run-outside.ts',
    old: 'if (!result.stdout.includes(BORN)) throw unexpected(result)',
    new: '',
    promise: 'A program that was not started is an error.',
  },
  {
    file: 'packages/plugin-tmux/src/run-outside.ts',
    old: "unsetEnv: ['TMUX', 'TMUX_PANE']",
    new: 'unsetEnv: []',
    promise: 'A program outside all sessions has no TMUX_PANE.',
  },
  {
    file: 'packages/plugin-tmux/src/session.ts',
    old: 'const ended = !agent || hasEnded(agent)',
    new: 'const ended = agent !== undefined && hasEnded(agent)',
    promise: 'A session without its agent’s pane is dead.',
  },
  {
    file: 'packages/plugin-tmux/src/session.ts',
    old: 'if (error instanceof URIError) return word',
    new: '',
    promise: 'Malformed labels do not hide a session.',
  },
  {
    file: 'packages/plugin-tmux/src/session.ts',
    old: "stopping: any.stopping !== ''",
    new: 'stopping: false',
    promise: 'The next command sees that a stop has begun.',
  },
  {
    file: 'packages/plugin-tmux/src/session.ts',
    old: 'new URLSearchParams({...labels}).toString()',
    new: "Object.entries(labels).map((pair) => pair.join('=')).join('&')",
    promise: 'Labels are returned as they were given.',
  },
  {
    file: 'packages/plugin-tmux/src/spec.ts',
    old: '/^#?[A-Za-z0-9]+$/',
    new: '/^#?[A-Za-z0-9]+/',
    promise: 'A colour with a format behind it is refused.',
  },
  {
    file: 'packages/plugin-tmux/src/spec.ts',
    old: '/^#?[A-Za-z0-9]+$/',
    new: '/#?[A-Za-z0-9]+$/',
    promise: 'A colour with a format before it is refused.',
  },
  {
    file: 'packages/plugin-tmux/src/spec.ts',
    old: 'for (const colour of [background, foreground])',
    new: 'for (const colour of [background])',
    promise: 'The foreground colour is checked, too.',
  },
  {
    file: 'packages/plugin-tmux/src/start-script.ts',
    old: "`%if 1\\n${commands.map((words) => words.map(quote).join(' ')).join(' ; ')}\\n%endif\\n`",
    new: "`${commands.map((words) => words.map(quote).join(' ')).join(' ; ')}\\n`",
    promise: 'tmux runs nothing of a truncated start script.',
  },
  {
    file: 'packages/plugin-tmux/src/start-script.ts',
    old: ".map(quote).join(' ')).join(' ; ')",
    new: ".map(quote).join(' ')).join('\\n')",
    promise: 'A start that is refused the name does not label the existing session.',
  },
  {
    file: 'packages/plugin-tmux/src/start-script.ts',
    old: 'if (words.length > 1 && again.length === 0',
    new: 'if (again.length === 0',
    promise: 'A command of one word is not run by a shell.',
  },
  {
    file: 'packages/plugin-tmux/src/start-script.ts',
    old: "words[0].includes('=') ? ['nice', '-n', '0'] : []",
    new: "words[0].includes('=') ? [] : []",
    promise: 'A path with an equals sign is not taken for a variable.',
  },
  {
    file: 'packages/plugin-tmux/src/start-script.ts',
    old: 'const again = SET_BY_TMUX.flatMap((name) => (env[name] === undefined ? [] : [`${name}=${env[name]}`]))',
    new: 'const again = Object.keys(env).flatMap((name) => (env[name] === undefined ? [] : [`${name}=${env[name]}`]))',
    promise: 'No secret appears in an argument list.',
  },
  {
    file: 'packages/plugin-tmux/src/start-script.ts',
    old: '`${escapeFormat(title)} `',
    new: '`${title} `',
    promise: 'A title is shown unchanged, and runs nothing.',
  },
  {
    file: 'packages/plugin-tmux/src/start-script.ts',
    old: "set('destroy-unattached', 'off'),",
    new: '',
    promise: 'A user’s tmux.conf does not end a session without clients.',
  },
  {
    file: 'packages/plugin-tmux/src/start-script.ts',
    old: "[command.setOption, '-p', '-t', target, 'remain-on-exit', 'on'],",
    new: '',
    promise: 'The pane of an ended agent stays, for its exit code and last screen.',
  },
  {
    file: 'packages/plugin-tmux/src/start-script.ts',
    old: "[command.setHook, '-p', '-t', target, 'pane-died', ''],",
    new: '',
    promise: 'A hook of the user’s does not start an agent again.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: `    const result = await create(services.tmux, attempt, signal)
    signal?.throwIfAborted()`,
    new: '    const result = await create(services.tmux, attempt, signal)',
    promise: 'A start that is cancelled while tmux creates the session leaves none.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: `  signal?.throwIfAborted()
  try {`,
    new: '  try {',
    promise: 'A start that is cancelled before tmux is called creates nothing.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: "if (failure === 'duplicate') throw sessionExists(spec.name)",
    new: '',
    promise: 'A taken name is reported as taken.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: "if (failure !== 'noServer' || tries === MAX_TRIES) throw",
    new: "if (failure !== 'noServer' || tries === 1) throw",
    promise: 'A start that lost a race with an exiting server is retried.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: "if (failure !== 'noServer' || tries === MAX_TRIES) throw",
    new: "if (failure !== 'noServer' || tries === MAX_TRIES * 99) throw",
    promise: 'A server that never comes up is given up in the end.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: "if (failure !== 'noServer' || tries === MAX_TRIES) throw",
    new: 'if (tries === MAX_TRIES) throw',
    promise: 'A start with an unknown outcome is not repeated.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: 'if (sessionId !== birth.id || found !== incarnation) throw',
    new: 'if (found !== incarnation) throw',
    promise: 'The returned session is the one that was created.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: 'if (sessionId !== birth.id || found !== incarnation) throw',
    new: 'if (sessionId !== birth.id) throw',
    promise: 'A session with another label is not the one that was created.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: 'agentPane === birth.pane ? panes : await adoptAgain(tmux, birth, agentPane)',
    new: 'panes',
    promise: 'The agent’s pane is the one that was started, whatever a hook did.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: 'await remove(services, attempt, error)',
    new: '',
    promise: 'A start that failed leaves no session.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: 'await stop(services, {...handle, incarnation: birth.incarnation}, 0)',
    new: '',
    promise: 'A session that could not be labelled is removed, too.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: 'await stop(services, {...handle, incarnation}, 0)',
    new: '',
    promise: 'A labelled session is removed when its start fails.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: 'throw unavailable(`${first}; and its session may be left behind: ${second}`, {cause: error})',
    new: 'void [first, second, unavailable]',
    promise: 'A session that could not be removed is reported.',
  },
  {
    file: 'packages/plugin-tmux/src/start.ts',
    old: 'const result = await tmux.run(args, {input, cwd: spec.cwd})',
    new: 'const result = await tmux.run(args, {input})',
    promise: 'A session runs in the given directory.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: "if (!life) return 'absent'",
    new: "if (!life) return 'stopped'",
    promise: 'A life that is already over is reported as absent.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: 'if (survivors.length > 0) throw sessionSurvived(handle.name, survivors)',
    new: '',
    promise: 'Survivors of a stop are reported, and their session is kept.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: "tmux.run(ifAlive(handle, `${command.killSession} -t '${handle.id}'`))",
    new: "tmux.run([command.killSession, '-t', handle.id])",
    promise: 'A session that took the place of the stopped one is not ended.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: 'if (removal.code !== 0 && !isAbsent(removal)) throw unexpected(removal)',
    new: '',
    promise: 'A session that tmux did not end is not reported as stopped.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: 'if (removal.code !== 0 && !isAbsent(removal)) throw unexpected(removal)',
    new: 'if (removal.code !== 0) throw unexpected(removal)',
    promise: 'A session that ended with its processes is no error.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: 'ifAlive(handle, markStopping(handle.id)),',
    new: '',
    promise: 'A stop marks the session before it ends anything.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: 'ifAlive(handle, markStopping(handle.id)),',
    new: "[command.setOption, '-t', handle.id, '@gt_stopping', '1'],",
    promise: 'A later session under the same id is not marked.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: 'ifAlive(handle, withoutRespawn(handle.id)),',
    new: '',
    promise: 'A hook of the user’s restarts nothing that a stop ends.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: 'panes.filter((pane) => !hasEnded(pane)).map(',
    new: 'panes.filter((pane) => hasEnded(pane) || pane).map(',
    promise: 'The pid of an ended process is no root: another process may have it.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: 'parentPid: Number(panes[0].server),',
    new: '',
    promise: 'A root counts only where the server is its parent.',
  },
  {
    file: 'packages/plugin-tmux/src/stop.ts',
    old: '...(marker && marker !== INFRA_MARKER && {marker})',
    new: '...(marker && {marker})',
    promise: 'The server’s own marker is never a session’s.',
  },
  {
    file: 'packages/plugin-tmux/src/tmux.ts',
    old: '/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/',
    new: '/^[A-Za-z0-9_][A-Za-z0-9_.-]*/',
    promise: 'The name of a server must not be a path.',
  },
  {
    file: 'packages/plugin-tmux/src/tmux.ts',
    old: '/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/',
    new: '/[A-Za-z0-9_][A-Za-z0-9_.-]*$/',
    promise: 'The name of a server does not begin with a dash or a slash.',
  },
  {
    file: 'packages/plugin-tmux/src/tmux.ts',
    old: "const server = ['-u', '-L', socketName(env)]",
    new: "const server = env.GT_TMUX_SOCKET ? ['-u', '-L', socketName(env)] : ['-u']",
    promise: 'Inside another tmux the same server is used as outside.',
  },
  {
    file: 'packages/plugin-tmux/src/tmux.ts',
    old: 'env: {...env, GT_SESSION_ID: INFRA_MARKER, ...(cwd && {PWD: cwd})},',
    new: 'env: {...env, ...(cwd && {PWD: cwd})},',
    promise: 'A server that gt starts carries no session’s marker.',
  },
  {
    file: 'packages/plugin-tmux/src/tmux.ts',
    old: `    killSignal: 'SIGKILL',
`,
    new: '',
    promise: 'A tmux that ignores SIGTERM is killed.',
  },
  {
    file: 'packages/plugin-tmux/src/tmux.ts',
    old: 'timeout: timeoutMs,',
    new: 'timeout: timeoutMs * 1e4,',
    promise: 'A tmux that never answers is given up.',
  },
  {
    file: 'packages/plugin-tmux/src/tmux.ts',
    old: 'if (code !== null) resolve({code, ...output})',
    new: 'if (code !== undefined) resolve({code: code ?? 1, ...output})',
    promise: 'A tmux that was killed gave no answer: the state is unknown.',
  },
  {
    file: 'packages/plugin-tmux/src/tmux.ts',
    old: "if (error.code !== 'EPIPE') reject(cannotRun(error))",
    new: 'reject(cannotRun(error))',
    promise: 'A tmux that ended before it read its input says itself why.',
  },
  {
    file: 'packages/plugin-tmux/src/tmux.ts',
    old: 'detached: true,',
    new: '',
    promise: 'Ctrl-C ends no tmux in the middle of a call.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: '`${command.pasteBuffer} -d -p -b ${buffer} -t ${pane}`',
    new: '`${command.pasteBuffer} -d -b ${buffer} -t ${pane}`',
    promise: 'Several lines are one paste.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: '`${command.pasteBuffer} -d -p -b ${buffer} -t ${pane}`',
    new: '`${command.pasteBuffer} -p -b ${buffer} -t ${pane}`',
    promise: 'No text stays in a tmux buffer.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: 'await send(tmux, {handle, pane, seen}, `${command.pasteBuffer}',
    new: 'await send(tmux, {handle, pane, seen: undefined}, `${command.pasteBuffer}',
    promise: 'A text is typed only while the screen is as it was seen.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: 'await send(tmux, {handle, pane, seen}, `${command.sendKeys}',
    new: 'await send(tmux, {handle, pane, seen: undefined}, `${command.sendKeys}',
    promise: 'A key is pressed only while the screen is as it was seen.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: `    await tmux.run([command.deleteBuffer, '-b', buffer])
`,
    new: '',
    promise: 'A refused text does not stay in a buffer.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: `deleteBuffer, '-b', buffer])
    throw error`,
    new: `deleteBuffer, '-b', buffer])
    void error`,
    promise: 'A text that was not typed is an error.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: `if (typed === '') return
`,
    new: `
`,
    promise: 'An empty text types nothing.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: '#{==:#{pane_dead},0}',
    new: '#{==:0,0}',
    promise: 'Nothing is pasted to a pane whose process has ended: an old tmux would crash.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: '#{==:#{pane_input_off},0}',
    new: '#{==:0,0}',
    promise: 'A text for a pane that takes no input is an error, not dropped silently.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: 'const typing = `${command.copyMode} -q -t ${pane} ; ${keys}`',
    new: 'const typing = keys',
    promise: 'Scrolling back swallows no keys.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: 'if (result.stdout.includes(`${REFUSED}1`)) throw screenChanged(handle.name)',
    new: '',
    promise: 'A changed screen is reported as such.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: 'if (result.stdout.includes(REFUSED)) {',
    new: 'if (result.stdout.includes(`${REFUSED}9`)) {',
    promise: 'A refusal of tmux is an error.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: `  checkSuccess(result)
  if (result.stdout`,
    new: '  if (result.stdout',
    promise: 'A tmux that failed to type is an error.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: `const now = '#{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]`,
    new: `const now = '0 #{cursor_y} #{cursor_flag} #{alternate_on} #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]
  then[0] = 0`,
    promise: 'A screen that differs in cursor_x is not the one that was seen.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: `const now = '#{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]`,
    new: `const now = '#{cursor_x} 0 #{cursor_flag} #{alternate_on} #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]
  then[1] = 0`,
    promise: 'A screen that differs in cursor_y is not the one that was seen.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: `const now = '#{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]`,
    new: `const now = '#{cursor_x} #{cursor_y} 0 #{alternate_on} #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]
  then[2] = 0`,
    promise: 'A screen that differs in cursor_flag is not the one that was seen.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: `const now = '#{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]`,
    new: `const now = '#{cursor_x} #{cursor_y} #{cursor_flag} 0 #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]
  then[3] = 0`,
    promise: 'A screen that differs in alternate_on is not the one that was seen.',
  },
  {
    file: 'packages/plugin-tmux/src/typing.ts',
    old: `const now = '#{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]`,
    new: `const now = '#{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} 0'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]
  then[4] = 0`,
    promise: 'A screen that differs in pane_in_mode is not the one that was seen.',
  },
  {
    file: 'packages/plugin-tmux/src/version.ts',
    old: '/^(?:next-)?(\\d+)\\.(\\d+)/',
    new: '/^(\\d+)\\.(\\d+)/',
    promise: 'A development version that is too old is refused, too.',
  },
  {
    file: 'packages/plugin-tmux/src/version.ts',
    old: 'major === OLDEST[0] && minor >= OLDEST[1]',
    new: 'major === OLDEST[0] && minor > OLDEST[1]',
    promise: 'The oldest supported version is accepted.',
  },
  {
    file: 'packages/plugin-tmux/src/version.ts',
    old: '!(major > OLDEST[0] ||',
    new: '!(major >= OLDEST[0] ||',
    promise: 'An older minor version is refused.',
  },
  {
    file: 'packages/plugin-tmux/src/version.ts',
    old: `  checkSuccess(result)
  checkVersion(result.stdout.trim().replace(/^tmux /, ''))
  newEnough.add(tmux)`,
    new: `  newEnough.add(tmux)
  checkSuccess(result)
  checkVersion(result.stdout.trim().replace(/^tmux /, ''))`,
    promise: 'A failed version check is not cached.',
  },
  {
    file: 'packages/plugin-tmux/src/version.ts',
    old: `  checkSuccess(result)
  checkVersion`,
    new: '  checkVersion',
    promise: 'A tmux that fails to report its version does not pass the check.',
  },
  {
    file: 'packages/plugin-tmux/src/view.ts',
    old: 'if (agent && shown?.pane === agent.pane) return shown.view',
    new: 'if (agent && shown) return shown.view',
    promise: 'The agent’s pane is shown, whichever pane is active.',
  },
  {
    file: 'packages/plugin-tmux/src/view.ts',
    old: `if (!again || isAbsent(again.result)) throw lost(handle.name)
  throw unexpected(again.result)`,
    new: 'throw lost(handle.name)',
    promise: 'A screen that tmux does not show is unknown, not lost.',
  },
  {
    file: 'packages/plugin-tmux/src/views.ts',
    old: "const isAgent = agentPane === '' || agentPane === pane",
    new: 'const isAgent = agentPane !== pane || pane',
    promise: 'Each of many screens is the agent’s.',
  },
  {
    file: 'packages/plugin-tmux/src/views.ts',
    old: 'isAgent && view.rows.length === rows.length',
    new: 'isAgent',
    promise: 'The output of a user’s hook is not part of a screen.',
  },
  {
    file: 'packages/plugin-tmux/src/views.ts',
    old: "return ifAlive(handle, commands.map(commandText).join(' ; '))",
    new: "return [command.ifShell, '-F', '-t', `${handle.id}:`, '1', commands.map(commandText).join(' ; ')]",
    promise: 'A later session under the same id is not shown in its place.',
  },
  {
    file: 'packages/plugin-tmux/src/views.ts',
    old: 'if (result.code !== 0 && found.size === 0 && !isAbsent(result)) throw',
    new: 'if (result.code === 999) throw',
    promise: 'No answer from tmux is not taken for "no screens".',
  },
  {
    file: 'packages/plugin-tmux/src/views.ts',
    old: "const tag = `view-${randomBytes(16).toString('hex')}|`",
    new: "const tag = `view|${randomBytes(16).toString('hex').slice(32)}`",
    promise: 'No text on a screen is taken for the start of another screen.',
    tests: ['packages/sdk/test/integration/conformance-tmux.test.ts'],
  },
  {
    file: 'packages/plugin-tmux/src/version.ts',
    old: 'if (!number) return false',
    new: 'if (!number) return true',
    promise: 'A tmux whose version has no number is not called old.',
  },
  {
    file: 'packages/plugin-tmux/src/diagnose.ts',
    old: "if (!hasErrno(error.cause, 'ENOENT')) return failing(error.message)",
    new: 'if (!hasErrno(error.cause)) return failing(error.message)',
    promise: 'That there is no tmux is no failure.',
  },
  {
    file: 'packages/plugin-tmux/src/diagnose.ts',
    old: 'if (code !== 0) return failing(',
    new: 'if (code < 0) return failing(',
    promise: 'A tmux that cannot run is reported.',
  },
  {
    file: 'packages/plugin-tmux/src/diagnose.ts',
    old: 'if (await isListening(socket)) return',
    new: 'if (socket) return',
    promise: 'A server that was killed is not said to run.',
  },
  {
    file: 'packages/plugin-tmux/src/inspect.ts',
    old: "(stdout) => stdout.split('\\n').includes(END),",
    new: '() => true,',
    promise: 'A list that tmux did not print whole is not taken for an empty one.',
  },
  {
    file: 'packages/plugin-tmux/src/inspect.ts',
    old: '(stdout) => parsePanes(stdout).length > 0,',
    new: '() => true,',
    promise: 'A look at a session that tmux answers with nothing is repeated.',
  },
  {
    file: 'packages/plugin-tmux/src/until-answered.ts',
    old: "if (tries === TRIES) throw unavailable('tmux gave no answer: it ended without a complete one')",
    new: 'if (tries === TRIES) return result',
    promise: 'Sessions are unknown, not absent, if tmux never answers.',
  },
]
