export default [
  {
    file: 'src/patrol/report/deaths.ts',
    old: 'before?.session?.id === id && before.session.createdAt === createdAt',
    new: 'before?.session?.id === id',
    promise: 'The death of another session with the same id is another death.',
  },
  {
    file: 'src/patrol/report/deaths.ts',
    old: "!isSame || before.agent !== 'gone'",
    new: 'true',
    promise: 'A death is recorded once.',
  },
  {
    file: 'src/patrol/report/deaths.ts',
    old: "if (now.agent !== 'gone' || !now.session) return false",
    new: "if (now.agent !== 'gone') return false",
    promise: 'A session that was never seen has not died.',
  },
  {
    file: 'src/patrol/report/deaths.ts',
    old: "isCrash: signals.work.value === 'open'",
    new: 'isCrash: true',
    promise: 'An end after the work is no crash.',
  },
  {
    file: 'src/patrol/report/report.ts',
    old: 'version: v.literal(1),',
    new: 'version: v.fallback(v.literal(1), 1),',
    promise: 'A report of another version is rejected.',
  },
]
