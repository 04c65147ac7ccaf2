// What breaks in src/agents, and the promise that each break betrays.
const dialogs = 'src/agents/start-dialogs.ts'
const find = 'src/agents/find-program.ts'
const foreign = 'src/agents/foreign-files.ts'
const own = 'src/agents/own-state.ts'
const claudeOwn = 'src/agents/state/claude-own-state.ts'
const settings = 'src/agents/claude-settings.ts'
const choose = 'src/agents/choose.ts'
const resolve = 'src/agents/resolve.ts'
const version = 'src/agents/program-version.ts'
const prompt = 'src/agents/prompt-detector.ts'
const limit = 'src/agents/limit-end.ts'
const wall = 'src/agents/wall-time.ts'
const process = 'src/agents/state/process.ts'
const settle = 'src/agents/state/settle.ts'
const versions = 'src/agents/state/versions.ts'
const detector = 'src/agents/state/detector.ts'
const screen = 'src/agents/state/screen.ts'
const layout = 'src/agents/state/prompt.ts'
const asks = 'src/agents/state/asks.ts'
const choices = 'src/agents/state/choices.ts'
const styled = 'src/agents/state/styled-row.ts'

export default [
  // The answers to dialogs at the start.
  {
    file: dialogs,
    old: 'answer: /^Yes$/',
    new: 'answer: /^Yes/',
    promise: 'Copilot is not told to remember the trust.',
  },
  {
    file: dialogs,
    old: 'answer: /^Yes$/',
    new: 'answer: /Yes$/',
    promise: 'Copilot is not told something else that ends with a yes.',
  },
  {
    file: dialogs,
    old: 'answer: /^Yes, I accept$/',
    new: 'answer: /^Yes, I accept/',
    promise: 'Claude is not told to remember that its warning was accepted.',
  },
  {
    file: dialogs,
    old: 'answer: /^Yes, I accept$/',
    new: 'answer: /Yes, I accept$/',
    promise: 'Claude is not given a longer answer that ends with the wanted one.',
  },
  {
    file: dialogs,
    old: 'answer: /^Yes, (I trust|proceed)/',
    new: 'answer: /Yes, (I trust|proceed)/',
    promise: 'A choice of Claude that only mentions the trust is not taken.',
  },
  {
    file: dialogs,
    old: 'answer: /^Yes, (I trust|proceed)/',
    new: 'answer: /^Yes, /',
    promise: 'Another yes of Claude is not taken.',
  },
  {
    file: dialogs,
    old: 'answer: /^Yes, (continue|allow)/',
    new: 'answer: /Yes, (continue|allow)/',
    promise: 'A choice of Codex that only mentions the yes is not taken.',
  },
  {
    file: dialogs,
    old: 'gemini: [{text: /do you trust the files in this folder/i, answer: /^Trust folder\\b/}],',
    new: 'gemini: [{text: /do you trust the files in this folder/i, answer: /Trust folder\\b/}],',
    promise: "Gemini's refusal of trust is not taken for trust.",
  },
  {
    file: dialogs,
    old: 'gemini: [{text: /do you trust the files in this folder/i, answer: /^Trust folder\\b/}],',
    new: 'gemini: [{text: /do you trust the files in this folder/i, answer: /^Trust/}],',
    promise: 'Gemini is not told to trust more than the folder.',
  },
  {
    file: dialogs,
    old: 'qwen: [{text: /do you trust the files in this folder/i, answer: /^Trust folder\\b/}],',
    new: 'qwen: [{text: /do you trust the files in this folder/i, answer: /^Trust/}],',
    promise: 'Qwen is not told to trust more than the folder.',
  },
  {
    file: dialogs,
    old: "if (state !== 'dialog' && state !== 'permission') return undefined",
    new: '',
    promise: 'Only a dialog that is open is answered.',
  },
  {
    file: dialogs,
    old: "state !== 'dialog' && state !== 'permission'",
    new: "state !== 'dialog' && state !== 'permission' && state !== 'question'",
    promise: 'A question of the model is not answered.',
  },
  {
    file: dialogs,
    old: 'marked === -1 || wanted === -1',
    new: 'wanted === -1',
    promise: 'Nothing is pressed where no choice is marked.',
  },
  {
    file: dialogs,
    old: 'marked === -1 || wanted === -1',
    new: 'marked === -1',
    promise: 'Nothing is pressed where the wanted choice is not there.',
  },
  {
    file: dialogs,
    old: 'known.text.test(text)',
    new: 'text !== known.text.source',
    promise: 'A dialog that is not known is not answered.',
  },
  {
    file: dialogs,
    old: "['codex', 'gemini', 'qwen']",
    new: "['gemini', 'qwen']",
    promise: 'The first empty prompt of Codex is not believed at once.',
  },
  // Where programs and files are.
  {
    file: find,
    old: 'searchPath.split(delimiter).filter(isAbsolute)',
    new: 'searchPath.split(delimiter).filter(Boolean)',
    promise: 'A relative entry of PATH picks no program out of the files of a project.',
  },
  {
    file: find,
    old: 'searchPath.split(delimiter).filter(isAbsolute)',
    new: "searchPath.split(delimiter).filter((entry) => entry === '' || isAbsolute(entry))",
    promise: 'An empty entry of PATH picks no program out of the files of a project.',
  },
  {
    file: find,
    old: 'return (await stat(path)).isFile()',
    new: 'return (await stat(path)).size >= 0',
    promise: 'A folder is no program.',
  },
  {
    file: find,
    old: 'await access(path, constants.X_OK)',
    new: 'await access(path, constants.F_OK)',
    promise: 'A file that may not be run is no program.',
  },
  {
    file: find,
    old: 'return [resolve(cwd, command)]',
    new: 'return [resolve(command)]',
    promise: 'A command with a slash is relative to the folder that it runs in.',
  },
  {
    file: find,
    old: "|| code === 'ENOTDIR'",
    new: '',
    promise: 'An entry of PATH that is a file is passed over.',
  },
  {
    file: find,
    old: "|| code === 'ENAMETOOLONG'",
    new: '',
    promise: 'A name that is too long is no program.',
  },
  {
    file: foreign,
    old: 'if (error instanceof SyntaxError) return undefined',
    new: '',
    promise: 'A foreign file that is half written says nothing.',
  },
  {
    file: foreign,
    old: "'ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'",
    new: "'ENOENT', 'ENOTDIR', 'EACCES'",
    promise: 'A folder in the place of a foreign file says nothing.',
  },
  {
    file: foreign,
    old: "'ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'",
    new: "'ENOENT', 'EACCES', 'EISDIR'",
    promise: 'A file in the place of a foreign folder says nothing.',
  },
  {
    file: own,
    old: 'evidence.at >= bornAt',
    new: 'evidence.at >= 0',
    promise: 'What an earlier process with the same number wrote is not about this one.',
  },
  {
    file: own,
    old: 'evidence.at >= bornAt',
    new: 'evidence.at > bornAt',
    promise: 'What the agent writes in the moment of its birth counts.',
  },
  {
    file: own,
    old: "if (kind !== 'claude') return undefined",
    new: '',
    promise: 'The files of Claude say nothing of another agent.',
  },
  {
    file: own,
    old: "env.CLAUDE_CONFIG_DIR || (env.HOME && join(env.HOME, '.claude'))",
    new: "(env.HOME && join(env.HOME, '.claude')) || env.CLAUDE_CONFIG_DIR",
    promise: 'Claude keeps its state where its own variable says.',
  },
  {
    file: claudeOwn,
    old: 'file.pid !== pid || ',
    new: '',
    promise: 'A file about another process says nothing.',
  },
  {
    file: claudeOwn,
    old: "typeof file.statusUpdatedAt !== 'number'",
    new: 'file.statusUpdatedAt === null',
    promise: 'A state without a time says nothing.',
  },
  {
    file: claudeOwn,
    old: "if (status !== 'waiting') return",
    new: '',
    promise: 'A status that is not known says nothing.',
  },
  {
    file: claudeOwn,
    old: '/permission|approv|sandbox|worker/i',
    new: '/permission/i',
    promise: 'Each word of Claude for a permission means one.',
  },
  {
    file: settings,
    old: 'mode: 0o600',
    new: 'mode: 0o644',
    promise: 'The settings that gt makes are readable by their owner only.',
  },
  {
    file: settings,
    old: 'await link(draft, file)',
    new: "await (await import('node:fs/promises')).rename(draft, file)",
    promise: 'Settings that the user wrote are never overwritten.',
  },
  {
    file: settings,
    old: "if (!hasErrno(error, 'EEXIST')) throw error",
    new: 'throw error',
    promise: 'Settings that are there are no failure.',
  },
  {
    file: settings,
    old: "if (!hasErrno(error, 'EEXIST')) throw error",
    new: '',
    promise: 'Settings that cannot be written are a failure that names the file.',
  },
  {
    file: settings,
    old: 'await rm(draft, {force: true})',
    new: '',
    promise: 'No draft of the settings is left behind.',
  },
  // Which agent.
  {
    file: choose,
    old: 'requested !== undefined ||',
    new: '',
    promise: 'An agent that is asked for is the one that runs, or none.',
  },
  {
    file: choose,
    old: 'settings.some(isConfigured) ||',
    new: '',
    promise: 'A configured agent that is not installed is no reason to run another one.',
  },
  {
    file: choose,
    old: ' || Object.keys(roleAgents).length > 0',
    new: '',
    promise: 'An agent that is configured for a role is configured.',
  },
  {
    file: resolve,
    old: 'Object.hasOwn(roleAgents, role) ? roleAgents[role] : undefined',
    new: 'roleAgents[role]',
    promise: 'A role with the name of a property of every object has no agent.',
  },
  {
    file: resolve,
    old: 'Object.hasOwn(presets, name) ? presets[name] : own',
    new: 'presets[name] ?? own',
    promise: 'A property of every object is no agent.',
  },
  {
    file: resolve,
    old: 'builtIn?.name === name ? builtInPreset(builtIn) : undefined',
    new: 'builtIn ? builtInPreset(builtIn) : undefined',
    promise: "A name that is known nowhere does not start the role's own agent.",
  },
  {
    file: version,
    old: 'return isOwn && typeof',
    new: 'return typeof',
    promise: 'The version of a project is not that of a script in it.',
  },
  {
    file: version,
    old: 'await realpath(program)',
    new: 'await Promise.resolve(program).finally(() => realpath)',
    promise: 'The version of a program behind a link is told.',
  },
  {
    file: version,
    old: "if (!python.startsWith('python')) continue",
    new: "if (!python.startsWith('py')) continue",
    promise: 'A folder that is no Python library tells no version.',
  },
  // What holds for a program that only its prompt is known of.
  {
    file: prompt,
    old: 'row === undefined || !cursor.visible',
    new: 'row === undefined',
    promise: 'A prompt without a cursor is not idle.',
  },
  {
    file: prompt,
    old: "isEmpty && cursor.column === prefix.length ? 'idle' : 'draft'",
    new: "isEmpty ? 'idle' : 'draft'",
    promise: 'Blanks that a person typed are a draft.',
  },
  {
    file: prompt,
    old: ' && cursor.row === row\n',
    new: '\n',
    promise: 'An empty first line of a draft is no empty prompt.',
  },
  {
    file: prompt,
    old: "reading.state === 'unknown' && reading.evidence.length === 0",
    new: "reading.state === 'unknown'",
    promise: 'What an agent says of itself is not overridden by its prompt.',
  },
  {
    file: prompt,
    old: "if (!isWrapped && !line.startsWith(' '.repeat(prefix.length))) return undefined",
    new: '',
    promise: 'An old prompt far above the cursor is none.',
  },
  // When a limit ends.
  {
    file: limit,
    old: 'end > saidAt - TOLERANCE_MS && end <= saidAt + LONGEST_MS',
    new: 'end > saidAt - TOLERANCE_MS',
    promise: 'A limit that lasts longer than a month was not understood.',
  },
  {
    file: limit,
    old: 'end > saidAt - TOLERANCE_MS && end <= saidAt + LONGEST_MS',
    new: 'end <= saidAt + LONGEST_MS',
    promise: 'A limit that ended long ago was not understood.',
    survives: 'masked by atMoment, which gives no moment that has passed; an amount of time gives none either',
  },
  {
    file: limit,
    old: 'if (moment > saidAt - TOLERANCE_MS) return moment',
    new: 'if (moment > saidAt) return moment',
    promise: 'A time that has just passed is that of today.',
  },
  {
    file: limit,
    old: 'if (zone === undefined) return undefined',
    new: "if (zone === '') return undefined",
    promise: 'A time in a zone that nobody knows names no moment.',
  },
  {
    file: limit,
    old: 'Number(twelve) >= 1 && Number(twelve) <= 12',
    new: 'Number(twelve) <= 12',
    promise: 'An hour 0 of twelve makes no sense.',
  },
  {
    file: limit,
    old: 'isSense && minute < 60 ?',
    new: 'isSense ?',
    promise: 'A minute 77 makes no sense.',
  },
  {
    file: wall,
    old: "if (!name.includes('/')) return undefined",
    new: '',
    promise: 'An abbreviation that several zones share names none.',
  },
  {
    file: wall,
    old: 'return shown - offsetAt(guess, zone)',
    new: 'return guess',
    promise: 'A time on the other side of a change of the clocks is told right.',
  },
  // Process, sources and versions.
  {
    file: process,
    old: ' || alternateScreen || !cursor.visible',
    new: ' || !cursor.visible',
    promise: 'A shell that runs something on the whole screen does not wait for a line.',
  },
  {
    file: process,
    old: ' || alternateScreen || !cursor.visible',
    new: ' || alternateScreen',
    promise: 'A shell without a cursor does not wait for a line.',
  },
  {
    file: process,
    old: 'if (cursor.row !== Math.max(0, textEnd(rows) - 1)) return',
    new: '',
    promise: 'A shell waits for a line only where the cursor is in the last one.',
  },
  {
    file: process,
    old: "command.replace(/^-/, '')",
    new: 'command',
    promise: 'A login shell is a shell.',
  },
  {
    file: detector,
    old: "if (death) return {state: 'dead', evidence: [death]}",
    new: '',
    promise: 'An agent that has ended is dead, whatever its screen shows.',
  },
  {
    file: detector,
    old: 'if (!rules) return outOfDate(agent, observation)',
    new: '',
    promise: 'A version that is not known is unknown.',
  },
  {
    file: detector,
    old: 'if (isResting(state) && !own && isTitleSilent(terminal, rules))',
    new: 'if (isResting(state) && own && isTitleSilent(terminal, rules))',
    promise: 'An agent that looks the same at work and at rest is not idle without another word.',
  },
  {
    file: detector,
    old: 'const others = evidence.slice(0, -1).every',
    new: 'const others = evidence.slice(0, -1).some',
    promise: 'Nothing is said of the prompt under a limit where another source speaks of work.',
  },
  {
    file: detector,
    old: 'return readShell(shell, own, isAgentSeen(terminal, screen) ? seen : undefined)',
    new: 'return readShell(shell, own, undefined)',
    promise: 'A shell in the foreground under an agent on the screen is a contradiction.',
  },
  {
    file: detector,
    old: "own && own.state !== 'idle' ? [own] : []",
    new: "own && own.state === 'dead' ? [own] : []",
    promise: 'A shell in the foreground of an agent that says it works is a contradiction.',
  },
  {
    file: settle,
    old: "return weaker === 'shell' ? 'unknown' : 'busy'",
    new: "return 'busy'",
    promise: 'Work and a shell contradict each other.',
  },
  {
    file: settle,
    old: "if (waiting.has(weaker) || weaker === 'limit') return weaker",
    new: "if (weaker === 'limit') return weaker",
    promise: 'A dialog on the screen is not hidden by what says that it works.',
  },
  {
    file: settle,
    old: "weaker === 'draft' || weaker === 'starting' || open.has(weaker) ? weaker : 'unknown'",
    new: "weaker === 'draft' || weaker === 'starting' || open.has(weaker) ? weaker : 'idle'",
    promise: 'Rest and work contradict each other.',
  },
  {
    file: settle,
    old: "weaker === 'draft' || weaker === 'starting' || open.has(weaker)",
    new: "weaker === 'starting' || open.has(weaker)",
    promise: 'A draft in the prompt of an agent that rests is one.',
  },
  {
    file: settle,
    old: "return weaker === 'unknown' ? stronger : 'unknown'",
    new: 'return stronger',
    promise: 'A prompt on the screen of an agent that says it waits is a contradiction.',
  },
  {
    file: settle,
    old: "return weaker === 'unknown' ? stronger : 'unknown'",
    new: "return 'unknown'",
    promise: 'An agent that says it waits does, where the screen says nothing.',
  },
  {
    file: settle,
    old: "  if (waiting.has(stronger)) return waitingAnd(stronger, weaker)\n  return 'unknown'",
    new: '  if (waiting.has(stronger)) return waitingAnd(stronger, weaker)\n  return weaker',
    promise: 'Two sources that do not fit together are unknown.',
  },
  {
    file: versions,
    old: 'compare(numbers, numbersOf(below)) < 0',
    new: 'compare(numbers, numbersOf(below)) <= 0',
    promise: 'The version that ends a range is not in it.',
  },
  {
    file: versions,
    old: 'compare(numbers, numbersOf(from)) >= 0',
    new: 'compare(numbers, numbersOf(from)) > 0',
    promise: 'The version that begins a range is in it.',
  },
  {
    file: versions,
    old: 'numbers !== undefined && ',
    new: 'numbers === undefined || ',
    promise: 'A version that is no number is not covered.',
  },
  // The screen.
  {
    file: screen,
    old: 'if (prompt && open === undefined) return readPrompt(view, prompt, rules)',
    new: 'if (prompt) return readPrompt(view, prompt, rules)',
    promise: 'A prompt under which something is open is not idle.',
  },
  {
    file: screen,
    old: "if (needsStyles(rules) && !styledRows.some((row) => row.includes('\\u001b')))",
    new: "if (!needsStyles(rules) && !styledRows.some((row) => row.includes('\\u001b')))",
    promise: 'A screen without colours on which work cannot be told from rest is unknown.',
  },
  {
    file: screen,
    old: "if (begins === 'faint' && !(beginning && isFaint(beginning))) return false",
    new: '',
    promise: 'A mark of Claude that is not grey does not say that it works.',
  },
  {
    file: screen,
    old: 'return styleCount(cells) >= (styles ?? 0)',
    new: 'return true',
    promise: "The model's own text, which has one style, says nothing.",
  },
  {
    file: screen,
    old: "if (begins === 'plain' && beginning?.colour !== '') return false",
    new: '',
    promise: "A prompt of Aider in the prompt's colour is one.",
  },
  {
    file: screen,
    old: "mark === '!' ? 'shell' : 'idle'",
    new: "'idle'",
    promise: 'A prompt that takes commands of a shell is not idle.',
  },
  {
    file: screen,
    old: 'isLegend(row) || commandMode.test(row)',
    new: 'isLegend(row)',
    promise: 'A prompt in which letters are commands is not idle.',
  },
  {
    file: screen,
    old: '.length <= fewRows',
    new: '.length <= 2 * fewRows',
    promise: 'A screen with a text on it is not that of an agent that starts.',
  },
  {
    file: layout,
    old: '!isCursorRight(view, layout, first, bottom)',
    new: 'first > bottom',
    promise: 'A prompt that the cursor is not in takes no keys.',
  },
  {
    file: layout,
    old: 'if (layout.cursorShown !== undefined && layout.cursorShown !== cursor.visible) return false',
    new: '',
    promise: 'A prompt whose cursor is hidden takes no keys.',
  },
  {
    file: layout,
    old: 'textRows(view.rows, bottom + 1, end) > layout.below',
    new: 'textRows(view.rows, bottom + 1, end) > 10 * layout.below',
    promise: 'A box with much below it is not the prompt.',
  },
  {
    file: layout,
    old: "if (layout.footed && (view.rows[bottom + 1] ?? '').trim() === '') return",
    new: '',
    promise: 'A prompt without the line that tells of work is not idle.',
  },
  {
    file: layout,
    old: 'return hint.some((cell) => !isFaint(cell))',
    new: 'return hint.every((cell) => !isFaint(cell))',
    promise: 'What a person typed before a hint in grey is a draft.',
  },
  {
    file: layout,
    old: 'for (let row = first; row < end; row++) {',
    new: 'for (let row = first; row < Math.min(end, first + 1); row++) {',
    promise: 'A draft whose first row is empty is one.',
  },
  {
    file: asks,
    old: 'cursor.row !== row || !cursor.visible || ',
    new: '',
    promise: 'A question with letters is open only where the cursor stands behind it.',
  },
  {
    file: asks,
    old: 'legendRow !== undefined || isOpen(view, found)',
    new: 'found !== undefined',
    promise: 'An old list in a conversation is no open dialog.',
  },
  {
    file: asks,
    old: 'return [...asks, ...families].find',
    new: 'return [...families, ...asks].find',
    promise: 'What an agent itself calls a dialog goes before what all agents do.',
  },
  {
    file: choices,
    old: 'if (found.length > 1) return listOf(rows, found, row)',
    new: 'if (found.length > 0) return listOf(rows, found, row)',
    promise: 'A single line with a mark is no list.',
  },
  {
    file: choices,
    old: 'marked: row === marked',
    new: 'marked: row >= marked',
    promise: 'One choice is marked, the one that Enter would take.',
  },
  {
    file: choices,
    old: 'choices.filter(({marked}) => marked).length === 1',
    new: 'choices.filter(({marked}) => marked).length >= 1',
    promise: 'Words of which several are marked are no buttons.',
  },
  {
    file: styled,
    old: 'let style = styledRows.slice(0, row).reduce(styleAtEnd, plain)',
    new: 'let style = styledRows.slice(0, 0 * row).reduce(styleAtEnd, plain)',
    promise: 'A row begins in the style that the rows above left.',
  },
  {
    file: 'src/agents/state/codex.ts',
    old: "return name !== '' && footer",
    new: 'return footer',
    promise: 'An empty title of Codex does not say that it rests.',
  },
  {
    file: 'src/agents/state/generic.ts',
    old: 'deathOf(observation) ?? shellOf(terminal)',
    new: 'shellOf(terminal) ?? deathOf(observation)',
    promise: 'A program that has ended is dead, whatever the foreground is.',
  },
  {
    file: 'src/agents/state/index.ts',
    old: 'Object.hasOwn(rules, name) ? rules[name] : undefined',
    new: 'rules[name]',
    promise: 'A property of every object is no agent with rules.',
  },
  {
    file: 'src/agents/kind.ts',
    old: 'kind ?? baseName(command)',
    new: 'baseName(command)',
    promise: 'The kind that the settings give goes before the name of the program.',
  },
]
