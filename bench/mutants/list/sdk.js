export default [
  {
    file: 'packages/sdk/src/check-terminal.ts',
    old: 'process.stdin.isTTY && process.stdout.isTTY',
    new: 'process.stdin.isTTY || process.stdout.isTTY',
    promise: 'A session is attached only if both input and output are a terminal.',
  },
  {
    file: 'packages/sdk/src/commands/environment.ts',
    old: "if (equals < 0) throw usageError(`--env takes KEY=VALUE: entry ${index + 1} has no '='`)",
    new: "if (equals < 0) throw usageError(`--env takes KEY=VALUE: '${entry}' has no '='`)",
    promise: 'A value of --env is never shown, even if it is invalid.',
  },
  {
    file: 'packages/sdk/src/commands/environment.ts',
    old: "const equals = entry.indexOf('=')",
    new: "const equals = entry.lastIndexOf('=')",
    promise: 'The value of --env is everything after the first =.',
  },
  {
    file: 'packages/sdk/src/commands/environment.ts',
    old: 'if (Object.hasOwn(env, name)) throw',
    new: "if (name in env && env[name] === '') throw",
    promise: '--env that sets a variable twice is refused.',
  },
  {
    file: 'packages/sdk/src/commands/environment.ts',
    old: "'GT_SESSION_ID'",
    new: "'XGT_SESSION_ID'",
    promise: "--env cannot set GT_SESSION_ID, which identifies gt's sessions.",
  },
  {
    file: 'packages/sdk/src/commands/environment.ts',
    old: "'TMUX', 'TMUX_PANE'",
    new: "'TMUX_PANE'",
    promise: '--env cannot set TMUX, which identifies the tmux session.',
  },
  {
    file: 'packages/sdk/src/commands/environment.ts',
    old: "'TMUX_PANE'",
    new: "'XTMUX_PANE'",
    promise: '--env cannot set TMUX_PANE, which identifies the tmux session.',
  },
  {
    file: 'packages/sdk/src/commands/environment.ts',
    old: '/^[A-Za-z_][A-Za-z0-9_]*$/',
    new: '/^[A-Za-z_][A-Za-z0-9_]*/',
    promise: 'A variable has a portable name.',
  },
  {
    file: 'packages/sdk/src/commands/error-output.ts',
    old: "return {error: {code: 'UNEXPECTED', message: firstLine(message)}}",
    new: "return {error: {code: 'UNEXPECTED', message}}",
    promise: 'JSON output contains no stack.',
  },
  {
    file: 'packages/sdk/src/commands/error-output.ts',
    old: '...(liveness && {liveness})}',
    new: '...(liveness && {})}',
    promise: 'JSON output says unknown if liveness is unknown.',
  },
  {
    file: 'packages/sdk/src/commands/error-output.ts',
    old: '{error: {code, message, ...(hint && {hint}), ...details}',
    new: '{error: {code, message, ...(hint && {hint})}',
    promise: 'JSON output contains the details of a failure.',
  },
  {
    file: 'packages/sdk/src/commands/gt-command.ts',
    old: `    this.debug = () => {}
`,
    new: '',
    promise: 'The command line with its secrets is not written to the debug log.',
  },
  {
    file: 'packages/sdk/src/commands/gt-command.ts',
    old: 'if (index > end || (name',
    new: 'if ((name',
    promise: 'Arguments after -- are taken literally.',
  },
  {
    file: 'packages/sdk/src/commands/gt-command.ts',
    old: "return value === 'true' ? [`--${name}`] : []",
    new: "return [`--${name}${value === '' ? '' : ''}`]",
    promise: '--json=false disables JSON.',
  },
  {
    file: 'packages/sdk/src/commands/gt-command.ts',
    old: "(name !== 'json' && flags[name]?.type !== 'boolean')",
    new: "flags[name]?.type !== 'boolean'",
    promise: '--json=true means the same as --json.',
  },
  {
    file: 'packages/sdk/src/commands/gt-command.ts',
    old: 'if (!this.jsonEnabled()) process.stdout',
    new: 'process.stdout',
    promise: 'With --json, stdout contains only JSON.',
  },
  {
    file: 'packages/sdk/src/commands/gt-command.ts',
    old: 'if (this.jsonEnabled()) process.stderr.write(errorToText(shown))',
    new: 'if (!this.jsonEnabled()) process.stderr.write(errorToText(shown))',
    promise: 'With --json, an error is also shown on stderr.',
  },
  {
    file: 'packages/sdk/src/commands/interrupt.ts',
    old: 'if (controller.signal.aborted) process.exit(exitCodeOf(signal))',
    new: 'if (controller.signal.aborted) return',
    promise: 'A second interrupt ends the process at once.',
  },
  {
    file: 'packages/sdk/src/commands/interrupt.ts',
    old: `  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt)
  }`,
    new: `  } finally {
    void interrupt
  }`,
    promise: 'After the work, an interrupt ends the process as usual.',
  },
  {
    file: 'packages/sdk/src/commands/interrupt.ts',
    old: "['SIGINT', 'SIGTERM', 'SIGHUP'] as const",
    new: "['SIGINT', 'SIGTERM'] as const",
    promise: 'Work cleans up when its terminal closes.',
  },
  {
    file: 'packages/sdk/src/commands/interrupt.ts',
    old: "['SIGINT', 'SIGTERM', 'SIGHUP'] as const",
    new: "['SIGINT', 'SIGHUP'] as const",
    promise: 'Work cleans up on SIGTERM.',
  },
  {
    file: 'packages/sdk/src/commands/interrupt.ts',
    old: 'return 128 + constants.signals[signal]',
    new: 'return 1 + 0 * constants.signals[signal]',
    promise: 'The exit code of an interrupted command matches its signal.',
  },
  {
    file: 'packages/sdk/src/commands/interrupt.ts',
    old: "  process.stdout.on('error', leave)",
    new: "  process.stdout.on('close', leave)",
    promise: 'A watch ends when its reader goes away.',
  },
  {
    file: 'packages/sdk/src/commands/interrupt.ts',
    old: 'AbortSignal.any([signal, left.signal])',
    new: 'AbortSignal.any([left.signal, ...(signal.aborted ? [signal] : [])])',
    promise: 'A watch ends when the user ends it.',
  },
  {
    file: 'packages/sdk/src/commands/outcomes.ts',
    old: '      (error: unknown) => ({ref, error}),',
    new: '      (error: unknown) => Promise.reject(error),',
    promise: 'One failure among many does not stop the others.',
  },
  {
    file: 'packages/sdk/src/commands/outcomes.ts',
    old: 'const AT_ONCE = 4',
    new: 'const AT_ONCE = 400',
    promise: 'Only a few agents start at once.',
  },
  {
    file: 'packages/sdk/src/commands/outcomes.ts',
    old: "'error' in outcome ? errorToJson(outcome.error)",
    new: "'error' in outcome ? {outcome: 'failed'}",
    promise: 'JSON output says why one of many failed.',
  },
  {
    file: 'packages/sdk/src/commands/role-command.ts',
    old: "if (outcomes.some((outcome) => 'error' in outcome)) process.exitCode = 1",
    new: "if (outcomes.every((outcome) => 'error' in outcome)) process.exitCode = 1",
    promise: 'The exit code is 1 if any of many failed.',
  },
  {
    file: 'packages/sdk/src/commands/role-command.ts',
    old: "role.scope === 'town' || isNamed !== all || !(isNamed || needed)",
    new: "role.scope === 'town' || isNamed || isNamed !== all || !needed",
    promise: 'A rig and --all cannot be given together.',
  },
  {
    file: 'packages/sdk/src/commands/role-command.ts',
    old: "role.scope === 'town' || isNamed !== all || !(isNamed || needed)",
    new: "role.scope === 'town' || isNamed !== all || !isNamed",
    promise: 'A start without a rig or --all is a usage error and starts nothing.',
  },
  {
    file: 'packages/sdk/src/commands/role-flags.ts',
    old: 'if (force) return {graceMs: 0}',
    new: 'if (force) return {}',
    promise: '--force sets the grace period to zero.',
  },
  {
    file: 'packages/sdk/src/commands/role-flags.ts',
    old: '...(acceptDialogs !== undefined && {acceptDialogs}),',
    new: '...(acceptDialogs && {acceptDialogs}),',
    promise: '--no-accept-dialogs differs from the default.',
  },
  {
    file: 'packages/sdk/src/commands/role-flags.ts',
    old: 'timeoutMs: timeout ?? DEFAULT_TIMEOUT_MS,',
    new: 'timeoutMs: timeout || DEFAULT_TIMEOUT_MS,',
    promise: '--timeout 0 means 0, not the default.',
  },
  {
    file: 'packages/sdk/src/commands/status-command.ts',
    old: "if (entries.some((entry) => 'error' in entry)) process.exitCode = 1",
    new: 'if (entries.length === 0) process.exitCode = 1',
    promise: "A status exits with 1 if any rig's status is unknown.",
  },
  {
    file: 'packages/sdk/src/commands/status-command.ts',
    old: 'if (ms >= MIN_INTERVAL_MS) return ms',
    new: 'if (ms >= 0) return ms',
    promise: 'A watch has a minimum interval.',
  },
  {
    file: 'packages/sdk/src/commands/status-entry.ts',
    old: "if ('error' in entry) return 'unknown'",
    new: "if ('error' in entry) return 'stopped'",
    promise: 'A session that cannot be checked is unknown, not stopped.',
  },
  {
    file: 'packages/sdk/src/commands/status-entry.ts',
    old: "return liveness === 'absent' ? 'stopped' : liveness",
    new: "return liveness === 'absent' || liveness === 'outlived' ? 'stopped' : liveness",
    promise: 'An agent that outlived its session is not shown as stopped.',
  },
  {
    file: 'packages/sdk/src/commands/status-report.ts',
    old: '    return {failed: error}',
    new: '    throw error',
    promise: 'A watch continues after a failed check.',
  },
  {
    file: 'packages/sdk/src/commands/status-report.ts',
    old: `  } finally {
    printer.close()
  }`,
    new: `  } finally {
    void tell
  }`,
    promise: 'A watch restores the terminal.',
  },
  {
    file: 'packages/sdk/src/commands/status-report.ts',
    old: 'if (error !== lastError) process.stderr.write(error)',
    new: 'process.stderr.write(error)',
    promise: 'The same failure is reported once, not at every check.',
  },
  {
    file: 'packages/sdk/src/commands/usage-errors.ts',
    old: "error.flags?.[0]?.split('=') ?? []",
    new: '[error.flags?.[0]]',
    promise: 'The value of a mistyped flag is not shown.',
  },
  {
    file: 'packages/sdk/src/commands/watch.ts',
    old: 'while (!signal.aborted) {',
    new: 'for (;;) {',
    promise: 'A watch ends when its signal is aborted.',
  },
  {
    file: 'packages/sdk/src/commands/watch.ts',
    old: `    this.#terminal.write(CLOSE)
`,
    new: `    void CLOSE
`,
    promise: 'The terminal is restored.',
  },
  {
    file: 'packages/sdk/src/conformance/cases/cancel.ts',
    old: `equal(await backend.inspect(wanted.name), undefined, 'the session of that name')
  const report`,
    new: 'const report',
    promise: 'The suite detects a cancelled start that leaves its session behind.',
    tests: ['packages/sdk/test/integration/conformance-broken.test.ts'],
  },
  {
    file: 'packages/sdk/src/conformance/cases/processes.ts',
    old: 'ensure(!isAlive(pid), `generation ${2 - generation} still runs`)',
    new: 'void [isAlive(pid), generation]',
    promise: 'The suite detects a backend that leaves children running.',
    tests: ['packages/sdk/test/integration/conformance-broken.test.ts'],
  },
  {
    file: 'packages/sdk/src/conformance/cases/processes.ts',
    old: `await backend.stop(session, {graceMs: 500})
  ensure(!isAlive(pid), 'it still runs')`,
    new: `await backend.stop(session, {graceMs: 500})
  void [isAlive(pid), ensure]`,
    promise: 'The suite detects a backend that leaves orphans running.',
    tests: ['packages/sdk/test/integration/conformance-broken.test.ts'],
  },
  {
    file: 'packages/sdk/src/conformance/cases/secrets.ts',
    old: `    seen.push(...processesWithArgument(secret))
`,
    new: '',
    promise: 'The suite detects a secret that is in an argument list only briefly.',
    tests: ['packages/sdk/test/integration/conformance-broken.test.ts'],
  },
  {
    file: 'packages/sdk/src/conformance/cases/stop.ts',
    old: "ensure(!isAlive(session.pid), 'its process still runs')",
    new: 'void [isAlive, ensure]',
    promise: 'The suite detects a backend whose stop leaves the process running.',
    survives:
      'The cases of a process that ignores TERM, and of a stop without a grace period, notice such a backend as well.',
  },
  {
    file: 'packages/sdk/src/conformance/context.ts',
    old: 'if (name.startsWith(prefix)) names.add(name)',
    new: 'names.add(name)',
    promise: 'The suite leaves sessions of other names alone.',
  },
  {
    file: 'packages/sdk/src/conformance/context.ts',
    old: 'if (session) await backend.stop(session, {graceMs: 0})',
    new: 'if (session && names === undefined) await backend.stop(session, {graceMs: 0})',
    promise: 'The sessions of a case are stopped after it.',
  },
  {
    file: 'packages/sdk/src/conformance/context.ts',
    old: `  await rm(directory, {recursive: true, force: true, maxRetries: 5})
  for`,
    new: `  void [rm, directory]
  for`,
    promise: 'The programs of a case end after it, whatever the backend does.',
  },
  {
    file: 'packages/sdk/src/conformance/context.ts',
    old: 'if (performance.now() > end) throw',
    new: "if (performance.now() > end && what === '') throw",
    promise: 'A case that times out says what it waited for.',
  },
  {
    file: 'packages/sdk/src/conformance/expect.ts',
    old: 'assert.deepStrictEqual(found, expected)',
    new: 'if (found != expected) assert.deepStrictEqual(found, expected)',
    promise: "undefined does not equal null, and 1 does not equal '1'.",
  },
  {
    file: 'packages/sdk/src/conformance/expect.ts',
    old: 'if (!hasCode(outcome.reason, code)) {',
    new: "if (!hasCode(outcome.reason, code) && code === '') {",
    promise: 'A rejection with another code fails the case.',
  },
  {
    file: 'packages/sdk/src/conformance/expect.ts',
    old: "if (outcome.status === 'fulfilled') {",
    new: `if (outcome.status === 'fulfilled' && code === '') return
  if (outcome.status === 'fulfilled' && outcome.value !== undefined) {`,
    promise: 'A call that should have been rejected but was not fails the case.',
  },
  {
    file: 'packages/sdk/src/conformance/processes.ts',
    old: "state !== undefined && state !== 'Z'",
    new: 'state !== undefined',
    promise: 'An ended process does not count as running.',
  },
  {
    file: 'packages/sdk/src/conformance/processes.ts',
    old: "if (hasErrno(error, 'ESRCH')) return false",
    new: "if (hasErrno(error, 'ESRCH', 'EPERM')) return false",
    promise: "Another user's process does not count as ended.",
  },
  {
    file: 'packages/sdk/src/conformance/run-conformance.ts',
    old: "return error instanceof Skipped ? {outcome: 'skipped', reason: error.message} : failed(error)",
    new: "return {outcome: 'skipped', reason: failed(error instanceof Skipped ? error : error).reason ?? ''}",
    promise: 'A failed case is not reported as skipped.',
  },
  {
    file: 'packages/sdk/src/conformance/run-conformance.ts',
    old: "return verdict.outcome === 'failed' ? verdict : failed(error, 'its sessions could not be ended: ')",
    new: "return verdict.outcome === 'failed' ? failed(error) : verdict",
    promise: 'A leftover session makes its case fail.',
  },
  {
    file: 'packages/sdk/src/conformance/run-conformance.ts',
    old: "return verdict.outcome === 'failed' ? verdict : failed(",
    new: 'return failed(',
    promise: 'A failed case is reported with its own reason.',
  },
  {
    file: 'packages/sdk/src/conformance/run-conformance.ts',
    old: 'const verdict = await judge(testCase, options).catch((error) => failed(error))',
    new: "const verdict = await judge(testCase, options).catch((error) => ({...failed(error), outcome: 'skipped' as const}))",
    promise: 'A case that could not begin has failed.',
  },
  {
    file: 'packages/sdk/src/conformance/run-conformance.ts',
    old: "if (missing) return {outcome: 'skipped',",
    new: "if (missing) return {outcome: 'passed',",
    promise: 'A case that was not run is reported as skipped, with the reason.',
  },
  {
    file: 'packages/sdk/src/conformance/run-conformance.ts',
    old: `      signal?.throwIfAborted()
`,
    new: '',
    promise: 'No case begins after the run was aborted.',
  },
  {
    file: 'packages/sdk/src/conformance/run-conformance.ts',
    old: `    await Promise.all(running)
  }
}`,
    new: `    void running
  }
}`,
    promise: 'A run that ends early waits for its running cases.',
  },
  {
    file: 'packages/sdk/src/conformance/run-conformance.ts',
    old: 'running.length >= concurrency',
    new: 'running.length > concurrency',
    promise: 'At most the requested number of cases run at once.',
  },
  {
    file: 'packages/sdk/src/conformance/run-conformance.ts',
    old: '  if (!backend.local) {',
    new: "  if (backend.name === '') {",
    promise: 'A backend that is not local is rejected.',
  },
  {
    file: 'packages/sdk/src/duration.ts',
    old: 'Number.isFinite(ms) && ms <= MAX_MS',
    new: 'Number.isFinite(ms)',
    promise: 'No duration is longer than a day.',
  },
  {
    file: 'packages/sdk/src/duration.ts',
    old: '/^(\\d+(?:\\.\\d+)?)(ms|s|m|h)?$/',
    new: '/(\\d+(?:\\.\\d+)?)(ms|s|m|h)?$/',
    promise: 'A negative duration is invalid.',
  },
  {
    file: 'packages/sdk/src/duration.ts',
    old: '(ms|s|m|h)?$/',
    new: '(ms|s|m|h)?/',
    promise: 'A duration with trailing text is invalid.',
  },
  {
    file: 'packages/sdk/src/duration.ts',
    old: "match[2] ?? 's'",
    new: "match[2] ?? 'ms'",
    promise: 'A number without a unit counts seconds.',
  },
  {
    file: 'packages/sdk/src/errors.ts',
    old: "return error instanceof Error && error.name === 'GtError'",
    new: 'return error instanceof GtError',
    promise: 'An error from another copy of the sdk is recognised.',
  },
  {
    file: 'packages/sdk/src/errors.ts',
    old: `    ...(liveness && {liveness}),
    ...changes,`,
    new: `    ...(liveness && {}),
    ...changes,`,
    promise: 'A prefixed error keeps its unknown liveness.',
  },
  {
    file: 'packages/sdk/src/errors.ts',
    old: 'code: ErrorCode.usage, exitCode: 2',
    new: 'code: ErrorCode.usage, exitCode: 1',
    promise: 'Wrong usage ends with exit code 2.',
  },
  {
    file: 'packages/sdk/src/files/errno.ts',
    old: "error instanceof Error && 'code' in error && codes",
    new: 'error instanceof Error || codes',
    promise: 'A system error is recognised by its code.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: 'if ((await claimsIn(directory)).every((name) => name === claim)) return claim',
    new: 'if ((await claimsIn(directory)).length > 0) return claim',
    promise: 'Two concurrent contenders never both hold a lock.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: `if ((await claimsIn(directory)).length > 0) return undefined
  const`,
    new: 'const',
    promise: 'A contender that sees another claim creates none.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: 'if (await isAbandoned(name)) await',
    new: "if (name === '') await",
    promise: 'The lock of a killed process is free at once.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: 'if (await isAbandoned(name)) await',
    new: 'if (isAbandoned) await',
    promise: 'The claim of a living process is never removed.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: `  } finally {
    await withdraw(directory, claim)
  }`,
    new: `  } finally {
    void withdraw
  }`,
    promise: 'A lock is released if its work fails.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: 'if (Date.now() > deadline) throw',
    new: 'if (Date.now() > deadline && waitMs < 0) throw',
    promise: 'The wait for a lock times out.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: "{flag: 'wx'}",
    new: "{flag: 'w'}",
    promise: 'A claim is always created, never taken over.',
    survives: 'No two claims have the same name: it holds a random part.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: 'map(pidOf).filter((pid) => pid > 0)',
    new: 'map(pidOf)',
    promise: 'The holders of a lock are named by valid pids.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: `if (hasErrno(error, 'ENOENT')) return []
    throw unreadable(directory, error)`,
    new: `if (error !== undefined) return []
    throw unreadable(directory, error)`,
    promise: 'An unreadable lock does not count as free.',
  },
  {
    file: 'packages/sdk/src/files/file-lock.ts',
    old: "if (!hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error",
    new: "if (!hasErrno(error, 'ENOENT')) throw error",
    promise: 'Waiting contenders do not make the work fail.',
  },
  {
    file: 'packages/sdk/src/files/if-there.ts',
    old: `if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error`,
    new: `if (error) return undefined
    throw error`,
    promise: 'An unreadable path does not count as absent.',
  },
  {
    file: 'packages/sdk/src/files/is-there.ts',
    old: '    await lstat(path)',
    new: `    await (await import('node:fs/promises')).stat(path)
    void lstat`,
    promise: 'A dangling link counts as existing.',
  },
  {
    file: 'packages/sdk/src/files/is-there.ts',
    old: `if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw unreadable(path, error)`,
    new: `if (error) return false
    throw unreadable(path, error)`,
    promise: 'A path that cannot be checked does not count as absent.',
  },
  {
    file: 'packages/sdk/src/files/own-folder.ts',
    old: 'if (!(await lstat(path)).isDirectory()) throw',
    new: 'if ((await lstat(path)).isFile()) throw',
    promise: "A link in place of gt's folder is rejected.",
  },
  {
    file: 'packages/sdk/src/files/own-folder.ts',
    old: 'await mkdir(path, {mode})',
    new: `await mkdir(path)
    void mode`,
    promise: 'A new folder has the requested mode.',
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: "(now.state === 'Z' || now.start !== start)",
    new: "now.state === 'Z'",
    promise: 'A reused pid does not hold the lock.',
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: "(now.state === 'Z' || now.start !== start)",
    new: 'now.start !== start',
    promise: 'A zombie holds no lock.',
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: 'if (!/^[1-9]\\d*$/.test(pid) || !isOfThisMachine(stamp)) return false',
    new: 'if (!/^[1-9]\\d*$/.test(pid)) return false',
    promise: 'A process on another machine is never reported as ended.',
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: 'if (!/^[1-9]\\d*$/.test(pid) || ',
    new: 'if (',
    promise: 'An invalid stamp never matches a process or a process group.',
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: '/^[1-9]\\d*(?=\\.)/',
    new: '/^-?\\d*(?=\\.)/',
    promise: 'No pid is read from an invalid stamp.',
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: "if (hasErrno(error, 'EPERM')) return true",
    new: "if (hasErrno(error, 'EPERM')) return false",
    promise: "Another user's process runs, though no signal may be sent to it.",
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: "stat.lastIndexOf(')')",
    new: "stat.indexOf(')')",
    promise: 'The start time is read correctly for any program name.',
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: 'fields[19]',
    new: 'fields[18]',
    promise: 'The start time distinguishes two processes with the same pid.',
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: 'randomUUID(), hostname()].join',
    new: "'x', hostname()].join",
    promise: 'No two stamps of a process are the same.',
  },
  {
    file: 'packages/sdk/src/files/process-stamp.ts',
    old: ".slice(3).join('.')",
    new: '[3]',
    promise: 'A host name with dots is recognised as this machine.',
    survives: 'Only a machine whose name has a dot could tell.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: '    const target = await followLink(file)',
    new: '    const target = (void followLink, file)',
    promise: 'A link stays a link, and its target is replaced.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: 'await handle.chmod(replaced.mode & 0o7777)',
    new: 'void replaced.mode',
    promise: 'A replaced file keeps its mode.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: '    await handle.chown(replaced.uid, replaced.gid)',
    new: '    void replaced.uid',
    promise: 'A file replaced by root keeps its owner.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: "if (!hasErrno(error, 'EPERM')) throw error",
    new: 'throw error',
    promise: "A user who may not change owners can still replace another user's file.",
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: 'await swapIn(file, text, 0o600, undefined)',
    new: 'await swapIn(await followLink(file), text, 0o600, undefined)',
    promise: 'A private file is never written through a link.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: 'await swapIn(file, text, 0o600, undefined)',
    new: 'await swapIn(file, text, 0o644, undefined)',
    promise: 'A private file is readable by its owner only.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: 'await swapIn(file, text, 0o600, undefined)',
    new: 'await swapIn(file, text, 0o600, await statIfPresent(file))',
    promise: 'A private file always has mode 0600.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: `await rm(temporary, {force: true})
    throw error`,
    new: 'throw error',
    promise: 'A failed write leaves no temporary file.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: `    await writeNew(temporary, text, mode, replaced)
    await rename(temporary, target)`,
    new: `    await (await import('node:fs/promises')).writeFile(target, text, {mode})
    void [writeNew, rename, replaced]`,
    promise: 'A reader sees either the old or the new text.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: `await writeNew(temporary, text, 0o600, undefined)
    await link`,
    new: `await writeNew(temporary, text, 0o644, undefined)
    await link`,
    promise: 'A new private file is readable by its owner only.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: '    await link(temporary, file)',
    new: `    await rename(temporary, file)
    void link`,
    promise: 'Creating a file does not replace an existing one.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: "if (!hasErrno(error, 'EEXIST')) throw unwritable(file, error)",
    new: "if (hasErrno(error, 'ENOSPC')) throw unwritable(file, error)",
    promise: 'A failure to create a file is reported.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: `  } finally {
    await rm(temporary, {force: true})
  }`,
    new: `  } finally {
    void rm
  }`,
    promise: 'Creating a file leaves no temporary file.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: "open(path, 'wx', mode)",
    new: "open(path, 'w', mode)",
    promise: 'A temporary file is always newly created.',
    survives: 'Its name is random: nobody can have put something there.',
  },
  {
    file: 'packages/sdk/src/files/replace-file.ts',
    old: `    await handle.sync()
