export default [
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: `  if (wanted !== undefined) await checkBranchName(repository, wanted)
`,
    new: `  void checkBranchName
`,
    promise: 'An invalid --base is a usage error.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: '`+refs/heads/${branch}:${tracking}`',
    new: '`refs/heads/${branch}:${tracking}`',
    promise: "Work begins at the origin's current commit, even if its branch was rewritten.",
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: `  await fetch(repository, {branch, tracking}, work)
`,
    new: `  void fetch
`,
    promise: 'Work begins from where the origin is now.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: 'if (attempt === ATTEMPTS || !result',
    new: 'if (!result',
    promise: 'A fetch has a limited number of attempts.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: "if (attempt === ATTEMPTS || !result.stderr.includes('cannot lock ref')) throw",
    new: 'throw',
    promise: 'A fetch blocked by another one is retried.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: "if (/couldn't find remote ref/.test(result.stderr)) {",
    new: "if (branch === '') {",
    promise: 'A branch missing at the origin is reported as such.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: '/^ref: refs\\/heads\\/(\\S+)\\tHEAD$/m',
    new: '/ref: refs\\/(?:\\w+)\\/(\\S+)\\tHEAD/m',
    promise: 'Only a branch can be the default branch.',
  },
  {
    file: 'packages/plugin-polecat/src/commands/done.ts',
    old: `    await host.sessions.stop(polecatRole(), ref)
`,
    new: `    void polecatRole
`,
    promise: "gt done ends the worker's session.",
  },
  {
    file: 'packages/plugin-polecat/src/commands/done.ts',
    old: "if (polecats === 'polecats' && name) return name",
    new: 'if (polecats && name) return name',
    promise: 'gt done outside of a sandbox is a usage error.',
  },
  {
    file: 'packages/plugin-polecat/src/commands/done.ts',
    old: `    await host.sessions.stop(polecatRole(), ref)
    // Notify last: from inside the session, the stop runs this whole command again outside of it.
    await notifyDone(services, ref, finished.record)`,
    new: `    await notifyDone(services, ref, finished.record)
    await host.sessions.stop(polecatRole(), ref)`,
    promise: 'The witness is notified once, although the command runs twice from inside the session.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "isComplete: exit === 'COMPLETED' || exit === 'PHASE_COMPLETE',",
    new: "isComplete: exit === 'COMPLETED',",
    promise: 'PHASE_COMPLETE requires committed work.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "isComplete: exit === 'COMPLETED' || exit === 'PHASE_COMPLETE',",
    new: "isComplete: exit === 'PHASE_COMPLETE',",
    promise: 'COMPLETED requires committed work.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "isComplete: exit === 'COMPLETED' || exit === 'PHASE_COMPLETE',",
    new: 'isComplete: true,',
    promise: 'Work that was given up may be uncommitted.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'if (record && own && own !== record.incarnation) throw stale(ref)',
    new: "if (record && own && own !== record.incarnation && own === '') throw stale(ref)",
    promise: 'A session of an earlier worker of that name does not end the current work.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "if (branch === undefined || !branch.startsWith('polecat/')) throw wrongBranch(ref, branch)",
    new: 'if (branch === undefined) throw wrongBranch(ref, branch)',
    promise: "Only a worker's own branch is pushed: never main.",
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "!branch.startsWith('polecat/')",
    new: "!branch.includes('polecat/')",
    promise: "A branch with polecat/ in the middle is not a worker's.",
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'record?.exit === exit && record.head === head && record.branch === branch',
    new: 'record?.head === head && record.branch === branch',
    promise: 'A changed exit is recorded.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'record?.exit === exit && record.head === head && record.branch === branch',
    new: 'record?.exit === exit && record.branch === branch',
    promise: 'Commits made since are pushed and recorded.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'record?.exit === exit && record.head === head && record.branch === branch',
    new: 'record?.exit === exit && record.head === head',
    promise: 'A changed branch is pushed and recorded.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'if (isRecorded) return {record, ...report}',
    new: 'if (isRecorded && record === undefined) return {record, ...report}',
    promise: 'Work already pushed and recorded is not pushed again.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: `    await pushBranch(sandbox, {branch, head}, work)
`,
    new: '',
    promise: 'Work that is done is at the origin.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'await pushBranch(sandbox, {branch, head}, work)',
    new: 'await pushBranch(sandbox, {branch, head}, work).catch(() => {})',
    promise: 'After a failed push nothing is recorded.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'isRecorded ? [] : await findLfsContents',
    new: 'await findLfsContents',
    promise: 'What was pushed and recorded needs no git-lfs to end its session.',
  },
  {
    file: 'packages/plugin-polecat/src/not-taken.ts',
    old: "entry.startsWith('S') && (await isThere(join(sandbox.path, path)))",
    new: "entry.startsWith('S') && !(await isThere(join(sandbox.path, path)))",
    promise: 'A changed file that git was told to skip is named, and not an absent one of a sparse checkout.',
  },
  {
    file: 'packages/plugin-polecat/src/not-taken.ts',
    old: 'if (used.includes(registered)) return []',
    new: 'if (used.length > 0) return []',
    promise: 'Work that went to another address than that of the rig is not said to be at the origin.',
  },
  {
    file: 'packages/plugin-polecat/src/push.ts',
    old: '`${head}:refs/heads/${branch}`',
    new: '`+${head}:refs/heads/${branch}`',
    promise: 'A push never overwrites commits at the origin.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: '!isRuntimeFile(entry, runtimePaths)',
    new: '!/^...[.](beads|claude|logs|runtime)[/]/.test(entry)',
    promise: 'gt done and the gate ignore the same files.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "'--untracked-files=all', ",
    new: '',
    promise: 'Untracked files are checked, whatever the user has configured.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'if (path === undefined) throw notFound(ref)',
    new: 'if (path === undefined) return {} as never',
    promise: 'Without a sandbox, gt done fails.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'return await withRecordLock(ref, async () => {',
    new: 'return await (async (_: unknown, work: () => Promise<PolecatRecord>) => work())(withRecordLock, async () => {',
    promise: "gt done holds the record's lock.",
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: `    if (!isGtError(error)) throw error
    warn`,
    new: `    throw error
    warn`,
    promise: 'Recorded work is done, even if the witness could not be notified.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "const born = incarnation || randomBytes(8).toString('hex')",
    new: "const born = randomBytes(8).toString('hex') + (incarnation ? '' : '')",
    promise: 'A worker keeps its incarnation.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "'--no-renames'",
    new: "'--find-renames'",
    promise: 'A renamed file counts as a file of the repository.',
  },
  {
    file: 'packages/plugin-polecat/src/push.ts',
    old: '`${head}:refs/heads/${branch}`',
    new: '`refs/heads/${branch}:refs/heads/${branch}`',
    promise: 'The commit that is recorded as pushed is the one that was pushed.',
  },
  {
    file: 'packages/plugin-polecat/src/push.ts',
    old: 'filter((line) => /^remote: ./.test(line))',
    new: "filter((line) => line === '')",
    promise: "A refused push shows the origin's own words.",
  },
  {
    file: 'packages/plugin-polecat/src/push.ts',
    old: 'lines.slice(0, MAX_LINES)',
    new: 'lines.slice(0)',
    promise: "The origin's words do not fill the screen.",
  },
  {
    file: 'packages/plugin-polecat/src/push.ts',
    old: "if (kind === 'rejected' && /fetch first|non-fast-forward/.test(reason)) return",
    new: "if (kind === 'rejected' && reason === '') return",
    promise: 'A push that would overwrite commits names the way out.',
  },
  {
    file: 'packages/plugin-polecat/src/lfs.ts',
    old: 'if (contents.length === 0) return []\n',
    new: 'if (contents.length >= 0) return []\n',
    promise: 'The contents of LFS files are pushed before their pointers.',
  },
  {
    file: 'packages/plugin-polecat/src/lfs.ts',
    old: "if ((await runGit(sandbox, ['lfs', 'version'])).code !== 0) throw",
    new: "if ((await runGit(sandbox, ['lfs', 'version'])).code < 0) throw",
    promise: 'Without git-lfs, no pointer is pushed without its content.',
  },
  {
    file: 'packages/plugin-polecat/src/lfs.ts',
    old: 'if (code !== 0) throw lfsFailed',
    new: 'if (code < 0) throw lfsFailed',
    promise: 'A content that cannot be pushed is no success.',
  },
  {
    file: 'packages/plugin-polecat/src/lfs.ts',
    old: "=== 'lfs')",
    new: "!== '')",
    promise: 'A text that looks like a pointer is not an LFS file.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: '    await pushLfs(sandbox, {branch, contents}, work)\n    await pushBranch(sandbox, {branch, head}, work)\n',
    new: '    await pushBranch(sandbox, {branch, head}, work)\n    await pushLfs(sandbox, {branch, contents}, work)\n',
    promise: 'If the contents of LFS files cannot be pushed, nothing is.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'if (isComplete && nowhere) throw',
    new: 'if (isComplete && nowhere?.path === undefined && nowhere) throw',
    promise: "Complete work names no submodule's commit that nobody else can get.",
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "'--ignore-submodules=none', ",
    new: '',
    promise: 'Changes in a submodule are seen, whatever is configured.',
  },
  {
    file: 'packages/plugin-polecat/src/own-commits.ts',
    old: "'--ignore-submodules=none', ",
    new: '',
    promise: "A submodule's commit is seen, whatever is configured.",
  },
  {
    file: 'packages/plugin-polecat/src/own-commits.ts',
    old: "[`refs/heads/${branch}`, '--not', own, others]",
    new: "[`refs/heads/${branch}`, '--not', others]",
    promise: 'Commits that somebody pushed under the name of the branch count as its own.',
  },
  {
    file: 'packages/plugin-polecat/src/submodules.ts',
    old: '(await realpath(folder)) === join(await realpath(top), path)',
    new: "folder !== ''",
    promise: 'A link in the place of a submodule leads to no other repository.',
  },
  {
    file: 'packages/plugin-polecat/src/submodules.ts',
    old: 'if (code !== 0) return false',
    new: 'if (code !== 0) return true',
    promise: "A submodule's commit that exists nowhere is not taken for pushed.",
  },
  {
    file: 'packages/plugin-polecat/src/not-taken.ts',
    old: 'subject.startsWith(start)',
    new: 'subject.length > start.length',
    promise: 'A stash of another worker is not said to be left.',
  },
  {
    file: 'packages/plugin-polecat/src/not-taken.ts',
    old: 'if (own.length === 0) return []',
    new: 'if (own.length >= 0) return []',
    promise: 'Commits on other branches of a sandbox are named as not pushed.',
  },
  {
    file: 'packages/plugin-polecat/src/not-taken.ts',
    old: 'filter((path) => foldersOf(path).some((folder) => folders.has(folder)))',
    new: 'filter((path) => folders.has(path))',
    promise: 'Ignored files where the project keeps files are named as not pushed.',
  },
  {
    file: 'packages/plugin-polecat/src/git.ts',
    old: 'if (result.code === 0) return result.stdout',
    new: 'if (result.code >= 0) return result.stdout',
    promise: 'A failed git is an error, not an answer.',
  },
  {
    file: 'packages/plugin-polecat/src/git.ts',
    old: "[join(rig.path, '.repo.git'), join(rig.path, 'mayor', 'rig')]",
    new: "[join(rig.path, 'mayor', 'rig'), join(rig.path, '.repo.git')]",
    promise: "The bare repository of a rig comes before the mayor's clone.",
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: 'await gitOutput(repository, add, work)',
    new: 'await gitOutput(repository, add)',
    promise: 'A checkout may take long while it goes on.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: 'await runGit(repository, args, work)',
    new: 'await runGit(repository, args)',
    promise: 'A fetch from a silent remote is ended at the limit of the settings.',
  },
  {
    file: 'packages/plugin-polecat/src/git.ts',
    old: 'await git(args, {cwd: path, ...others, onOutput: progress.read})',
    new: 'await git(args, {cwd: path, ...others, onOutput: () => {}})',
    promise: 'A checkout shows how far it is.',
  },
  {
    file: 'packages/plugin-polecat/src/git.ts',
    old: `    progress.end()
`,
    new: `    void progress
`,
    promise: 'What shows progress is cleared before anything else is written.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'await longWork(services, ref.rig, request.start.signal)',
    new: 'await longWork(services, ref.rig)',
    promise: 'An interrupt ends a checkout.',
  },
  {
    file: 'packages/plugin-polecat/src/inspect.ts',
    old: "if (!isKnown && status.liveness === 'absent') throw notFound(ref)",
    new: 'if (!isKnown) throw notFound(ref)',
    promise: 'A worker with only a session left is listed as existing.',
  },
  {
    file: 'packages/plugin-polecat/src/inspect.ts',
    old: "if (!isKnown && status.liveness === 'absent') throw notFound(ref)",
    new: 'if (isKnown && status.liveness === undefined) throw notFound(ref)',
    promise: 'A worker without any trace is not shown as not running.',
  },
  {
    file: 'packages/plugin-polecat/src/inspect.ts',
    old: "filter(({labels}) => labels.role === 'polecat')",
    new: 'filter(({labels}) => labels.name !== undefined)',
    promise: "A session of another role is not a worker's, even with the same name.",
  },
  {
    file: 'packages/plugin-polecat/src/inspect.ts',
    old: 'if (session) return {ref, ...files, liveness: session.liveness}',
    new: "if (session) return {ref, ...files, liveness: 'alive'}",
    promise: 'An agent that has ended is not listed as running.',
  },
  {
    file: 'packages/plugin-polecat/src/inspect.ts',
    old: 'if (!isSafeName(ref.name)) return',
    new: "if (ref.name === '') return",
    promise: 'gt does not look for a session with an invalid name.',
  },
  {
    file: 'packages/plugin-polecat/src/inspect.ts',
    old: '(await host.sessions.status(polecatRole(), ref)).liveness}',
    new: "(await host.sessions.status(polecatRole(), ref).catch(() => ({liveness: 'absent' as const}))).liveness}",
    promise: 'A worker on a backend without an answer is not listed as absent.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: 'if (!isSafeName(name)) {',
    new: "if (!isSafeName(name) && name === '') {",
    promise: 'A name such as .. or a/b is rejected.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: 'const lower = name.toLowerCase()',
    new: 'const lower = name',
    promise: 'Reserved names ignore case.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: "|| lower.startsWith('crew-')",
    new: '',
    promise: 'Names that begin with crew- are reserved.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: "['boot', 'crew', 'deacon', 'mayor', 'polecats', 'refinery', 'witness']",
    new: "['boot', 'crew', 'deacon', 'mayor', 'polecats', 'refinery']",
    promise: "No worker is named witness, because its session would be the witness's.",
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: '  if (other !== undefined) {',
    new: "  if (other === '') {",
    promise: "A worker's session name does not clash with another rig's.",
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: 'for (let count = 1; count < words.length; count++) {',
    new: 'for (let count = 1; count < words.length - 1; count++) {',
    promise: 'Every prefix of a name is checked for another rig.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: '/^([^/]+)\\/(?:polecats\\/)?([^/]+)$/',
    new: '/([^/]+)\\/(?:polecats\\/)?([^/]+)$/',
    promise: 'An address has nothing before its rig.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: '/^([^/]+)\\/(?:polecats\\/)?([^/]+)$/',
    new: '/^([^/]+)\\/(?:polecats\\/)?([^/]+)/',
    promise: 'An address has nothing behind its name.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'return await withRecordLock(ref, () => prepareNamed(services, repository, ref, request))',
    new: 'return await prepareNamed(services, repository, ref, request)',
    promise: 'Concurrent spawns of one name create one worker.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: '      (await isTaken(ref)) ? undefined : await prepareNamed(services, repository, ref, request),',
    new: '      prepareNamed(services, repository, ref, request),',
    promise: 'A name is checked again under the lock.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `    if (await isTaken(ref)) continue
`,
    new: '',
    promise: 'A name that is taken is not locked.',
    survives: 'The look under the lock finds the same; this one saves the lock.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: '(await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))',
    new: 'await isThere(oldSandbox(ref))',
    promise: 'A name that has only a record is taken.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: '(await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))',
    new: 'await isThere(recordFile(ref))',
    promise: 'A name that has only a directory is taken.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  if (record) checkSameWork(ref, record, request)
`,
    new: `  void checkSameWork
`,
    promise: 'A request for other work does not get this worker.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: '  if (record.exit !== undefined) throw',
    new: "  if (record.exit === 'COMPLETED') throw",
    promise: 'A worker that is done is not started again.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'if (task !== undefined && task !== record.task) throw',
    new: 'if (task !== undefined && record.task !== null && task !== record.task) throw',
    promise: 'A request with a task does not get a worker without one.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'if (base !== undefined && base !== record.base) throw',
    new: "if (base === '') throw",
    promise: 'A request with another base does not get this worker.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'if (request.task !== undefined || request.base !== undefined) throw',
    new: 'if (request.base !== undefined) throw',
    promise: 'A request with a task does not get a worker of unknown task.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'if (request.task !== undefined || request.base !== undefined) throw',
    new: 'if (request.task !== undefined) throw',
    promise: 'A request with a base does not get a worker of unknown base.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  const {branch} = await readCheckedOut(ref, {git: services.git, path: sandbox})
  if (record) return`,
    new: `  const {branch} = {branch: record?.branch, readCheckedOut}
  if (record) return`,
    promise: 'No agent is started in a sandbox that is not a worktree of its own.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await checkNothingRuns(services, ref)
`,
    new: `  void checkNothingRuns
`,
    promise: "An old session is not mistaken for the new worker's.",
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  request.start.signal?.throwIfAborted()
`,
    new: '',
    promise: 'An interrupted spawn creates nothing.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  if (stale) await removeSpareBranch(repository, stale.branch)
`,
    new: `  void stale
`,
    promise: 'The branch of a killed spawn is removed.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `    await rollBackWorktree(repository, ref, branch)
    throw error`,
    new: '    throw error',
    promise: 'A failed spawn removes what it made.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  if (await findSandbox(ref)) return
`,
    new: `  void findSandbox
`,
    promise: 'A sandbox already in place keeps its record.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await healWorktree(repository, ref)
  await removeHome(ref)`,
    new: '  await removeHome(ref)',
    promise: 'The draft of a failed sandbox is removed.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await removeHome(ref)
  await removeSpareBranch(repository, branch)`,
    new: `  await removeSpareBranch(repository, branch)
  void removeHome`,
    promise: 'The directory of a failed spawn is removed.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await removeHome(ref)
  await removeSpareBranch(repository, branch)`,
    new: '  await removeHome(ref)',
    promise: 'The branch of a failed spawn is removed.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await removeSpareBranch(repository, branch)
  await removeRecord(ref)`,
    new: `  await removeSpareBranch(repository, branch)
  void removeRecord`,
    promise: 'The record of a failed spawn is removed.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await writeRecord(ref, record)
  try {
    await addWorktree(repository, ref, {branch, base, work})`,
    new: `  try {
    await addWorktree(repository, ref, {branch, base})
    await writeRecord(ref, record)`,
    promise:
      'A worker is recorded before it is made, so that the next command knows what a killed one began.',
  },
  {
    file: 'packages/plugin-polecat/src/record.ts',
    old: '  warn(`${recordFile(ref)} cannot be used',
    new: "  if (read.setAside === '') warn(`${recordFile(ref)} cannot be used",
    promise: 'The warning names a record that was set aside.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: `  await refuseInside(ref, host.place().cwd)
`,
    new: `  void refuseInside
`,
    promise: 'A sandbox is not removed from inside.',
  },
  {
    file: 'packages/plugin-polecat/src/before-removal.ts',
    old: 'if (here !== there && !here.startsWith(`${there}/`)) return',
    new: 'if (!here.startsWith(`${there}/`)) return',
    promise: 'A worker is not removed from its own directory.',
  },
  {
    file: 'packages/plugin-polecat/src/before-removal.ts',
    old: '!here.startsWith(`${there}/`)',
    new: '!here.startsWith(there)',
    promise: 'nux may be removed from inside the sandbox of nux2.',
  },
  {
    file: 'packages/plugin-polecat/src/before-removal.ts',
    old: 'await Promise.all([realpath(cwd), realpath(home)])',
    new: '[cwd, await realpath(home)]',
    promise: 'A sandbox entered through a link is not removed from inside.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: '    await checkSandbox(services, repository, ref)\n',
    new: '',
    promise: 'A removal that is refused because of what can be told before ends no session.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: "if (!isKnown && !finished && outcome === 'not_running') throw notFound(ref)",
    new: 'if (!isKnown && !finished && outcome === undefined) throw notFound(ref)',
    promise: 'A worker without any trace is not reported as removed.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: 'await withRecordLock(ref, () => endAndRemove(services, repository, ref))',
    new: 'await endAndRemove(services, repository, ref)',
    promise: 'A worker cannot be created while it is being removed.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: "throw outcome === 'stopped' ? withoutSession(ref, error) : error",
    new: 'throw error',
    promise: 'A removal that failed says that it has ended the session.',
  },
  {
    file: 'packages/plugin-polecat/src/gate.ts',
    old: '      ...(record && {base: record.base}),\n',
    new: '',
    promise: 'The gate receives the base of the work.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: 'verdict: gate ? verdictOf(gate) : NO_WORKTREE',
    new: "verdict: gate ? verdictOf(gate) : {is: 'unsafe', reasons: []}",
    promise: 'What is no worktree is put away with the reason that nobody can judge it.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: `  if (!kept && record) await removeSpareBranch(repository, record.branch)
`,
    new: '',
    promise: 'The branch of a missing sandbox is removed if nothing is lost.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: `  if (!kept && record) await removeSpareBranch(repository, record.branch)
  await removeRecord(ref)`,
    new: '  if (!kept && record) await removeSpareBranch(repository, record.branch)',
    promise: 'A removed worker has no record.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: 'if (left.length > 0) services.warn(',
    new: 'if (left.length > 9) services.warn(',
    promise: "Files left in a worker's directory are named.",
  },
  {
    file: 'packages/plugin-polecat/src/gate.ts',
    old: '{is: gate.verdict, reasons',
    new: "{is: 'safe', reasons",
    promise: 'What held work is not purged as if it were clean.',
  },
  {
    file: 'packages/plugin-polecat/src/role.ts',
    old: "return task.includes('\\n')",
    new: "return task === '\\n'",
    promise: 'A task of several lines is not typed, because each line might be taken for a message.',
  },
  {
    file: 'packages/plugin-polecat/src/sandbox.ts',
    old: 'if (top !== (await realpath(sandbox.path))) throw broken(ref, sandbox)',
    new: "if (top === '') throw broken(ref, [sandbox, realpath][0] as Repository)",
    promise: 'A folder inside another repository is not treated as a sandbox.',
  },
  {
    file: 'packages/plugin-polecat/src/sandbox.ts',
    old: "name.startsWith('refs/heads/') ? name",
    new: "name !== '' ? name",
    promise: 'A detached HEAD is on no branch.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: 'throw isNew ? await rollBack(services, ref, error) : error',
    new: 'throw isNew || record ? await rollBack(services, ref, error) : error',
    promise: 'An existing worker is not removed after a failed start.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: 'throw isNew ? await rollBack(services, ref, error) : error',
    new: 'throw [takenBack, isNew] && error',
    promise: 'A new worker is removed after a failed start.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: 'const env = {...options.env, [INCARNATION_VARIABLE]: incarnation}',
    new: 'const env = {[INCARNATION_VARIABLE]: incarnation, ...options.env}',
    promise: "--env cannot change a worker's incarnation.",
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: '...(agent !== undefined && {agent}), ...options, env',
    new: '...options, ...(agent !== undefined && {agent}), env',
    promise: 'The requested agent takes precedence over the recorded one.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: '...(agent !== undefined && {agent}), ...options, env',
    new: "...(agent === '' && {agent}), ...options, env",
    promise: 'A worker is restarted with its recorded agent.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: 'if (!isGtError(removal)) return error\n',
    new: 'if (isGtError(removal)) return removal\n',
    promise: 'A failed start is reported, even if its sandbox could not be removed.',
  },
  {
    file: 'packages/plugin-polecat/src/task.ts',
    old: 'Buffer.byteLength(task) > MAX_BYTES',
    new: 'task.length > MAX_BYTES',
    promise: 'The length of a task is limited in bytes.',
  },
  {
    file: 'packages/plugin-polecat/src/task.ts',
    old: 'Buffer.byteLength(task) > MAX_BYTES',
    new: 'Buffer.byteLength(task) >= MAX_BYTES',
    promise: 'A task of exactly the maximum length is accepted.',
  },
  {
    file: 'packages/plugin-polecat/src/task.ts',
    old: "if (task.includes('\\0')) throw",
    new: "if (task === '\\0') throw",
    promise: 'A task with a NUL character is rejected.',
  },
  {
    file: 'packages/plugin-polecat/src/view.ts',
    old: "running: liveness === 'alive',",
    new: "running: liveness !== 'absent',",
    promise: 'A worker whose agent has ended is not shown as running.',
  },
  {
    file: 'packages/plugin-polecat/src/view.ts',
    old: 'return record?.exit ? ',
    new: "return record?.exit && liveness === 'absent' ? ",
    promise: 'A done worker is shown as done, even if its session still runs.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: "if (own === '') await gitOutput(",
    new: 'if (own !== undefined) await gitOutput(',
    promise: 'A branch with commits of its own is not deleted.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: 'if (tip === undefined || worktree) return',
    new: 'if (tip === undefined) return',
    promise: 'A checked-out branch is not deleted.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: `  if (!branch.startsWith('polecat/')) return
`,
    new: '',
    promise: "Only a worker's own branch is deleted, whatever its record says.",
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: 'refs.find(([ref]) => ref === name) ?? []',
    new: 'refs.find(([ref]) => ref?.startsWith(name)) ?? []',
    promise: 'A branch below a name is not mistaken for the branch of that name.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: '    `--exclude=${name}`,\n',
    new: '',
    promise: 'A branch does not count as keeping its own commits.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: "'update-ref', '-d', name, tip]",
    new: "'update-ref', '-d', name]",
    promise: 'A branch that got a new commit meanwhile is not deleted.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: '`.spawning-${name}.`',
    new: '`.spawning-${name}`',
    promise: "The unfinished sandbox of nux2 is not removed with nux's.",
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: ' || (await isAbandonedDraft(name))',
    new: '',
    promise: 'A spawn that was killed does not stop the other workers of the rig.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: 'return stamp !== undefined && (await isAbandoned(stamp))',
    new: 'return stamp !== undefined',
    promise: 'The unfinished sandbox of another worker is left alone.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: '    await dropDraft({git: repository.git, rig: ref.rig}, worktree)\n',
    new: '',
    promise: 'The repository forgets an unfinished sandbox, also one that git locked or left half made.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: `  if (sandbox !== undefined) await repairLinks({git: repository.git, rig: ref.rig}, sandbox)
  const`,
    new: '  const',
    promise: "A sandbox moved without git's knowledge is repaired.",
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: `    await makeOwnFolder(polecatsFolder(ref.rig), 0o755)
`,
    new: `    await mkdir(polecatsDirectory(ref), {recursive: true})
`,
    promise: 'No sandbox is created through a link in place of polecats/.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: `    await makeOwnFolder(oldSandbox(ref), 0o755)
`,
    new: `    await mkdir(oldSandbox(ref), {recursive: true})
`,
    promise: "No sandbox is moved through a link in place of a worker's directory.",
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: "'--no-track', ",
    new: '',
    promise: "A worker's branch tracks no other.",
    survives: 'The base is given as a commit, which no branch can follow.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: '  await services.host.sessions.stop(polecatRole(), ref)\n',
    new: '',
    promise: 'A session restarted before the removal is ended too.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: 'for (const problem of await recoverRemovals({git, rig})) warn(problem)',
    new: '',
    promise: 'A removal that was killed is finished by the next.',
  },
  {
    file: 'packages/plugin-polecat/src/removed.ts',
    old: 'sandbox.name === ref.name && sandbox.id',
    new: 'sandbox.id',
    promise: 'The sandbox of another worker is not restored as this one.',
  },
  {
    file: 'packages/plugin-polecat/src/removed.ts',
    old: 'sandboxes.findLast(',
    new: 'sandboxes.find(',
    promise: 'Without an id the sandbox comes back that was put away last.',
  },
  {
    file: 'packages/plugin-polecat/src/purge.ts',
    old: 'entry.name === ref.name && entry.id',
    new: 'entry.id',
    promise: "The sandbox of another worker is not purged as this one's.",
  },
  {
    file: 'packages/plugin-polecat/src/purge.ts',
    old: 'if (named.length > 1) throw',
    new: 'if (named.length > 9) throw',
    promise: 'Of several sandboxes of a name none is purged unless it is said which.',
  },
  {
    file: 'packages/plugin-polecat/src/purge.ts',
    old: 'Date.parse(removedAt) <= before',
    new: 'Date.parse(removedAt) > 0',
    promise: 'A sandbox that is younger than the age which is asked for stays.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: "kept?.verdict.is === 'safe'",
    new: 'kept',
    promise: 'What somebody did in the sandbox of a spawn that failed stays.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: '  await recoverRemovals({git: services.git, rig: request.rig.rig})\n',
    new: '',
    promise: 'A spawn finishes a removal that was killed before it takes the name for free.',
  },
  {
    file: 'packages/plugin-polecat/src/before-removal.ts',
    old: 'const processesIn = (directory: string) => othersIn(services.host, ref, directory)',
    new: 'const processesIn = () => []',
    promise: 'Processes of others in the sandbox are named before the session ends.',
  },
  {
    file: 'packages/plugin-polecat/src/before-removal.ts',
    old: '.filter((pid) => !own.has(pid))',
    new: '',
    promise: 'The processes of the session do not prevent its end.',
  },
  {
    file: 'packages/plugin-polecat/src/before-removal.ts',
    old: '?.filter(({pid}) => stayed.has(pid))',
    new: '',
    promise: 'A process that came while the session was asked for does not count.',
  },
  {
    file: 'packages/plugin-polecat/src/before-removal.ts',
    old: "if (liveness === 'absent' || liveness === 'dead') return undefined",
    new: '',
    promise: 'Nobody is asked about a session that does not run.',
  },
  {
    file: 'packages/plugin-polecat/src/before-removal.ts',
    old: 'if (reading && AT_REST.has(reading.state)) return undefined',
    new: "if (reading?.state !== 'busy') return undefined",
    promise: 'An agent that may be working is not ended without a question.',
  },
  {
    file: 'packages/plugin-polecat/src/before-removal.ts',
    old: 'if (reading && AT_REST.has(reading.state)) return undefined',
    new: '',
    promise: 'An agent at rest is ended without a question.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: '  if (question) await confirm(question)\n',
    new: '',
    promise: 'The user is asked before a working agent is ended.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: "if (verdict.is !== 'safe') await confirm(questionAboutLoss(ref, verdict))",
    new: '',
    promise: 'The user is asked before work is deleted.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: "if (news.length > 0) return {id, name, outcome: 'kept', reasons: news}",
    new: '',
    promise: 'Work that the user was not asked about is not deleted.',
  },
  {
    file: 'packages/plugin-polecat/src/keep.ts',
    old: "verdict.is === 'safe' ? new Date(",
    new: 'verdict.is ? new Date(',
    promise: 'No end is named for what only the user deletes.',
  },
  {
    file: 'packages/plugin-polecat/src/note.ts',
    old: 'if (!isGtError(error)) throw error\n    warn(error.message)',
    new: 'throw error',
    promise: 'A log that cannot be written does not fail a removal that has happened.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await putAwayBroken(services, ref)
`,
    new: `  void putAwayBroken
`,
    promise: 'A new worker is not connected with the worktree of one that was deleted by hand.',
  },
  {
    file: 'packages/plugin-polecat/src/purge.ts',
    old: '[...begun, ...old]',
    new: 'old',
    promise: 'A deletion that was interrupted is finished by a later one.',
  },
]
