export default [
  {
    file: 'src/nudge/drain.ts',
    old: 'await round.queue.whileAlone(() => drain(round, isEnough))',
    new: 'await drain(round, isEnough)',
    promise: 'Only one process at a time types into a session.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: "nudge.state === 'queued' && isLate(nudge)",
    new: "nudge.state === 'queued' && isLate(nudge) && nudge === open[0]",
    promise: 'A nudge that waits behind another expires, too.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: "open.filter((nudge) => nudge.state === 'queued' && isLate(nudge))",
    new: 'open.filter((nudge) => isLate(nudge))',
    promise: 'A nudge that may have been typed does not simply expire.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'if (isBlocked && !nudge.force) continue',
    new: 'if (isBlocked) continue',
    promise: 'A forced nudge does not wait behind an unforced one.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'if (isBlocked && !nudge.force) continue',
    new: 'if (isBlocked && !nudge.force && open.length > 99) continue',
    promise: 'Nudges keep their order behind one that waits.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: "if (nudge.force || settled.state === 'typing') return",
    new: 'if (nudge.force) return',
    promise: 'Nothing is typed after a text that is still in the prompt.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: `    if (isEnough(settled)) return
`,
    new: '',
    promise: 'A sender whose nudge is settled does not deliver those of others.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: "if (nudge.state === 'typing' && !nudge.typed) {",
    new: "if (nudge.state === 'delivered') {",
    promise: 'A text that a killed process was typing is not typed again.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'if (nudge.typed && isLate(nudge)) {',
    new: 'if (nudge.typed && isLate(nudge) && nudge.force) {',
    promise: 'A text that is in the prompt for too long gets no Enter.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: `    if (isLate(nudge)) return false
`,
    new: '',
    promise: 'A nudge that expires during the snapshot is not typed.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: `    current = await setState(round, nudge, {state: 'typing'})
`,
    new: '',
    promise: 'The start of typing is recorded before the first key.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: "{state: 'typing', reason: attempt.reason, typed: true}",
    new: "{state: 'typing', reason: attempt.reason}",
    promise: 'A typed text is recorded, so that it is submitted and not typed again.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: "state: nudge.typed ? 'typing' : 'queued',",
    new: "state: 'queued',",
    promise: 'A typed text never becomes queued again.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'return found.session.incarnation === incarnation ? found : undefined',
    new: 'return incarnation ? found : undefined',
    promise: 'A nudge never reaches another life of the session.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: `if (hasCode(error, 'NOT_RUNNING') || hasCode(error, ErrorCode.sessionForeign)) return undefined
    throw error`,
    new: 'return undefined',
    promise: 'A backend without an answer does not mean that the session is over.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: "hasCode(error, 'NOT_RUNNING') || hasCode(error, ErrorCode.sessionForeign)",
    new: "hasCode(error, 'NOT_RUNNING')",
    promise: "A foreign session in the session's place makes its nudges fail.",
  },
  {
    file: 'src/nudge/drain.ts',
    old: `    if (!hasCode(error, ErrorCode.backendUnavailable)) throw error
`,
    new: '',
    promise: 'An unexpected error while delivering is thrown.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: `    if (!canType(backend)) return {outcome: 'failed', reason: \`\${backend.name} cannot type\`}
`,
    new: `    if (!canType(backend)) return {outcome: 'not_now', reason: \`\${backend.name} cannot type\`}
`,
    promise: 'A nudge on a backend that cannot type fails at once.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'backend.type !== undefined && backend.press !== undefined',
    new: 'backend.type !== undefined',
    promise: 'Nothing is typed on a backend that cannot press Enter.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'nudge.typed ? await submit(target, nudge.text) : await deliver(',
    new: 'await deliver(',
    promise: 'A text that is in the prompt is submitted, and not typed a second time.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'const {force, afterLimit = false} = nudge',
    new: 'const {force, afterLimit = true} = nudge',
    promise: 'A nudge is typed below a usage limit only if it is for that case.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'look, force, afterLimit}',
    new: 'look, force: force || true, afterLimit}',
    promise: 'Only a forced nudge is typed while a terminal shows the session.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'return typed ?',
    new: 'return !typed ?',
    promise: 'A receipt says whether anything was typed when the session ended.',
  },
  {
    file: 'src/nudge/drain.ts',
    old: 'if (!(await round.queue.asDispatcher(() => drainWhileAny(round)))) return',
    new: 'await drainWhileAny(round)',
    promise: 'A session has one dispatcher.',
  },
  {
    file: 'src/nudge/nudge-file.ts',
    old: 'version: v.literal(1),',
    new: 'version: v.unknown(),',
    promise: 'A nudge of another format is set aside.',
  },
  {
    file: 'src/nudge/nudge-file.ts',
    old: 'nudge.id === id',
    new: "nudge.id !== ''",
    promise: 'A nudge with another id than its file name is set aside.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `if (content.is === 'usable') return content.state
`,
    new: `if (content.is === 'usable') return content.state
    if (content.is === 'unusable') return undefined
`,
    promise: 'A truncated nudge is set aside.',
  },
  {
    file: 'src/nudge/nudge-file.ts',
    old: 'force: v.boolean(),',
    new: 'force: v.fallback(v.boolean(), false),',
    promise: 'A nudge without `force` is set aside.',
  },
  {
    file: 'src/nudge/nudge-file.ts',
    old: 'expiresAt: v.number,',
    new: 'expiresAt: v.fallback(v.number, 0),',
    promise: 'A nudge without an expiry is set aside.',
  },
  {
    file: 'src/nudge/nudge-file.ts',
    old: `    session: v.text,
    incarnation: v.text,`,
    new: `    session: v.text,
    incarnation: v.fallback(v.text, ''),`,
    promise: 'A nudge without an incarnation is set aside.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: "content.is === 'absent' ? undefined",
    new: "content.is === 'absent' || content.is === 'no file' ? undefined",
    promise: 'A link or folder in the place of a nudge is set aside and named.',
  },
  {
    file: 'src/nudge/nudge-file.ts',
    old: '/^[0-9a-z]{9}-[0-9a-f]{12}$/',
    new: '/^[0-9a-z]{9}-[0-9a-f]{12}/',
    promise: 'A text that merely begins like an id is not looked up.',
  },
  {
    file: 'src/nudge/nudge-file.ts',
    old: ".padStart(9, '0')",
    new: '',
    promise: 'Ids sort by time.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: 'typedText(given).trimEnd()',
    new: 'given.trimEnd()',
    promise: 'No control character is typed, and none hides a command.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: `  if (text.trim() === '') throw usageError('the text is empty')
`,
    new: '',
    promise: 'An empty text is refused.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: '/^\\s*[/!@#?]/',
    new: '/^[/!@#?]/',
    promise: 'A command behind blanks is refused, too.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: '/^\\s*[/!@#?]/',
    new: '/^\\s*[!@#?]/',
    promise: 'A text that begins with / is refused.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: '/^\\s*[/!@#?]/',
    new: '/^\\s*[/@#?]/',
    promise: 'A text that begins with ! is refused.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: '/^\\s*[/!@#?]/',
    new: '/^\\s*[/!#?]/',
    promise: 'A text that begins with @ is refused.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: '/^\\s*[/!@#?]/',
    new: '/^\\s*[/!@?]/',
    promise: 'A text that begins with # is refused.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: '/^\\s*[/!@#?]/',
    new: '/^\\s*[/!@#]/',
    promise: 'A text that begins with ? is refused.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: "  if (session.liveness === 'dead') {",
    new: "  if (session.liveness === 'dead' && session.stopping) {",
    promise: 'A nudge to an agent that has ended is refused.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: `  checkPaste(text, session)
`,
    new: '',
    promise: 'Several lines are refused when they would act as keys.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: 'if (!/[\\n\\t]/.test(text)',
    new: 'if (!/[\\n]/.test(text)',
    promise: 'A tab is refused when it would act as a key.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: " || labels.prompt === undefined || labels.paste === 'bracketed') return",
    new: ' || labels.prompt === undefined) return',
    promise: 'Several lines are typed into an agent that takes them as text.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: 'incarnation: session.incarnation,',
    new: "incarnation: session.incarnation && 'any',",
    promise: 'A nudge is for the life of the session that was seen.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: `    force,
    ...(afterLimit && {afterLimit}),`,
    new: '    force,',
    promise: 'A nudge keeps that it follows a usage limit.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: `    } finally {
      const isOpen = (await queue.open()).some((nudge) => nudge.id === id)
      if (isOpen && (await queue.claimDispatcherStart())) await services.startDispatcher(agent.address)
    }`,
    new: `    } finally {
      // nobody is called
    }`,
    promise: 'A dispatcher is started for a nudge that may outlast its sender.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: 'if (isOpen && (await queue.claimDispatcherStart()))',
    new: 'if (await queue.claimDispatcherStart())',
    promise: 'No dispatcher is started for a final nudge.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: 'if (isOpen && (await queue.claimDispatcherStart()))',
    new: 'if (isOpen)',
    promise: 'Only one dispatcher is started, however many nudges wait.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: 'sleep(pause, signal)',
    new: 'sleep(pause)',
    promise: 'A sender that waits can be interrupted.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: 'if (isFinal(receipt.state) || timer.now() >= end) return receipt',
    new: 'if (isFinal(receipt.state)) return receipt',
    promise: 'A sender waits no longer than its limit.',
  },
  {
    file: 'src/nudge/nudge.ts',
    old: 'settled.id === id || timer.now() >= end',
    new: 'settled.id === id',
    promise: 'A sender whose wait is over does not deliver other nudges.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: 'await makeOwnFolder(folder, 0o700)',
    new: 'await makeOwnFolder(folder, 0o755)',
    promise: 'The folders of nudges are for their owner only.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: 'await replacePrivateFile(join(this.#folder, `${nudge.id}.json`), textOf(nudge))',
    new: "await (await import('node:fs/promises')).writeFile(join(this.#folder, `${nudge.id}.json`), textOf(nudge))",
    promise: 'A nudge is readable by its owner only, and replaced as a whole.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `if (nudge && isFinal(nudge.state)) await this.#putAway(nudge)
      else if (nudge)`,
    new: 'if (nudge)',
    promise: 'A final nudge is not delivered again.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `    if (isFinal(nudge.state)) await this.#putAway(nudge)
  }`,
    new: '  }',
    promise: 'A final nudge is moved to the receipts at once.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `for (const folder of [this.#folder, this.#done]) {
      const nudge`,
    new: `for (const folder of [this.#done]) {
      const nudge`,
    promise: 'A nudge that waits has a receipt.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `    if (!existsSync(this.#folder)) return false
`,
    new: '',
    promise: 'The folder of a removed town is not recreated.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `      if (error === taken) return false
`,
    new: `      if (error) return false
`,
    promise: 'An error of the work under the lock is thrown.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: 'claimed = Date.now() - ((await statIfThere(mark))?.mtimeMs ?? 0) > DISPATCHER_START_MS',
    new: 'claimed = true || ((await statIfThere(mark))?.mtimeMs ?? 0) > CALLED_WITHIN_MS',
    promise: 'A dispatcher that was started a moment ago is enough.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `    await this.#whileHolding('.courier', 0, async () => {
      const mark`,
    new: `    await this.#whileHolding('.caller', 0, async () => {
      const mark`,
    promise: 'No dispatcher is started while one is at work.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `.slice(0, -KEPT)
    for`,
    new: `.slice(0, -KEPT - 1)
    for`,
    promise: 'The number of receipts is limited.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `      await makeOwnFolder(runtime, 0o755)
`,
    new: `      await (await import('node:fs/promises')).mkdir(runtime, {recursive: true})
`,
    promise: 'Nothing is written through a link in the place of .runtime.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `    .filter(isNudgeId)
`,
    new: '',
    promise: 'A foreign file is left alone.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `    .sort()
`,
    new: `    .sort()
    .reverse()
`,
    promise: 'The oldest nudge is the first.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: `    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error`,
    new: `    if (error) return []
    throw error`,
    promise: 'A queue that cannot be read is not taken for an empty one.',
  },
  {
    file: 'src/nudge/queue.ts',
    old: 'if (aside !== undefined) this.#warn(',
    new: "if (aside === '') this.#warn(",
    promise: 'A file that is set aside is named.',
  },
  {
    file: 'src/nudge/receipt.ts',
    old: '  if (isNudgeId(id)) {',
    new: '  if (id) {',
    promise: 'A receipt is looked up by its id, never by a path.',
  },
  {
    file: 'src/nudge/receipt.ts',
    old: '{text: _, force: __, typed: ___, ...receipt}: Nudge',
    new: '{force: __, typed: ___, ...receipt}: Nudge',
    promise: 'A receipt does not contain the text.',
  },
  {
    file: 'src/nudge/receipt.ts',
    old: "state === 'queued' && now >= expiresAt",
    new: 'now >= expiresAt',
    promise: 'A delivered nudge does not expire.',
  },
  {
    file: 'src/nudge/receipt.ts',
    old: "state === 'queued' && now >= expiresAt",
    new: "state === 'queued' && now < 0",
    promise: "An overdue nudge's receipt says expired, even before that is recorded.",
  },
]