`,
    new: '',
    promise: 'The file is complete after a power failure.',
    survives: 'Only a loss of power between write and rename could tell.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: 'followLinks ? READ : READ | constants.O_NOFOLLOW',
    new: 'READ',
    promise: 'A state file is not read through a link.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: 'const READ = constants.O_RDONLY | constants.O_NONBLOCK',
    new: 'const READ = constants.O_RDONLY',
    promise: 'A named pipe in place of a state file does not block.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: 'if (!facts.isFile()) return',
    new: 'if (facts.isDirectory()) return',
    promise: 'Only a regular file is read as state.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: 'return setAside === undefined ? {} : {setAside}',
    new: `void setAside
  return {}`,
    promise: 'A truncated state file is set aside and reported, not treated as absent.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: '    renameSync(file, aside)',
    new: "    process.getBuiltinModule('node:fs').rmSync(file)",
    promise: 'An unusable file is kept under another name.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: `  if (content.is === 'no file') throw content.error
  return content.is === 'usable' ? content.state : undefined`,
    new: `  if (content.is === 'no file') throw content.error
  if (content.is === 'unusable') setAsideFile(file)
  return content.is === 'usable' ? content.state : undefined`,
    promise: 'Peeking at a state file changes nothing.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: "if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return {is: 'absent'}",
    new: "if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES')) return {is: 'absent'}",
    promise: 'Unreadable state is not treated as absent.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: '  await replacePrivateFile(file, `',
    new: "  await (await import('./replace-file.js')).replaceFile(file, `",
    promise: 'A state file is readable by its owner only and never written through a link.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: 'for (const folder of [...parents, dirname(file)]) await makeOwnFolder(folder, 0o755)',
    new: `for (const folder of [...parents, dirname(file)]) await (await import('node:fs/promises')).mkdir(folder, {recursive: true})
    void makeOwnFolder`,
    promise: 'State is never written into a linked folder.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: `  'GIT_DIR',
