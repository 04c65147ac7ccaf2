export default [
  {
    file: 'src/typing/deliver.ts',
    old: ', {seen: view})',
    new: ', {})',
    promise: 'A text is typed only into exactly the screen that was read.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: ' ?? notIdleReason(seen)',
    new: '',
    promise: 'A text is typed only into an idle prompt.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: 'obstacleIn(target, seen) ?? notIdleReason(seen)',
    new: 'notIdleReason(seen)',
    promise: 'Nothing is typed while a terminal shows it, a person scrolls back, or a stop is under way.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: `  if (!(await beforeTyping())) return {outcome: 'not_now', reason: 'it is too late'}
`,
    new: `  await beforeTyping()
`,
    promise: 'Nothing is typed after the nudge has expired.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: "some(({source, state}) => source !== 'screen' && state === 'idle')",
    new: 'some(() => true)',
    promise: 'When only the screen shows idle, it must show it twice.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: `  const second = await snapshotIfIdle(target)
  if ('outcome' in second) return second
`,
    new: `  const second = first
`,
    promise: 'The second snapshot is a new one.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: "return moved ? {outcome: 'not_now', reason: 'its screen is changing'} : second",
    new: 'return moved ? second : second',
    promise: "Nothing is typed while the agent's screen is changing.",
  },
  {
    file: 'src/typing/deliver.ts',
    old: `  await timerOf(target.services).sleep(ENTER_DELAY_MS)
`,
    new: '',
    promise: 'Enter does not follow so closely that it becomes a part of the pasted text.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: `    if (hasCode(error, ErrorCode.screenChanged)) return {outcome: 'not_now', reason: 'its screen changed'}
`,
    new: '',
    promise: 'A text that was refused because the screen changed is tried again.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: "if (hasCode(error, ErrorCode.sessionLost)) return {outcome: 'failed', reason: OVER}",
    new: "if (hasCode(error, ErrorCode.sessionLost)) return {outcome: 'not_now', reason: OVER}",
    promise: 'A text whose session was lost fails: it is not tried on the next life.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: `    if (!hasCode(error, ErrorCode.backendUnavailable)) throw error
`,
    new: '',
    promise: 'An unexpected error while typing is thrown.',
  },
  {
    file: 'src/typing/deliver.ts',
    old: "seen.over ? 'failed' : 'not_now'",
    new: "seen.over ? 'failed' : 'failed'",
    promise: 'A backend without an answer does not make a nudge fail.',
  },
  {
    file: 'src/typing/observe.ts',
    old: `  if (session.liveness === 'dead') return {reading: dead(backend, session)}
`,
    new: '',
    promise: 'An agent that has ended is dead, whatever its screen shows.',
  },
  {
    file: 'src/typing/observe.ts',
    old: 'backend.local ? await ownState({kind, pid, bornAt, env}) : undefined',
    new: 'await ownState({kind, pid, bornAt, env})',
    promise: 'The pid of a remote process is not looked up here.',
  },
  {
    file: 'src/typing/observe.ts',
    old: "const alive = session.liveness === 'alive'",
    new: "const alive = session.liveness !== 'dead'",
    promise: 'A session with unknown liveness is not read as alive.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: "session === undefined || session.liveness === 'dead'",
    new: 'session === undefined',
    promise: 'A session whose agent has ended is over.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: `    if (session.liveness === 'unknown') return unclear
`,
    new: '',
    promise: 'Unknown liveness does not count as alive.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: '(afterLimit && reading.prompt) || reading.state',
    new: 'reading.prompt || reading.state',
    promise: 'Below a usage limit only nudges for that case are typed.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: '(afterLimit && reading.prompt) || reading.state',
    new: 'reading.state',
    promise: 'A nudge that follows a usage limit is typed below it.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: `    if (hasCode(error, ErrorCode.sessionLost)) return {over: true, reason: OVER}
`,
    new: '',
    promise: 'A session that is lost during a snapshot is over, which is not an error.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: `    if (hasCode(error, ErrorCode.backendUnavailable)) return unclear
    throw error`,
    new: '    return unclear',
    promise: 'An unexpected error during a snapshot is thrown.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: `  if (session.stopping) return 'its session is being stopped'
`,
    new: '',
    promise: 'Nothing is typed into a session that is being stopped.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: `  if (view.inMode) return 'a person is scrolling back in it'
`,
    new: '',
    promise: 'Nothing is typed while a person scrolls back.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: 'session.attached > 0 && !force',
    new: '!force && session.attached > 1',
    promise: 'Nothing is typed while a terminal shows the session.',
  },
  {
    file: 'src/typing/prompt-target.ts',
    old: 'session.attached > 0 && !force',
    new: 'session.attached > 0',
    promise: '--force types even while a terminal shows the session.',
  },
  {
    file: 'src/typing/prompt-text.ts',
    old: 'const TAIL = 24',
    new: 'const TAIL = 4',
    promise: 'A text counts as shown by its last words, not by its last letters.',
  },
  {
    file: 'src/typing/prompt-text.ts',
    old: 'const TAIL = 24',
    new: 'const TAIL = 2400',
    promise: 'A long text counts as shown when its end is.',
  },
  {
    file: 'src/typing/prompt-text.ts',
    old: 'rows.slice(Math.max(0, cursor.row - ROWS_ABOVE), cursor.row + 1 + ROWS_BELOW)',
    new: 'rows',
    promise: 'A text far from the cursor does not count as being in the prompt.',
  },
  {
    file: 'src/typing/prompt-text.ts',
    old: 'cursor.row + 1 + ROWS_BELOW',
    new: 'cursor.row + 1',
    promise: 'A prompt may draw its cursor above the end of the text.',
  },
  {
    file: 'src/typing/prompt-text.ts',
    old: ' || PLACEHOLDER.test(near)',
    new: '',
    promise: "The agent's placeholder for a long text counts as the text.",
  },
  {
    file: 'src/typing/prompt-text.ts',
    old: '.slice(0, cursor.column)).slice(-TAIL)',
    new: ').slice(-TAIL)',
    promise: 'A hint after the cursor is not the text.',
  },
  {
    file: 'src/typing/prompt-text.ts',
    old: 'before.length >= SHORTEST_END && tail.endsWith(before)',
    new: 'tail.endsWith(before)',
    promise: 'A few letters at the cursor are not the end of the text.',
  },
  {
    file: 'src/typing/prompt-text.ts',
    old: `  if (tail === '' || before === '') return false
`,
    new: '',
    promise: 'An empty prompt does not end with any text.',
  },
  {
    file: 'src/typing/submit.ts',
    old: ' && showsText(seen.view, text) && obstacleIn(',
    new: ' && obstacleIn(',
    promise: 'A text that is no longer in the prompt gets no Enter.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "seen.reading.state === 'draft' && showsText(",
    new: 'showsText(',
    promise: 'Enter is pressed only when the prompt holds a draft.',
  },
  {
    file: 'src/typing/submit.ts',
    old: ` && obstacleIn(target, seen) === undefined
`,
    new: `
`,
    promise: 'Enter is not pressed while a terminal shows it, a person scrolls back, or a stop is under way.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "press(session, 'Enter', {seen: view})",
    new: "press(session, 'Enter', view && {})",
    promise: 'Enter is refused when the screen is no longer the one that was read.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "!('over' in again) && mayPress(target, again, text) && (await",
    new: "!('over' in again) && (await",
    promise: 'The second Enter has the same conditions as the first.',
  },
  {
    file: 'src/typing/submit.ts',
    old: 'hasCode(error, ErrorCode.screenChanged) || hasCode(error, ErrorCode.sessionLost)) return false',
    new: 'hasCode(error, ErrorCode.screenChanged) || hasCode(error, ErrorCode.sessionLost)) return true',
    promise: 'A refused Enter does not count as pressed.',
  },
  {
    file: 'src/typing/submit.ts',
    old: `    if (!hasCode(error, ErrorCode.backendUnavailable)) throw error
`,
    new: '',
    promise: 'An unexpected error at Enter is thrown.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "    return {outcome: 'failed', reason: KEY_UNKNOWN}",
    new: '    return false',
    promise: 'An Enter that may have arrived is not pressed again.',
  },
  {
    file: 'src/typing/submit.ts',
    old: `  if (typeof pressed === 'object') return pressed
  const last`,
    new: '  const last',
    promise: 'A second Enter that may have arrived makes the nudge fail, and says so.',
  },
  {
    file: 'src/typing/submit.ts',
    old: `      if (!seen.over) continue
      return {outcome: 'failed', reason: 'its session ended after the text`,
    new: "      return {outcome: 'failed', reason: 'its session ended after the text",
    promise: 'A backend without an answer before Enter does not mean that the session ended.',
  },
  {
    file: 'src/typing/submit.ts',
    old: `      if (!seen.over) continue
      return {
`,
    new: `      return {
`,
    promise: 'A backend without an answer after Enter does not mean that the session ended.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "    gone = last === 'gone' ? gone + 1 : 0",
    new: "    gone = last === 'gone' ? gone + 1 : gone",
    promise: 'Only two consecutive snapshots without the text mean that it was taken.',
  },
  {
    file: 'src/typing/submit.ts',
    old: 'if (gone > 1)',
    new: 'if (gone > 0)',
    promise: 'One snapshot without the text does not mean that it was taken.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "(state === 'draft' && showsText(view, text)) || endsAtCursor(view, text)",
    new: "state === 'draft' && showsText(view, text)",
    promise: 'A text at the cursor of an unknown screen was not taken.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "(state === 'draft' && showsText(view, text)) || endsAtCursor(view, text)",
    new: 'endsAtCursor(view, text)',
    promise: 'A text in the prompt was not taken, wherever the cursor is.',
  },
  {
    file: 'src/typing/submit.ts',
    old: `  return last === 'stands'
    ? 'stands'
    : {`,
    new: `  return last !== 'unclear'
    ? 'stands'
    : {`,
    promise: 'Only a text that is seen in the prompt gets a second Enter.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "let last: Verdict = 'unclear'",
    new: "let last: Verdict = 'stands'",
    promise: 'A text that was not seen after Enter is not reported as being in the prompt.',
  },
  {
    file: 'src/typing/submit.ts',
    old: `    default:
      return 'unclear'`,
    new: `    default:
      return 'taken'`,
    promise: 'A state without information about the text does not mean that it was taken.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "{outcome: pressed ? 'failed' : 'typed',",
    new: "{outcome: pressed ? 'failed' : 'failed',",
    promise: 'A text whose second Enter was not pressed can still be submitted.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "obstacle === undefined && (seen?.reading.state === 'idle' ||",
    new: "(seen?.reading.state === 'idle' ||",
    promise: 'A text whose Enter is blocked by an obstacle is not given up.',
  },
  {
    file: 'src/typing/submit.ts',
    old: "|| seen?.reading.state === 'draft')) {",
    new: ')) {',
    promise: 'There is no wait for a text that was replaced in the prompt.',
  },
  {
    file: 'src/typing/timer.ts',
    old: `      signal?.throwIfAborted()
      throw error`,
    new: '      throw error',
    promise: "An interrupted wait rejects with the signal's reason.",
  },
]
