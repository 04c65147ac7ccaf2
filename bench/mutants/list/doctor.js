// What breaks in src/doctor, and the promise that each break betrays.
const leftovers = 'src/doctor/leftovers.ts'
const installation = 'src/doctor/installation.ts'
const backends = 'src/doctor/backends.ts'
const workspace = 'src/doctor/workspace.ts'
const sockets = 'src/doctor/sockets.ts'

export default [
  {
    file: 'src/doctor/check.ts',
    old: 'return [failure(check, error)]',
    new: 'return failure(check, error) && []',
    promise: 'A look that throws has failed, and is not left out.',
  },
  {
    file: 'src/doctor/check.ts',
    old: 'return await look()',
    new: 'return look()',
    promise: 'A look that fails takes no other down.',
  },
  {
    file: 'src/doctor/check.ts',
    old: "hint || 'This was not foreseen. DEBUG=gt* shows more.'",
    new: "'This was not foreseen. DEBUG=gt* shows more.'",
    promise: 'The hint of an error is its cure.',
  },
  {
    file: installation,
    old: 'major > oldMajor || (major === oldMajor && minor >= oldMinor)',
    new: 'major >= oldMajor && minor >= oldMinor',
    promise: 'A newer major version with a small number behind it is new enough.',
  },
  {
    file: installation,
    old: 'minor >= oldMinor',
    new: 'minor > oldMinor',
    promise: 'The oldest version that is supported is supported.',
  },
  {
    file: installation,
    old: 'if (number && !isAtLeast(number, OLDEST_TMUX))',
    new: 'if (!isAtLeast(number ?? "", OLDEST_TMUX))',
    promise: 'A tmux whose version has no number is not called old.',
  },
  {
    file: installation,
    old: '...offers.flatMap((offer) => offer.problems), ...(await surroundings.otherProblems())',
    new: '...offers.flatMap((offer) => offer.problems)',
    promise: 'A plugin whose resolver is broken fails.',
  },
  {
    file: installation,
    old: '...offers.flatMap((offer) => offer.problems), ...(await surroundings.otherProblems())',
    new: '...(await surroundings.otherProblems())',
    promise: 'A plugin whose backend or role is broken fails.',
  },
  {
    file: installation,
    old: '...broken.map(({name, reason}) => fail(',
    new: '...broken.slice(0, 0).map(({name, reason}) => fail(',
    promise: 'A plugin that cannot be loaded fails.',
  },
  {
    file: installation,
    old: '[...new Set(problems)]',
    new: 'problems',
    promise: 'What is wrong with a plugin is said once.',
  },
  {
    file: backends,
    old: 'await loadBackend(registration)\n',
    new: '',
    promise: 'A backend that cannot be loaded cannot be used.',
  },
  {
    file: backends,
    old: "looks[index]?.status === 'ok'",
    new: "looks[index]?.status !== 'fail'",
    promise: 'A backend that cannot be used here is not chosen.',
  },
  {
    file: backends,
    old: "if (variable) return {name: variable, source: 'GT_BACKEND'}",
    new: '',
    promise: 'GT_BACKEND goes before the settings.',
  },
  {
    file: backends,
    old: "if (error instanceof Error && 'code' in error) return []",
    new: '',
    promise: 'Settings that cannot be read take down no check but their own.',
  },
  {
    file: workspace,
    old: '!hasCode(error, ErrorCode.notInWorkspace) || !isGtError(error)',
    new: '!isGtError(error)',
    promise: 'A town that is not trusted, or broken, fails.',
  },
  {
    file: workspace,
    old: "if (!hasCode(error, ErrorCode.rigNotFound)) return failure('registry', error)",
    new: '',
    promise: 'A registry that cannot be read fails.',
  },
  {
    file: workspace,
    old: "return [failure('rig', error)]",
    new: "return failure('rig', error) && []",
    promise: 'A rig that cannot be used fails.',
  },
  {
    file: workspace,
    old: "return failure('settings', error)",
    new: "return ok('settings', String(error))",
    promise: 'Settings that cannot be read fail.',
  },
  {
    file: sockets,
    old: 'filter((listening) => !listening)',
    new: 'filter((listening) => listening)',
    promise: 'A socket that nobody listens on is told.',
  },
  {
    file: sockets,
    old: "name.endsWith('.sock')",
    new: "name !== ''",
    promise: 'Only sockets are asked.',
  },
  {
    file: leftovers,
    old: "processState(pid, start) === 'ended'",
    new: "processState(pid) === 'ended' || start === ''",
    promise: 'A reused pid is not the agent of a record.',
  },
  {
    file: leftovers,
    old: "processState(pid, start) === 'ended'",
    new: "processState(pid, start) !== 'running'",
    promise: 'An agent that is stopped, or of which nothing is known, has not ended.',
  },
  {
    file: leftovers,
    old: 'expiresAt < Date.now()',
    new: 'expiresAt > Date.now()',
    promise: 'A nudge that has expired is told, one that waits is not.',
  },
  {
    file: leftovers,
    old: 'isAbandoned(basename(file))',
    new: "(basename(file) === '' || isAbandoned(''))",
    promise: 'A lock of a process that has ended is called free.',
  },
  {
    file: leftovers,
    old: 'town.realRoot}/`)',
    new: 'town.realRoot}`)',
    promise: "A neighbour town's strays are not this town's.",
  },
  {
    file: leftovers,
    old: "if (markers.length === 0) return ok('processes', 'none has outlived its session')",
    new: "if (markers.length >= 0) return ok('processes', 'none has outlived its session')",
    promise: 'Processes that have outlived their backend are told.',
  },
  {
    file: leftovers,
    old: '/\\.(broken|unusable)(-\\w+)?$/',
    new: '/\\.broken$/',
    promise: 'Files that were set aside are told, each kind.',
  },
  {
    file: leftovers,
    old: "if (error instanceof SyntaxError || hasErrno(error, 'ENOENT', 'EACCES')) return {}",
    new: "if (hasErrno(error, 'ENOENT', 'EACCES')) return {}",
    promise: 'A record that is half written takes no check down.',
  },
]