`,
    new: '',
    promise: 'GIT_DIR of the caller does not lead git to another repository.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: `  'GIT_WORK_TREE',
`,
    new: '',
    promise: 'GIT_WORK_TREE of the caller does not lead git to another repository.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: `  'GIT_INDEX_FILE',
`,
    new: '',
    promise: 'GIT_INDEX_FILE of the caller does not lead git to another repository.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: `  'GIT_OBJECT_DIRECTORY',
`,
    new: '',
    promise: 'GIT_OBJECT_DIRECTORY of the caller does not lead git to another repository.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: `  'GIT_COMMON_DIR',
`,
    new: '',
    promise: 'GIT_COMMON_DIR of the caller does not lead git to another repository.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: `  'GIT_NAMESPACE',
`,
    new: '',
    promise: 'GIT_NAMESPACE of the caller does not lead git to another repository.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: "['core.hooksPath', '/dev/null'],",
    new: "['core.hooksPath', '.git/hooks'],",
    promise: 'No hook of a repository runs.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: "['core.fsmonitor', 'false'],",
    new: "['core.checkStat', 'default'],",
    promise: 'No file system monitor of a repository runs.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: 'const given = Number(env.GIT_CONFIG_COUNT ?? 0) || 0',
    new: 'const given = 0',
    promise: 'Git configuration from the environment, such as credentials, stays.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: "GIT_OPTIONAL_LOCKS: '0'",
    new: "GIT_OPTIONAL_LOCKS: '1'",
    promise: 'Unattended git takes no optional locks.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: "GIT_TERMINAL_PROMPT: '0',",
    new: "GIT_TERMINAL_PROMPT: '1',",
    promise: 'Unattended git does not prompt on a terminal.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: "GIT_ASKPASS: 'true',",
    new: '',
    promise: 'Unattended git starts no password prompt.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: "SSH_ASKPASS_REQUIRE: 'never',",
    new: '',
    promise: 'Unattended ssh opens no password window.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: "GIT_NO_REPLACE_OBJECTS: '1',",
    new: '',
    promise: 'A replacement commit does not pass for the original.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: "GIT_LITERAL_PATHSPECS: '1',",
    new: '',
    promise: 'A file named *.txt is not treated as a pattern.',
  },
  {
    file: 'packages/sdk/src/git/git-environment.ts',
    old: "LC_ALL: 'C',",
    new: '',
    promise: 'Git speaks English, whatever the language of the user.',
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: ', detached: true}',
    new: '}',
    promise: 'A git that times out is killed with its child processes.',
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: "process.kill(-child.pid, 'SIGKILL')",
    new: "process.kill(child.pid, 'SIGKILL')",
    promise: 'The transport of a timed-out git is killed too.',
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: `    ended ??= reason
    killTree(child)`,
    new: `    ended ??= reason
    void killTree`,
    promise: 'A hanging git is not waited for.',
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: 'if (ended !== undefined) throw ended',
    new: 'if (ended !== undefined && code === 0) throw ended',
    promise: 'A git timeout is reported as such.',
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: '  for (const found of tree) killIfSame(found)\n',
    new: '  void [tree, killIfSame]\n',
    promise: "A program that left git's process group ends with git.",
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: "  signal?.addEventListener('abort', abort)\n",
    new: '',
    promise: 'An interrupt ends git while it works.',
  },
  {
    file: 'packages/sdk/src/git/watch-work.ts',
    old: 'hasSpoken || Math.abs(now - before) >= minTicks',
    new: 'Math.abs(now - before) >= minTicks',
    promise: 'Git that reports progress is at work.',
  },
  {
    file: 'packages/sdk/src/git/watch-work.ts',
    old: 'hasSpoken || Math.abs(now - before) >= minTicks',
    new: 'hasSpoken || now < 0',
    promise: 'A filter that computes in silence is at work.',
  },
  {
    file: 'packages/sdk/src/git/watch-work.ts',
    old: 'isAtWork() ? 0 : silent + 1',
    new: 'silent + 1',
    promise: 'Work may take as long as it goes on.',
  },
  {
    file: 'packages/sdk/src/git/watch-work.ts',
    old: "setTimeout(() => reach('deadline'), deadlineMs)",
    new: "setTimeout(() => reach('deadline'), deadlineMs * 1000)",
    promise: 'Git that works for ever is ended at the deadline.',
  },
  {
    file: 'packages/sdk/src/git/git-limits.ts',
    old: 'layers.find((layer) => layer[key] !== undefined)?.[key]',
    new: 'layers.findLast((layer) => layer[key] !== undefined)?.[key]',
    promise: "A rig's limits of git override the town's.",
  },
  {
    file: 'packages/sdk/src/git/git-limits.ts',
    old: 'if (!KEYS.includes(key)) throw',
    new: "if (key === '') throw",
    promise: 'A mistyped limit is an error.',
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: 'if (code !== null) return',
    new: 'if (code !== undefined) return',
    promise: 'A killed git is an error, not an answer.',
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: "stdio: ['ignore',",
    new: "stdio: ['inherit',",
    promise: 'Git has no input to prompt on.',
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: `  child.stdout?.destroy()
  child.stderr?.destroy()`,
    new: '',
    promise: "A process that left git's group and holds its output open does not block.",
  },
  {
    file: 'packages/sdk/src/git/run-git.ts',
    old: 'env: {...withConfiguration(environment, settings), ...env}, detached',
    new: 'env: {...process.env, ...withConfiguration(environment, settings), ...env}, detached',
    promise: 'Git gets only the given environment.',
  },
  {
    file: 'packages/sdk/src/host.ts',
    old: 'if (host.apiVersion !== API_VERSION) {',
    new: 'if (host.apiVersion < API_VERSION - 1) {',
    promise: 'A plugin rejects a gt with another version of the contracts.',
  },
  {
    file: 'packages/sdk/src/in-turns.ts',
    old: 'Math.min(atOnce, entries.length)',
    new: 'entries.length',
    promise: 'Concurrency is limited.',
  },
  {
    file: 'packages/sdk/src/in-turns.ts',
    old: 'results[index] = await work(entry)',
    new: 'results.push(await work(entry)), void index',
    promise: 'Results come in the order of their entries.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: `    await makeMailbox(mailbox)
  } catch (error) {
    throw unwritable(mailbox, error)
  }
  //`,
    new: `    await (await import('node:fs/promises')).mkdir(join(mailbox, 'tmp'), {recursive: true})
    await (await import('node:fs/promises')).mkdir(join(mailbox, 'new'), {recursive: true})
  } catch (error) {
    throw unwritable(mailbox, error)
  }
  //`,
    promise: 'No mail is delivered through a link in place of the mailbox.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: "await makeOwnFolder(join(rigPath, '.runtime', 'mail'), 0o700)",
    new: "await makeOwnFolder(join(rigPath, '.runtime', 'mail'), 0o755)",
    promise: 'Only its owner can read the mail.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: `await rm(draft, {force: true})
    throw unwritable(mailbox, error)`,
    new: 'throw unwritable(mailbox, error)',
    promise: 'A failed delivery leaves no draft.',
    survives: 'new/ was just made beside tmp/: only a rename that fails on a sound file system could tell.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: 'names.slice(0, AT_ONCE)',
    new: 'names.slice(0)',
    promise: 'A flood of mail is read in limited batches.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: 'if (facts.size > MAX_BYTES) return',
    new: 'if (facts.size > MAX_BYTES * 100) return',
    promise: 'An oversized message is not read.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: 'constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW',
    new: 'constants.O_RDONLY | constants.O_NONBLOCK',
    promise: 'A message is not read through a link.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: 'constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW',
    new: 'constants.O_RDONLY | constants.O_NOFOLLOW',
    promise: 'A named pipe in a mailbox does not block.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: "if (!facts.isFile()) return {file, unusable: 'it is not a regular file'}",
    new: "if (facts.isFIFO()) return {file, message: {id: '', at: 0, from: '', subject: '', body: ''}}",
    promise: 'Only a regular file is a message.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: `if (!hasErrno(error, 'ENOENT')) throw error
  }
}

