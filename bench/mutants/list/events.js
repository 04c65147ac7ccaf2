export default [
  {
    file: 'src/events/event-log.ts',
    old: 'if (events.length === 0) return',
    new: '',
    promise: 'Without events nothing is written.',
  },
  {
    file: 'src/events/event-log.ts',
    old: 'id: randomUUID()',
    new: "id: 'same' satisfies ReturnType<typeof randomUUID> | string",
    promise: 'Every event has an id of its own.',
  },
  {
    file: 'src/events/event-log.ts',
    old: 'lines, 0o644',
    new: 'lines, 0o666',
    promise: "Only its owner can write to the town's event log.",
  },
  {
    file: 'src/events/event.ts',
    old: `  ts: v.text,
  type: v.text,`,
    new: '  type: v.text,',
    promise: 'A line without a time is not an event.',
  },
  {
    file: 'src/events/event.ts',
    old: 'return success ? output : undefined',
    new: `if (!success) throw new Error('torn')
  return output`,
    promise: 'A torn line is left out, and the others are read.',
  },
  {
    file: 'src/events/read-events.ts',
    old: 'before?.inode === inode && before.offset <= bytes',
    new: 'before?.inode === inode',
    promise: 'A truncated log is read from its beginning.',
  },
  {
    file: 'src/events/read-events.ts',
    old: 'before?.inode === inode && before.offset <= bytes',
    new: '(before?.offset ?? -1) >= 0 && before !== undefined && before.offset <= bytes',
    promise: 'A new log is read from its beginning.',
  },
  {
    file: 'src/events/read-events.ts',
    old: 'const missed = previous?.position.inode === position.inode ? previous.events : []',
    new: 'const missed: TownEvent[] = previous ? [] : []',
    promise: 'Events from before a rotation are reported.',
  },
  {
    file: 'src/events/read-events.ts',
    old: 'const missed = previous?.position.inode === position.inode ? previous.events : []',
    new: 'const missed = previous?.events ?? []',
    promise: 'Events of an old log are not reported again.',
  },
  {
    file: 'src/events/read-events.ts',
    old: 'before ? 0 : Math.max(0, bytes - TAIL_BYTES)',
    new: '0',
    promise: 'Only the end of a large log is read.',
  },
  {
    file: 'src/events/read-events.ts',
    old: "const text = (goesOn ? before.rest : '') + (await",
    new: "const text = '' + (await",
    promise: 'An event that is written in two parts is reported.',
  },
  {
    file: 'src/events/read-events.ts',
    old: `if (hasErrno(error, 'ENOENT')) return undefined
    throw unreadable(file, error)`,
    new: `if (error) return undefined
    throw unreadable(file, error)`,
    promise: 'A log that cannot be read is a failure, not an empty one.',
  },
  {
    file: 'src/events/read-events.ts',
    old: 'return count === 0 ? [] : events.slice(-count)',
    new: 'return events.slice(-count)',
    promise: 'A count of 0 returns no events.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: 'await withFileLock(file, async () => {',
    new: `const now = (_: string, work: () => Promise<void>) => work()
  await now(withFileLock.name, async () => {`,
    promise: 'No line is lost when two processes write during a rotation.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: '(await isTorn(handle, size)) ?',
    new: '(await isTorn(handle, 0 * size)) ?',
    promise: 'The next line after a torn one is complete.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: ' | constants.O_NOFOLLOW',
    new: '',
    promise: 'A log is not written through a link.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: 'constants.O_RDWR | constants.O_APPEND',
    new: 'constants.O_RDWR',
    promise: 'New lines are appended.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: 'if (((await statIfThere(file))?.size ?? 0) > LARGEST_BYTES) await rotate(file)',
    new: '',
    promise: 'A log does not grow forever.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: 'for (let number = KEPT; number > 0; number--)',
    new: 'for (let number = 1; number <= KEPT; number++)',
    promise: 'Rotated logs are kept under increasing numbers.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: 'const KEPT = 3',
    new: 'const KEPT = 30',
    promise: 'No more than three old logs are kept.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: `if (!hasErrno(error, 'ENOENT')) throw error
  }
}`,
    new: `}
}`,
    promise: 'A log that cannot be renamed is a failure.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: 'throw unwritable(file, error)',
    new: 'if (file.length === 0) throw unwritable(file, error)',
    promise: 'An event that cannot be written is a failure.',
  },
  {
    file: 'src/events/rotating-log.ts',
    old: 'await open(file, flags, mode)',
    new: 'await open(file, flags)',
    promise: 'A new log has the permissions that its writer sets.',
  },
  {
    file: 'src/events/town-log.ts',
    old: `    0o600,
`,
    new: `    0o644,
`,
    promise: "The town's log for people is readable by its owner only.",
  },
  {
    file: 'src/events/town-log.ts',
    old: 'await makeOwnFolder(dirname(file), 0o755)',
    new: "await (await import('node:fs/promises')).mkdir(dirname(file), {recursive: true})",
    promise: "The town's log is not written through a link in the place of its folder.",
    tests: ['test/integration/patrol/town-log.test.ts'],
  },
  {
    file: 'src/events/town-log.ts',
    old: 'const text = shorten(context, 200)',
    new: 'const text = context',
    promise: 'A text with line breaks stays one line of the log.',
  },
]
