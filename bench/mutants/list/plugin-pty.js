export default [
  {
    file: 'packages/plugin-pty/src/attach.ts',
    old: 'if (place.env[SOCKET_VARIABLE] === socket) {',
    new: 'if (place.env[SOCKET_VARIABLE] === socket && !socket) {',
    promise: 'A session is not shown inside itself.',
    tests: ['packages/plugin-pty/test/integration/attach.test.ts'],
  },
  {
    file: 'packages/plugin-pty/src/birth.ts',
    old: '...without(base, OTHER_TERMINAL),',
    new: '...without(base, []),',
    promise: 'A session does not inherit the variables of gt’s own terminal.',
  },
  {
    file: 'packages/plugin-pty/src/birth.ts',
    old: `    GT_SESSION_ID: INFRA_MARKER,
`,
    new: '',
    promise: 'A session without a marker does not inherit that of gt’s own session.',
  },
  {
    file: 'packages/plugin-pty/src/birth.ts',
    old: `    ...env,
    [SOCKET_VARIABLE]: socket,`,
    new: `    [SOCKET_VARIABLE]: socket,
    ...env,`,
    promise: 'A session finds its own shim, whatever variables it was given.',
  },
  {
    file: 'packages/plugin-pty/src/birth.ts',
    old: 'return without(variables, unsetEnv)',
    new: 'return without(variables, unsetEnv.length > 99 ? unsetEnv : [])',
    promise: 'Variables named in unsetEnv are unset.',
  },
  {
    file: 'packages/plugin-pty/src/detach-key.ts',
    old: "if (char === 'd' || char === 'D') return",
    new: "if (char === 'd') return",
    promise: 'The detach key works in upper case, too.',
  },
  {
    file: 'packages/plugin-pty/src/directory.ts',
    old: 'if (isAbsolute(env.GT_PTY_DIR) && Buffer',
    new: 'if (Buffer',
    promise: 'The sessions’ folder is the same wherever gt is called.',
  },
  {
    file: 'packages/plugin-pty/src/directory.ts',
    old: 'isAbsolute(env.GT_PTY_DIR) && Buffer.byteLength(env.GT_PTY_DIR) <= MAX_LENGTH',
    new: 'isAbsolute(env.GT_PTY_DIR)',
    promise: 'A path that is too long for a socket is refused.',
  },
  {
    file: 'packages/plugin-pty/src/directory.ts',
    old: 'const found = await lstat(folder)',
    new: "const found = await (await import('node:fs/promises')).stat(folder)",
    promise: 'A link to a folder is refused: somebody else may change it.',
  },
  {
    file: 'packages/plugin-pty/src/directory.ts',
    old: 'if (found.uid !== process.getuid?.()) throw',
    new: 'if (found.uid < 0) throw',
    promise: "Another user's folder is refused.",
  },
  {
    file: 'packages/plugin-pty/src/directory.ts',
    old: 'if (found.mode & 0o077) throw',
    new: 'if (found.mode & 0o007) throw',
    promise: 'A folder to which other users have access is refused.',
  },
  {
    file: 'packages/plugin-pty/src/directory.ts',
    old: 'await mkdir(folder, {mode: 0o700})',
    new: 'await mkdir(folder)',
    promise: 'The sessions’ folder is its owner’s alone from the beginning.',
  },
  {
    file: 'packages/plugin-pty/src/directory.ts',
    old: `    }
    await checkFolder(folder)
  }`,
    new: `    }
  }`,
    promise: 'No session is made in an existing folder that is not this user’s alone.',
  },
  {
    file: 'packages/plugin-pty/src/directory.ts',
    old: `if (hasErrno(error, 'ENOENT')) return false
      throw error`,
    new: 'return false',
    promise: 'An untrusted folder does not prove that there is no session.',
  },
  {
    file: 'packages/plugin-pty/src/shim-client.ts',
    old: "socket.on('close', () => fail(new NobodyListens(`${shim} closed the connection`)))",
    new: '',
    promise: 'There is no wait for a shim that disconnects.',
  },
  {
    file: 'packages/plugin-pty/src/shim-client.ts',
    old: "hasErrno(error, 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE')",
    new: "hasErrno(error, 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EACCES', 'ENOTDIR', 'ENOTSOCK', 'EINVAL')",
    promise: 'A socket that cannot be reached is unknown, not abandoned.',
  },
  {
    file: 'packages/plugin-pty/src/shim-client.ts',
    old: "if (refusal === 'otherLife') return sessionLost(name)",
    new: '',
    promise: 'A refusal because of another life means that the session is lost.',
  },
  {
    file: 'packages/plugin-pty/src/shim-client.ts',
    old: "if (refusal === 'screenChanged') return screenChanged(name)",
    new: '',
    promise: 'A refusal because of another screen says so.',
  },
  {
    file: 'packages/plugin-pty/src/shim-client.ts',
    old: '() => fail(unavailable(`${shim} gave no answer within ${timeoutMs} ms`)),',
    new: '() => fail(new NobodyListens(`${shim} gave no answer within ${timeoutMs} ms`)),',
    promise: 'A shim that gives no answer in time is unknown, not gone.',
  },
  {
    file: 'packages/plugin-pty/src/shim-client.ts',
    old: "else if ('refusal' in reply) fail(meaningOfRefusal(name, reply))",
    new: "else if ('refusal' in reply) resolve({socket, answer: reply as never})",
    promise: 'A refusal is not taken for an answer.',
  },
  {
    file: 'packages/plugin-pty/src/shim-client.ts',
    old: 'if (answered) return onMessage(message)',
    new: 'if (answered) return',
    promise: 'A viewer gets the messages after the answer.',
  },
  {
    file: 'packages/plugin-pty/src/shim-process.ts',
    old: 'const {NODE_OPTIONS: _, ...inherited} = env',
    new: 'const {...inherited} = env',
    promise: 'Debugging options for gt do not reach the shim.',
  },
  {
    file: 'packages/plugin-pty/src/shim-process.ts',
    old: 'env: {...inherited, GT_SESSION_ID: INFRA_MARKER},',
    new: 'env: inherited,',
    promise: 'A shim never counts as a process of gt’s own session.',
  },
  {
    file: 'packages/plugin-pty/src/shim-process.ts',
    old: "if ('failure' in answer)",
    new: "if ('failure' in answer && answer.failure === '')",
    promise: 'A shim that could not start the session is an error.',
  },
  {
    file: 'packages/plugin-pty/src/shim-process.ts',
    old: "if (!inTime) this.#child.kill('SIGKILL')",
    new: '',
    promise: 'A shim that does not end by itself is ended.',
  },
  {
    file: 'packages/plugin-pty/src/shim-process.ts',
    old: 'const timer = setTimeout(silent, ',
    new: 'const timer = setTimeout(() => void silent, ',
    promise: 'The wait for a silent shim has a limit.',
  },
  {
    file: 'packages/plugin-pty/src/shim-process.ts',
    old: 'reject(unavailable(`the process that holds sessions ended at once: ${how}`))',
    new: 'void how',
    promise: 'There is no wait for a shim that has ended.',
  },
  {
    file: 'packages/plugin-pty/src/shim-process.ts',
    old: "signal?.addEventListener('abort', () => reject(signal.reason), {once: true})",
    new: '',
    promise: 'A cancelled start does not wait for its shim.',
  },
  {
    file: 'packages/plugin-pty/src/shim/agent.ts',
    old: 'if (!this.#exit) this.#pty.write(text)',
    new: 'this.#pty.write(text)',
    promise: 'Nothing is written to the terminal of an agent that has ended.',
    survives:
      'the shim refuses first (`ended`); what is left is a write to a closed descriptor, which the library swallows',
  },
  {
    file: 'packages/plugin-pty/src/shim/agent.ts',
    old: "if (!this.#exit) this.#pty.kill('SIGKILL')",
    new: "this.#pty.kill('SIGKILL')",
    promise: 'The pid of an agent that has ended gets no signal.',
  },
  {
    file: 'packages/plugin-pty/src/shim/handle-request.ts',
    old: "'incarnation' in request && request.incarnation !== shim.incarnation",
    new: "'incarnation' in request && request.incarnation === ''",
    promise: 'A shim refuses requests for another life of its session.',
  },
  {
    file: 'packages/plugin-pty/src/shim/handle-request.ts',
    old: 'pasted(request.text, screen.modes), request.seen)',
    new: 'pasted(request.text, screen.modes), undefined)',
    promise: 'A text is typed only while the screen is as it was seen.',
  },
  {
    file: 'packages/plugin-pty/src/shim/handle-request.ts',
    old: 'pressed(request.key, screen.modes), request.seen)',
    new: 'pressed(request.key, screen.modes), undefined)',
    promise: 'A key is pressed only while the screen is as it was seen.',
  },
  {
    file: 'packages/plugin-pty/src/shim/handle-request.ts',
    old: `case 'type':
      await screen.drawn()
`,
    new: `case 'type':
`,
    promise: 'A paste is bracketed as soon as the program asks for it.',
  },
  {
    file: 'packages/plugin-pty/src/shim/handle-request.ts',
    old: `case 'end':
      await shim.saved()
`,
    new: `case 'end':
`,
    promise: 'A shim writes no record after it has answered `end`.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: "if (this.agent.exit) throw new Refused('ended')",
    new: '',
    promise: 'A text for an agent that has ended is refused.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: 'if (seen && !isSameScreen(this.view(), seen)) throw',
    new: 'if (seen && seen.columns < 0) throw',
    promise: 'The screen is compared right before a key.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: "this.#committed = found?.phase === 'running' && found.id === record.id",
    new: 'this.#committed = found?.id === record.id',
    promise: 'An uncommitted session ends with its starter.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: "this.#committed = found?.phase === 'running' && found.id === record.id",
    new: "this.#committed = found?.phase === 'running'",
    promise: 'A shim does not take over the record of another life.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: 'if (this.#committed) await writePtyRecord',
    new: 'await writePtyRecord',
    promise: 'Until the commit only the starter writes the record.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: 'this.#saved = this.#saved.then(save, save)',
    new: 'this.#saved = save()',
    promise: 'The last version of a record is written last.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: `{...this.#record, stopping: true}
    await this.save()`,
    new: '{...this.#record, stopping: true}',
    promise: 'A stop is on record before anything is ended.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: 'roots: this.agent.exit ? [] : [this.agent.pid],',
    new: 'roots: [this.agent.pid],',
    promise: 'The pid of an agent that has ended is no root: another process may have it.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: 'if (this.screen.isBehind) this.agent.pause()',
    new: '',
    promise: 'A program that writes faster than the screen is drawn is throttled.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: 'if (!this.screen.isBehind) this.agent.resume()',
    new: '',
    promise: 'A throttled program continues.',
  },
  {
    file: 'packages/plugin-pty/src/shim/shim.ts',
    old: "if (!hasCode(error, 'UNWRITABLE')) throw error",
    new: 'throw error',
    promise: 'A failed write of the record does not end the shim.',
  },
  {
    file: 'packages/plugin-pty/src/shim/keys.ts',
    old: 'now.cursor.column === then.cursor.column &&',
    new: '',
    promise: 'A screen with the cursor in another column has changed.',
  },
  {
    file: 'packages/plugin-pty/src/shim/keys.ts',
    old: 'now.cursor.row === then.cursor.row &&',
    new: '',
    promise: 'A screen with the cursor in another row has changed.',
  },
  {
    file: 'packages/plugin-pty/src/shim/keys.ts',
    old: 'now.cursor.visible === then.cursor.visible &&',
    new: '',
    promise: 'A screen whose cursor is hidden now has changed.',
  },
  {
    file: 'packages/plugin-pty/src/shim/keys.ts',
    old: 'now.title === then.title &&',
    new: '',
    promise: 'A screen with another title has changed.',
  },
  {
    file: 'packages/plugin-pty/src/shim/keys.ts',
    old: `&&
    now.alternateScreen === then.alternateScreen`,
    new: '',
    promise: 'A switch to the alternate screen is a change.',
  },
  {
    file: 'packages/plugin-pty/src/shim/keys.ts',
    old: ".replaceAll('\\n', '\\r')",
    new: '',
    promise: 'A line end arrives as the Enter key does.',
  },
  {
    file: 'packages/plugin-pty/src/shim/keys.ts',
    old: "typed !== '' && bracketedPaste",
    new: "typed !== ''",
    promise: 'A paste is bracketed only when the program asked for it.',
  },
  {
    file: 'packages/plugin-pty/src/shim/keys.ts',
    old: "typed !== '' && bracketedPaste",
    new: 'bracketedPaste',
    promise: 'An empty text types nothing.',
  },
  {
    file: 'packages/plugin-pty/src/shim/keys.ts',
    old: "applicationCursorKeys ? 'O' : '['",
    new: "applicationCursorKeys ? '[' : '['",
    promise: 'Arrow keys follow the program’s cursor key mode.',
  },
  {
    file: 'packages/plugin-pty/src/shim/painter.ts',
    old: `this.#modes = modes
`,
    new: `
`,
    promise: 'A mode is switched only once.',
  },
  {
    file: 'packages/plugin-pty/src/shim/private-modes.ts',
    old: '.filter((mode) => MIRRORED.includes(mode))',
    new: '',
    promise: 'Only modes of keys, mouse and cursor reach a viewer’s terminal.',
  },
  {
    file: 'packages/plugin-pty/src/shim/private-modes.ts',
    old: "terminal.parser.registerEscHandler({final: 'c'}, reset)",
    new: 'void reset',
    promise: 'A program that resets its terminal switches its modes off.',
  },
  {
    file: 'packages/plugin-pty/src/shim/private-modes.ts',
    old: "terminal.parser.registerCsiHandler({intermediates: '!', final: 'p'}, reset)",
    new: '',
    promise: 'A soft reset switches modes off, too.',
  },
  {
    file: 'packages/plugin-pty/src/shim/private-modes.ts',
    old: `this.#on = new Set(set ? [...others, ...numbers] : others)
      // False: the terminal handles the sequence, too.
      return false`,
    new: `this.#on = new Set(set ? [...others, ...numbers] : others)
      return true`,
    promise: 'The terminal itself handles a mode, too.',
  },
  {
    file: 'packages/plugin-pty/src/shim/screen.ts',
    old: 'return this.#undrawn > MAX_UNDRAWN',
    new: 'return this.#undrawn > MAX_UNDRAWN * 1e6',
    promise: 'The amount of undrawn output has a limit.',
  },
  {
    file: 'packages/plugin-pty/src/shim/screen.ts',
    old: 'this.#undrawn -= text.length',
    new: 'this.#undrawn -= 0',
    promise: 'Drawn output no longer counts as waiting.',
  },
  {
    file: 'packages/plugin-pty/src/shim/server.ts',
    old: 'const mask = process.umask(0o177)',
    new: 'const mask = process.umask(0o022)',
    promise: 'No other user reaches a session’s socket.',
  },
  {
    file: 'packages/plugin-pty/src/shim/server.ts',
    old: 'if (isViewer) socket.destroy()',
    new: 'if (isViewer) return',
    promise: 'A viewer that sends garbage is disconnected.',
  },
  {
    file: 'packages/plugin-pty/src/shim/server.ts',
    old: "socket.on('error', () => socket.destroy())",
    new: '',
    promise: 'A peer that disconnects ends no session.',
  },
  {
    file: 'packages/plugin-pty/src/shim/server.ts',
    old: 'if (error instanceof Refused) return {refusal: error.refusal}',
    new: '',
    promise: 'A shim says why it refuses.',
  },
  {
    file: 'packages/plugin-pty/src/shim/viewers.ts',
    old: 'if (!socket.writableNeedDrain) sendLine(',
    new: 'sendLine(',
    promise: 'A viewer that is slower than the program does not fill the shim’s memory.',
  },
  {
    file: 'packages/plugin-pty/src/shim/viewers.ts',
    old: "socket.on('drain', () => this.changed())",
    new: '',
    promise: 'A slow viewer gets the newest frame afterwards.',
  },
  {
    file: 'packages/plugin-pty/src/shim/viewers.ts',
    old: `this.#viewers.delete(socket)
      this.#fit()`,
    new: 'this.#viewers.delete(socket)',
    promise: 'The session grows when a small viewer leaves.',
  },
  {
    file: 'packages/plugin-pty/src/shim/viewers.ts',
    old: 'if (!fits) throw',
    new: 'if (!fits && columns === rows) throw',
    promise: 'An impossible terminal size is refused.',
  },
  {
    file: 'packages/plugin-pty/src/shim/viewers.ts',
    old: 'count > 0 && count <= 1000',
    new: 'count > 0',
    promise: 'A viewer cannot make the screen as large as it likes.',
  },
  {
    file: 'packages/plugin-pty/src/shim/viewers.ts',
    old: 'columns: Math.min(...sizes',
    new: 'columns: Math.max(...sizes',
    promise: 'The screen fits into all terminals that show it.',
  },
  {
    file: 'packages/plugin-pty/src/shim/viewers.ts',
    old: 'for (const {painter} of this.#viewers.values()) painter.reset()',
    new: '',
    promise: 'A resized screen is repainted completely.',
  },
  {
    file: 'packages/plugin-pty/src/inspect.ts',
    old: 'hasCode(error, ErrorCode.backendUnavailable) && (await readPtyRecord(place.directory, name))',
    new: '(await readPtyRecord(place.directory, name))',
    promise: 'In a list only a missing answer counts as unknown.',
    survives:
      'equivalent: whatever goes wrong with a session that is on record is an answer that did not come',
  },
  {
    file: 'packages/plugin-pty/src/inspect.ts',
    old: "return {...fromRecord(record), liveness: 'unknown'}",
    new: "return {...fromRecord(record), liveness: 'dead'}",
    promise: 'A session whose shim gives no answer is unknown, not dead.',
  },
  {
    file: 'packages/plugin-pty/src/inspect.ts',
    old: 'Math.min(place.timeoutMs, LIST_TIMEOUT_MS)',
    new: 'place.timeoutMs * 20',
    promise: 'A silent session does not delay the list for long.',
    survives: 'a longer wait, and no test asserts a time',
  },
  {
    file: 'packages/plugin-pty/src/life.ts',
    old: `checkSessionName(name)
`,
    new: `
`,
    promise: 'An invalid name is refused.',
  },
  {
    file: 'packages/plugin-pty/src/life.ts',
    old: 'if (!(await checkFolders(folders))) return undefined',
    new: '',
    promise: 'Records in another user’s folder are not trusted.',
  },
  {
    file: 'packages/plugin-pty/src/life.ts',
    old: 'if (answered || abandoned) return',
    new: 'if (answered || record) return',
    promise: 'A session with a living but unreachable shim is not dead.',
  },
  {
    file: 'packages/plugin-pty/src/life.ts',
    old: '} else if (!record || abandoned) return undefined',
    new: '} else if (!record || record) return undefined',
    promise: 'A session that is being started is not absent.',
  },
  {
    file: 'packages/plugin-pty/src/life.ts',
    old: '} else if (!record || abandoned) return undefined',
    new: '} else if (!record) return undefined',
    promise: 'A start whose starter was killed left no session.',
  },
  {
    file: 'packages/plugin-pty/src/life.ts',
    old: 'if (life?.record.incarnation !== handle.incarnation) throw',
    new: 'if (!life?.record.incarnation) throw',
    promise: 'After a shim was killed, its record answers only for that life.',
  },
  {
    file: 'packages/plugin-pty/src/protocol.ts',
    old: `socket.destroy()
`,
    new: `void 0
`,
    promise: 'A peer that sends an endless line is disconnected.',
  },
  {
    file: 'packages/plugin-pty/src/protocol.ts',
    old: `length = next.length
`,
    new: `length += next.length
`,
    promise: 'A peer that sends many lines stays connected.',
  },
  {
    file: 'packages/plugin-pty/src/protocol.ts',
    old: `socket.setEncoding('utf8').on('data', (chunk: string) => {
    const`,
    new: `socket.on('data', (bytes: Buffer | string) => {
    const chunk = String(bytes)
    const`,
    promise: 'A multi-byte character that is split over two chunks stays intact.',
  },
  {
    file: 'packages/plugin-pty/src/record.ts',
    old: 'if (record && record.name !== name)',
    new: "if (record && record.name === '')",
    promise: "Another session's record is never taken for this one's.",
  },
  {
    file: 'packages/plugin-pty/src/record.ts',
    old: 'if ((await readPtyRecord(directory, name))?.id !== id) return',
    new: 'if (!(await readPtyRecord(directory, name))?.id) return',
    promise: 'Removing an earlier life leaves a later life’s record.',
  },
  {
    file: 'packages/plugin-pty/src/record.ts',
    old: "if (content.is === 'no file') throw unavailable(",
    new: `if (content.is === 'no file') return undefined
  if (content.is !== 'unusable') throw unavailable(`,
    promise: 'A record that cannot be read is unknown, not absent.',
  },
  {
    file: 'packages/plugin-pty/src/record.ts',
    old: 'throw unavailable(`${file} is not a session record`, {',
    new: `if (file) return undefined
  throw unavailable(\`\${file} is not a session record\`, {`,
    promise: 'A truncated record is unknown, not absent.',
  },
  {
    file: 'packages/plugin-pty/src/record.ts',
    old: "file.endsWith(SUFFIX) && !file.startsWith('.')",
    new: 'file.endsWith(SUFFIX)',
    promise: 'A partly written record does not count.',
    survives: 'equivalent: the half of a record ends in a random part, not in the suffix',
  },
  {
    file: 'packages/plugin-pty/src/record.ts',
    old: 'const temporary = (await readdir(directory)).filter((other) => other.startsWith(`.${file}.`))',
    new: 'const halves: string[] = []',
    promise: 'The temporary file of a killed writer is removed with the record.',
  },
  {
    file: 'packages/plugin-pty/src/record.ts',
    old: `await withNameLock(directory, name, async () => {
    if`,
    new: `await (async (work: () => Promise<void>) => work())(async () => {
    if`,
    promise: 'Nobody claims a name while its record is being removed.',
  },
  {
    file: 'packages/plugin-pty/src/run-outside.ts',
    old: 'const surroundings = {cwd, env: rest}',
    new: 'const surroundings = {cwd, env: {..._ ? {[SOCKET_VARIABLE]: _} : {}, ...rest}}',
    promise: 'A program outside all sessions does not know a shim.',
  },
  {
    file: 'packages/plugin-pty/src/run-outside.ts',
    old: 'if (!(error instanceof NobodyListens)) throw error',
    new: '',
    promise: 'A program whose start the shim refused is not started a second time.',
  },
  {
    file: 'packages/plugin-pty/src/run-outside.ts',
    old: 'env: {...env, GT_SESSION_ID: INFRA_MARKER},',
    new: 'env: {GT_SESSION_ID: INFRA_MARKER, ...env},',
    promise: 'A program outside all sessions never counts as a session’s process.',
  },
  {
    file: 'packages/plugin-pty/src/run-outside.ts',
    old: 'if (hidden !== undefined) stdio[hidden] = nothing',
    new: '',
    promise: 'A program outside a session does not get the session’s terminal.',
    tests: ['packages/plugin-pty/test/integration/run-outside.test.ts'],
  },
  {
    file: 'packages/plugin-pty/src/screen.ts',
    old: "{ask: 'type', incarnation, text, ...options}",
    new: "{ask: 'type', incarnation, text}",
    promise: 'The shim checks the screen before it types a text.',
  },
  {
    file: 'packages/plugin-pty/src/screen.ts',
    old: "{ask: 'press', incarnation, key, ...options}",
    new: "{ask: 'press', incarnation, key}",
    promise: 'The shim checks the screen before it presses a key.',
  },
  {
    file: 'packages/plugin-pty/src/screen.ts',
    old: `text, ...options})
  if (answer === undefined) throw shimKilled(handle.name)`,
    new: `text, ...options})
  void answer`,
    promise: 'A text for a session whose shim was killed is an error.',
  },
  {
    file: 'packages/plugin-pty/src/screen.ts',
    old: `key, ...options})
  if (answer === undefined) throw shimKilled(handle.name)`,
    new: `key, ...options})
  void answer`,
    promise: 'A key for a session whose shim was killed is an error.',
  },
  {
    file: 'packages/plugin-pty/src/screen.ts',
    old: 'if (hasCode(error, ErrorCode.sessionLost) || hasCode(error, ErrorCode.backendUnavailable)) return []',
    new: 'if (hasCode(error, ErrorCode.sessionLost)) return []',
    promise: 'One silent session does not hide the screens of the others.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: "if (other && (other.phase === 'running' || !(await isAbandoned(other.owner)))) {",
    new: "if (other && other.phase === 'running') {",
    promise: 'A name that is being claimed counts as taken.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: "if (other && (other.phase === 'running' || !(await isAbandoned(other.owner)))) {",
    new: 'if (other && !(await isAbandoned(other.owner))) {',
    promise: 'A session whose shim was killed keeps its name until it is stopped.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: 'if (other) await rm(socketOf(directory, other), {force: true})',
    new: '',
    promise: 'A killed start leaves nothing behind.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: `await claim(services.directory, record)
`,
    new: `
`,
    promise: 'A name is claimed before anything is started.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: `attempt.pid = pid
  signal?.throwIfAborted()`,
    new: 'attempt.pid = pid',
    promise: 'A start that is cancelled after its process runs leaves no session.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: 'roots: pid === undefined ? [] : [pid], ...(marker && {marker})',
    new: 'roots: []',
    promise: 'A start that failed ends the processes that it made.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: `{graceMs: 0})
    await shim.end()
`,
    new: `{graceMs: 0})
`,
    promise: 'A start that failed ends the shim that it made.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: 'await removePtyRecord(directory, birth.record)',
    new: '',
    promise: 'A start that failed leaves no record.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: `{...birth.record, phase: 'running', owner, agent})
  shim.release()`,
    new: `{...birth.record, phase: 'running', owner: birth.record.owner, agent})
  shim.release()`,
    promise: 'The shim, not its starter, is on record as the owner of a session.',
  },
  {
    file: 'packages/plugin-pty/src/start.ts',
    old: '...(marker && marker !== INFRA_MARKER && {marker})',
    new: '...(marker && {marker})',
    promise: 'The marker of no session is never taken for a session’s.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: 'if (survivors.length > 0) throw sessionSurvived(handle.name, survivors)',
    new: '',
    promise: 'Survivors of a stop are reported.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: 'return life?.record.incarnation === incarnation ? life : undefined',
    new: 'return life',
    promise: 'A stop ends only the given life, and no later one.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: `if (hasCode(error, ErrorCode.sessionLost)) return undefined
    throw error`,
    new: 'return undefined',
    promise: 'A stop without an answer does not report the session as absent.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: 'isOfThisMachine(agent) && !(await isAbandoned(agent))',
    new: 'isOfThisMachine(agent)',
    promise: 'A process that reuses the pid of an ended agent is not killed.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: 'isOfThisMachine(agent) && !(await isAbandoned(agent))',
    new: '!(await isAbandoned(agent))',
    promise: 'A pid of another machine is not taken for a process of this one.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: 'if (answer) return {...answer, parentPid: pidOf(record.owner)}',
    new: 'if (answer) return {...answer}',
    promise: 'A root counts only where its shim is its parent.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: 'if (isOfThisMachine(owner)) kill(pidOf(owner))',
    new: '',
    promise: 'A shim that does not end when asked is killed.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: 'if (isOfThisMachine(owner)) kill(pidOf(owner))',
    new: 'kill(pidOf(owner))',
    promise: 'A shim on another machine gets no signal here.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: 'throw unavailable(`the process that holds session',
    new: `if (name) return
  throw unavailable(\`the process that holds session`,
    promise: 'The files of a shim that does not end stay.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: `  await endShim(services, life.record, shimTimeoutMs)