async function removeOldest`,
    new: `throw error
  }
}

async function removeOldest`,
    promise: 'A letter may be put away twice.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: "filter((name) => !name.startsWith('.')).sort()",
    new: "filter((name) => !name.startsWith('.'))",
    promise: 'The oldest message is read first.',
    survives: 'readdir of Node happens to sort by name; nothing promises it.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: "filter((name) => !name.startsWith('.')).sort()",
    new: 'sort()',
    promise: 'A hidden file is no message.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: 'names.slice(0, Math.max(0, names.length - KEPT))',
    new: 'names.slice(0, Math.max(0, names.length - KEPT - 1000))',
    promise: 'Old mail is removed.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: 'parseMessage(text, {id: file, at: facts.mtimeMs})',
    new: "parseMessage(text, {id: '', at: facts.mtimeMs})",
    promise: 'A message without an id gets that of its file.',
  },
  {
    file: 'packages/sdk/src/mail/maildir.ts',
    old: "const draft = join(mailbox, 'tmp', name)",
    new: "const draft = join(mailbox, 'new', name.replace('.', '.d'))",
    promise: 'A reader never sees part of a message.',
  },
  {
    file: 'packages/sdk/src/mail/message.ts',
    old: '${oneLine(value)}',
    new: '${value}',
    promise: 'No header can be injected into a message.',
  },
  {
    file: 'packages/sdk/src/mail/message.ts',
    old: '?.slice(0, MAX_ID_LENGTH) ||',
    new: '||',
    promise: 'An id has a maximum length.',
  },
  {
    file: 'packages/sdk/src/mail/message.ts',
    old: '\\n((?:.*\\n)*)$/',
    new: '\\n((?:.*\\n?)*)$/',
    promise: 'A message with a truncated last line is invalid.',
  },
  {
    file: 'packages/sdk/src/mail/message.ts',
    old: `  if (!subject) return undefined
`,
    new: '',
    promise: 'A message without a subject is invalid.',
  },
  {
    file: 'packages/sdk/src/mail/message.ts',
    old: 'if (name !== undefined && !fields.has(name.toLowerCase())) fields',
    new: 'if (name !== undefined) fields',
    promise: 'If a field repeats, the first one counts.',
  },
  {
    file: 'packages/sdk/src/names.ts',
    old: '/^[A-Za-z0-9_][A-Za-z0-9_-]*$/',
    new: '/[A-Za-z0-9_][A-Za-z0-9_-]*$/',
    promise: 'A name that starts with a slash is not safe.',
  },
  {
    file: 'packages/sdk/src/names.ts',
    old: '/^[A-Za-z0-9_][A-Za-z0-9_-]*$/',
    new: '/^[A-Za-z0-9_][A-Za-z0-9_-]*/',
    promise: 'A name that ends with a slash is not safe.',
  },
  {
    file: 'packages/sdk/src/names.ts',
    old: '/^[A-Za-z0-9_][A-Za-z0-9_-]*$/',
    new: '/^[A-Za-z0-9_-]*$/',
    promise: 'A name that is empty, or begins with -, is not safe.',
  },
  {
    file: 'packages/sdk/src/names.ts',
    old: '/^[A-Za-z0-9_][A-Za-z0-9_-]*$/',
    new: '/^[A-Za-z0-9_][A-Za-z0-9_-]*$/m',
    promise: 'A name of two lines is not safe.',
  },
  {
    file: 'packages/sdk/src/names.ts',
    old: '/^[A-Za-z0-9_][A-Za-z0-9_-]*$/',
    new: '/^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/',
    promise: 'A name with a dot is not safe: .. is one.',
  },
  {
    file: 'packages/sdk/src/names.ts',
    old: 'name.length <= maxLength && SAFE',
    new: 'SAFE',
    promise: 'A name that is too long for a directory is not safe.',
  },
  {
    file: 'packages/sdk/src/names.ts',
    old: 'isSafeName(name, 200)',
    new: 'isSafeName(name, 2000)',
    promise: 'A session name must be valid for every backend.',
  },
  {
    file: 'packages/sdk/src/names.ts',
    old: "text.replace(/\\p{Cc}/gu, '?')",
    new: 'text',
    promise: 'No control character reaches a message.',
  },
  {
    file: 'packages/sdk/src/pause.ts',
    old: '{signal}).catch',
    new: '{}).catch',
    promise: 'A pause ends when it is aborted.',
  },
  {
    file: 'packages/sdk/src/pause.ts',
    old: 'if (!signal.aborted) throw error',
    new: 'throw error',
    promise: 'An aborted pause is not a failure.',
  },
  {
    file: 'packages/sdk/src/typed-text.ts',
    old: "(char === '\\n' || char === '\\t' ? char : '')",
    new: "(char === '\\n' || char === '\\t' || char === '\\x1b' ? char : '')",
    promise: 'Typed text contains no Escape.',
  },
  {
    file: 'packages/sdk/src/typed-text.ts',
    old: ".replace(/\\r\\n?/g, '\\n')",
    new: ".replace(/\\r\\n/g, '\\n')",
    promise: 'A carriage return becomes a newline.',
  },
  {
    file: 'packages/sdk/src/watchdog/lock.ts',
    old: 'return await withLock(file, {waitMs: WAIT_MS, refuse}, work)',
    new: 'return await work()',
    promise: 'A watchdog is the only one of its kind.',
    tests: ['packages/plugin-deacon/test/unit', 'test/integration/patrol/lock.test.ts'],
  },
  {
    file: 'packages/sdk/src/watchdog/lock.ts',
    old: 'pids.map(',
    new: 'pids.slice(99).map(',
    promise: 'The error of a second watchdog names the first.',
    tests: ['packages/plugin-deacon/test/unit', 'test/integration/patrol/lock.test.ts'],
  },
  {
    file: 'packages/sdk/src/watchdog/cycles.ts',
    old: 'if (!signal.aborted) warn(`this cycle failed',
    new: 'throw error\n    if (!signal.aborted) warn(`this cycle failed',
    promise: 'A failed cycle does not end a watchdog.',
    tests: ['packages/plugin-deacon/test/unit', 'test/unit/patrol/loop.test.ts'],
  },
  {
    file: 'packages/sdk/src/watchdog/cycles.ts',
    old: 'if (!signal.aborted) warn(',
    new: 'warn(',
    promise: 'An interrupted cycle is not reported as failed.',
    tests: ['packages/plugin-deacon/test/unit', 'test/unit/patrol/loop.test.ts'],
  },
  {
    file: 'packages/sdk/src/watchdog/cycles.ts',
    old: 'for (; !signal.aborted; cycles++)',
    new: 'for (; cycles < 1; cycles++)',
    promise: 'A watchdog runs until it is ended.',
    tests: ['packages/plugin-deacon/test/unit', 'test/unit/patrol/loop.test.ts'],
  },
  {
    file: 'packages/sdk/src/commands/cycle-command.ts',
    old: 'if (ms >= MIN_INTERVAL_MS) return ms',
    new: 'if (ms >= 0) return ms',
    promise: 'A patrol has a minimum interval.',
    tests: ['test/unit/commands'],
  },
  {
    file: 'packages/sdk/src/diagnosis.ts',
    old: "status === 'ok' ? cure === null : ",
    new: '',
    promise: 'A finding that is ok has no cure.',
  },
  {
    file: 'packages/sdk/src/diagnosis.ts',
    old: "(status === 'warn' || status === 'fail') && isText(cure)",
    new: "status === 'warn' || status === 'fail'",
    promise: 'Every problem has a cure.',
  },
  {
    file: 'packages/sdk/src/diagnosis.ts',
    old: 'if (isFinding(finding)) return pick(finding)',
    new: 'if (isFinding(finding)) return finding',
    promise: 'A finding contains only its own fields.',
  },
  {
    file: 'packages/sdk/src/files/is-listening.ts',
    old: "socket.once('timeout', () => end(true))",
    new: "socket.once('timeout', () => end(false))",
    promise: 'A busy socket is not reported as stale.',
    survives: 'the system connects to a socket that is listened on, whoever is busy behind it',
  },
  {
    file: 'packages/sdk/src/files/is-listening.ts',
    old: "end(error.code === 'EACCES')",
    new: "end(error.code !== 'EACCES')",
    promise: 'A socket without a listener is reported as such.',
  },
  {
    file: 'packages/sdk/src/commands/stop-command.ts',
    old: `      options.check?.(chosen)
`,
    new: '',
    promise: "A stop rejected by a role's own flags does nothing.",
  },
  {
    file: 'packages/sdk/src/commands/restart-command.ts',
    old: `      options.check?.(chosen)
`,
    new: '',
    promise: "A restart rejected by a role's own flags does nothing.",
  },
  {
    file: 'packages/sdk/src/commands/status-command.ts',
    old: `      options.check?.(chosen)
`,
    new: '',
    promise: "A status rejected by a role's own flags does nothing.",
  },
  {
    file: 'packages/sdk/src/commands/attach-command.ts',
    old: `      options.check?.(chosen)
`,
    new: '',
    promise: "An attach rejected by a role's own flags does nothing.",
  },
  {
    file: 'packages/sdk/src/commands/start-command.ts',
    old: `        options.check?.(chosen)
`,
    new: '',
    promise: "A start rejected by a role's own flags does nothing.",
  },
  {
    file: 'packages/sdk/src/commands/start-command.ts',
    old: `      options.check?.(chosen)
      const host`,
    new: '      const host',
    promise: "A start of all rigs rejected by a role's own flags does nothing.",
  },
  {
    file: 'packages/sdk/src/commands/status-command.ts',
    old: 'status: (ref, status, style) => render(ref, status, {flags: chosen, style}),',
    new: 'status: (ref, status, style) => view.status(ref, status, style),',
    promise: "A role's own flags affect every form of a status.",
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: '/\\.(broken|unusable)(-\\w+)?$/',
    new: '/\\.unusable(-\\w+)?$/',
    promise: 'Every kind of set-aside file is recognised.',
  },
  {
    file: 'packages/sdk/src/schema/json.ts',
    old: "v.pipe(v.number('expected number'), v.finite('expected number'))",
    new: "v.number('expected number')",
    promise: 'An infinite number is rejected.',
  },
  {
    file: 'packages/sdk/src/watchdog/pause.ts',
    old: 'return state?.paused ? state : undefined',
    new: 'return state',
    promise: 'A pause file with paused: false is not a pause.',
  },
  {
    file: 'packages/sdk/src/watchdog/pause.ts',
    old: 'paused: v.boolean(),',
    new: 'paused: v.fallback(v.boolean(), false),',
    promise: 'A pause file without a paused key counts as a pause.',
  },
  {
    file: 'packages/sdk/src/watchdog/pause.ts',
    old: 'if (setAside === undefined) return state',
    new: 'if (setAside === undefined || setAside) return state',
    promise: 'An unusable pause file counts as a pause.',
  },
  {
    file: 'packages/sdk/src/watchdog/pause.ts',
    old: "const textOrNone = v.fallback(v.text, '')",
    new: 'const textOrNone = v.text',
    promise: 'A pause without a time counts, with its own reason.',
  },
  {
    file: 'packages/sdk/src/schema/json.ts',
    old: 'v.pipe(wholeNumber, v.minValue(0))',
    new: 'wholeNumber',
    promise: 'A negative count is rejected.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: 'if (setAside !== undefined) warn(',
    new: "if (setAside === '') warn(",
    promise: 'A warning names the file that was set aside.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: "return facts.size > MAX_BYTES ? {is: 'unusable', why: 'too large'} : readFileSync",
    new: "return facts.size < 0 ? {is: 'unusable', why: 'too large'} : readFileSync",
    promise: 'A file that is too large is not read into memory.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: `  if (value === undefined) return {is: 'unusable', why: 'not JSON'}
`,
    new: '',
    promise: 'A truncated file is distinguished from one with invalid content.',
    tests: ['test/unit/patrol/confirm.test.ts'],
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: `if (hasErrno(error, 'ENOENT')) return undefined
    throw unwritable(aside, error)`,
    new: 'throw unwritable(aside, error)',
    promise: 'A file that another process set aside meanwhile is not an error.',
  },
  {
    file: 'packages/sdk/src/files/state-file.ts',
    old: `{followLinks: true})
  if (content.is === 'absent')`,
    new: `{followLinks: false})
  if (content.is === 'absent')`,
    promise: 'A file of another program is read through a link.',
  },
  {
    file: 'packages/sdk/src/schema/json.ts',
    old: "return typeof value === 'object' && value !== null && !Array.isArray(value)",
    new: "return typeof value === 'object' && value !== null",
    promise: 'A list is not accepted as an object.',
  },
  {
    file: 'packages/sdk/src/schema/json.ts',
    old: `          addIssue({message, input: received, path: [here, ...(path ?? [])]})
          return NEVER