`,
    new: '',
    promise: 'A stop ends the shim, too.',
  },
  {
    file: 'packages/plugin-pty/src/stop.ts',
    old: "if (!hasErrno(error, 'ESRCH')) throw error",
    new: 'throw error',
    promise: 'A shim that ended in the last moment is no error.',
  },
  {
    file: 'packages/plugin-pty/src/user-terminal.ts',
    old: 'process.stdin.setRawMode(false)',
    new: '',
    promise: 'The user’s terminal is restored after a detach.',
  },
  {
    file: 'packages/plugin-pty/src/user-terminal.ts',
    old: 'process.stdout.write(RESTORE)',
    new: '',
    promise: 'The user’s screen comes back after a detach.',
  },
  {
    file: 'packages/plugin-pty/src/user-terminal.ts',
    old: 'for (const signal of SIGNALS) process.on(signal, leave)',
    new: '',
    promise: 'A signal restores the user’s terminal.',
  },
  {
    file: 'packages/plugin-pty/src/diagnose.ts',
    old: 'filter((listening) => !listening)',
    new: 'filter((listening) => listening)',
    promise: 'A stale socket is reported.',
  },
  {
    file: 'packages/plugin-pty/src/diagnose.ts',
    old: "name.endsWith('.sock')",
    new: "name !== ''",
    promise: 'Only sockets are asked.',
  },
  {
    file: 'packages/plugin-pty/src/shim-client.ts',
    old: 'if (!success) fail(',
    new: `if (!success) resolve({socket, answer: null as never})
      else if (!reply) fail(`,
    promise: 'A message that is neither answer nor refusal is rejected.',
  },
  {
    file: 'packages/plugin-pty/src/shim-client.ts',
    old: "v.wordOr(REFUSALS, 'failed')",
    new: 'v.picklist(REFUSALS)',
    promise: 'A refusal with a reason of another version is accepted.',
  },
]