`,
    new: `          void [addIssue, message, received, path, here]
          return NEVER
`,
    promise: 'A record with one invalid entry is rejected as a whole.',
  },
  {
    file: 'packages/sdk/src/schema/json.ts',
    old: 'filter(([, value]) => value !== undefined)',
    new: 'filter(([, value]) => value !== null)',
    promise: 'An absent field is left out.',
  },
  {
    file: 'packages/sdk/src/schema/json.ts',
    old: 'words.find((word) => word === found) ?? otherwise',
    new: 'words.find((word) => word === found) ?? (found as Word)',
    promise: 'An unknown word is replaced by the default.',
  },
  {
    file: 'packages/sdk/src/watchdog/incidents.ts',
    old: 'return Object.hasOwn(open, id)',
    new: 'return id in open',
    promise: 'Only an id in the record itself counts as notified.',
  },
  {
    file: 'packages/sdk/src/watchdog/incidents.ts',
    old: '!raised.includes(id) && isOver(incident)',
    new: 'isOver(incident)',
    promise: 'An incident that was found again stays open.',
    tests: ['test/unit/patrol', 'packages/plugin-deacon/test/unit'],
  },
  {
    file: 'packages/sdk/src/watchdog/incidents.ts',
    old: `if (incident === undefined) next.delete(id)
    else next`,
    new: 'next',
    promise: 'An incident that is over is removed.',
    tests: ['test/unit/patrol', 'packages/plugin-deacon/test/unit'],
  },
  {
    file: 'packages/sdk/src/watchdog/pause.ts',
    old: 'await rm(file, {force: true})',
    new: 'await rm(file)',
    promise: 'Ending a pause twice is not an error.',
  },
  {
    file: 'packages/sdk/src/schema/json.ts',
    old: 'v.pipe(text, v.nonEmpty())',
    new: 'text',
    promise: 'An empty text is rejected where text is required.',
    tests: ['packages/workers/test'],
  },
  {
    file: 'packages/sdk/src/commands/ask.ts',
    old: '/^y(es)?$/i',
    new: '/^y/i',
    promise: 'Only a clear yes is a yes.',
  },
  {
    file: 'packages/sdk/src/commands/ask.ts',
    old: "    lines.once('close', giveUp)\n",
    new: '',
    promise: 'The end of the input is a no, and no question waits for ever.',
    tests: ['packages/sdk/test/unit/commands'],
  },
  {
    file: 'packages/sdk/src/duration.ts',
    old: 'ms > 0 && ms <= MAX_MS',
    new: 'ms > 0',
    promise: 'No threshold is longer than a day.',
    tests: ['test/unit/patrol/thresholds.test.ts'],
  },
  {
    file: 'packages/sdk/src/duration.ts',
    old: 'ms > 0 && ms <= MAX_MS',
    new: 'ms >= 0 && ms <= MAX_MS',
    promise: 'No threshold is zero.',
    tests: ['test/unit/patrol/thresholds.test.ts'],
  },
  {
    file: 'packages/sdk/src/duration.ts',
    old: 'ms > 0 && ms <= MAX_MS',
    new: 'ms > 0 && ms < MAX_MS',
    promise: 'A threshold may be a whole day.',
    tests: ['test/unit/patrol/thresholds.test.ts'],
  },
]
