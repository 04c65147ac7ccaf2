export default [
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: `  if (wanted !== undefined) await checkBranchName(repository, wanted)
`,
    new: `  void checkBranchName
`,
    promise: 'A --base that can be no branch is wrong usage.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: '`+refs/heads/${branch}:${tracking}`',
    new: '`refs/heads/${branch}:${tracking}`',
    promise: 'Work begins from where the origin is now, be its branch rewritten.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: `  await fetch(repository, branch, tracking)
`,
    new: `  void fetch
`,
    promise: 'Work begins from where the origin is now.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: 'if (attempt === ATTEMPTS || !result',
    new: 'if (!result',
    promise: 'A fetch is not tried for ever.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: "if (attempt === ATTEMPTS || !result.stderr.includes('cannot lock ref')) throw",
    new: 'throw',
    promise: 'A fetch that another one got in the way of is tried again.',
  },
  {
    file: 'packages/plugin-polecat/src/base.ts',
    old: "if (/couldn't find remote ref/.test(result.stderr)) {",
    new: "if (branch === '') {",
    promise: 'A branch that the origin does not have is named as such.',
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
    promise: 'Who is done ends its session.',
  },
  {
    file: 'packages/plugin-polecat/src/commands/done.ts',
    old: "if (polecats === 'polecats' && name) return name",
    new: 'if (polecats && name) return name',
    promise: 'Outside of a sandbox gt done is wrong usage.',
  },
  {
    file: 'packages/plugin-polecat/src/commands/done.ts',
    old: `    await host.sessions.stop(polecatRole(), ref)
    // Not before: from inside the session all of this is run once more, outside of it.
    await tellDone(services, ref, record)`,
    new: `    await tellDone(services, ref, record)
    await host.sessions.stop(polecatRole(), ref)`,
    promise: 'The witness is told once, though from inside the session all is run once more.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "if (exit === 'COMPLETED' || exit === 'PHASE_COMPLETE') await",
    new: "if (exit === 'COMPLETED') await",
    promise: 'The end of a phase, too, is told only of work that is committed.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "if (exit === 'COMPLETED' || exit === 'PHASE_COMPLETE') await",
    new: "if (exit === 'PHASE_COMPLETE') await",
    promise: 'Only work that is committed is completed.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "if (exit === 'COMPLETED' || exit === 'PHASE_COMPLETE') await",
    new: 'await',
    promise: 'Work that is given up may be told of with what is not committed.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'if (record && own && own !== record.incarnation) throw stale(ref)',
    new: "if (record && own && own !== record.incarnation && own === '') throw stale(ref)",
    promise: 'A session of an earlier life of the name does not end the work of today.',
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
    promise: "A branch that only has polecat/ within is not a worker's.",
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'record?.exit === exit && record.head === head && record.branch === branch',
    new: 'record?.head === head && record.branch === branch',
    promise: 'Another word on how the work ended is recorded.',
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
    promise: 'A branch that is another since is pushed and recorded.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'if (record?.exit === exit && record.head === head && record.branch === branch) return record',
    new: 'if (record === undefined && exit === undefined) return record',
    promise: 'What is pushed and recorded already is not again.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: `    await push(sandbox, branch)
    const now`,
    new: '    const now',
    promise: 'Work that is done is at the origin.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: `    await push(sandbox, branch)
    const now`,
    new: `    await push(sandbox, branch).catch(() => {})
    const now`,
    promise: 'A push that fails is no work done: nothing is recorded.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: '`${name}:${name}`], REMOTE_MS',
    new: '`+${name}:${name}`], REMOTE_MS',
    promise: 'What is at the origin is never pushed over.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: '!isRuntimeFile(entry)',
    new: '!/^...[.](beads|claude|logs|runtime)[/]/.test(entry)',
    promise: 'What gt done overlooks is what the gate overlooks.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "'--untracked-files=all', ",
    new: '',
    promise: 'Files that git does not know are looked at, whatever the user has configured.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'if (path === undefined) throw notFound(ref)',
    new: 'if (path === undefined) return {} as never',
    promise: 'Without a sandbox there is no work that could be done.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: 'return await withRecordLock(ref, async () => {',
    new: 'return await (async (_: unknown, work: () => Promise<PolecatRecord>) => work())(withRecordLock, async () => {',
    promise: 'No other command changes the record while the work is told done.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: `    if (!isGtError(error)) throw error
    warn`,
    new: `    throw error
    warn`,
    promise: 'Work that is recorded is done, though the witness could not be told.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "const born = incarnation || randomBytes(8).toString('hex')",
    new: "const born = randomBytes(8).toString('hex') + (incarnation ? '' : '')",
    promise: 'A worker that has an incarnation keeps it.',
  },
  {
    file: 'packages/plugin-polecat/src/done.ts',
    old: "'--no-renames'",
    new: "'--find-renames'",
    promise: 'A file that was renamed is one of the repository.',
  },
  {
    file: 'packages/plugin-polecat/src/git.ts',
    old: "said.trim().replaceAll(/\\/\\/[^/@\\s]*@/g, '//')",
    new: 'said.trim()',
    promise: 'The password in the address of a remote is not shown.',
  },
  {
    file: 'packages/plugin-polecat/src/git.ts',
    old: 'if (result.code === 0) return result.stdout',
    new: 'if (result.code >= 0) return result.stdout',
    promise: 'A git that fails is no answer.',
  },
  {
    file: 'packages/plugin-polecat/src/git.ts',
    old: "[join(rig.path, '.repo.git'), join(rig.path, 'mayor', 'rig')]",
    new: "[join(rig.path, 'mayor', 'rig'), join(rig.path, '.repo.git')]",
    promise: "The bare repository of a rig comes before the mayor's clone.",
  },
  {
    file: 'packages/plugin-polecat/src/look.ts',
    old: "if (!isKnown && status.liveness === 'absent') throw notFound(ref)",
    new: 'if (!isKnown) throw notFound(ref)',
    promise: 'A worker of which only the session is left is there.',
  },
  {
    file: 'packages/plugin-polecat/src/look.ts',
    old: "if (!isKnown && status.liveness === 'absent') throw notFound(ref)",
    new: 'if (isKnown && status.liveness === undefined) throw notFound(ref)',
    promise: 'A worker of which there is nothing is not shown as one that does not run.',
  },
  {
    file: 'packages/plugin-polecat/src/look.ts',
    old: "filter(({labels}) => labels.role === 'polecat')",
    new: 'filter(({labels}) => labels.name !== undefined)',
    promise: "A session of another role is no worker's, be it of the same name.",
  },
  {
    file: 'packages/plugin-polecat/src/look.ts',
    old: 'if (session) return {ref, ...files, liveness: session.liveness}',
    new: "if (session) return {ref, ...files, liveness: 'alive'}",
    promise: 'An agent that has ended is not listed as running.',
  },
  {
    file: 'packages/plugin-polecat/src/look.ts',
    old: 'if (!isSafeName(ref.name)) return',
    new: "if (ref.name === '') return",
    promise: 'No session is looked for under a name that none can have.',
  },
  {
    file: 'packages/plugin-polecat/src/look.ts',
    old: '(await host.sessions.status(polecatRole(), ref)).liveness}',
    new: "(await host.sessions.status(polecatRole(), ref).catch(() => ({liveness: 'absent' as const}))).liveness}",
    promise: 'A worker of which the backend gives no answer is not listed as absent.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: 'if (!isSafeName(name)) {',
    new: "if (!isSafeName(name) && name === '') {",
    promise: 'A name like .. or a/b leads to no directory.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: 'const lower = name.toLowerCase()',
    new: 'const lower = name',
    promise: 'Witness is as reserved as witness.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: "|| lower.startsWith('crew-')",
    new: '',
    promise: "crew-max is the name of a person's session.",
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: "['boot', 'crew', 'deacon', 'mayor', 'polecats', 'refinery', 'witness']",
    new: "['boot', 'crew', 'deacon', 'mayor', 'polecats', 'refinery']",
    promise: 'No worker is called witness: its session would be the witness.',
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: '  if (other !== undefined) {',
    new: "  if (other === '') {",
    promise: "A worker's session is not called like one of another rig.",
  },
  {
    file: 'packages/plugin-polecat/src/name.ts',
    old: 'for (let count = 1; count < words.length; count++) {',
    new: 'for (let count = 1; count < words.length - 1; count++) {',
    promise: "Every part of a name is looked at that might be another rig's.",
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
    promise: 'Two spawns of one name make one worker.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: '      (await isTaken(ref)) ? undefined : await prepareNamed(services, repository, ref, request),',
    new: '      prepareNamed(services, repository, ref, request),',
    promise: 'A name that was taken since is looked at again under the lock.',
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
    promise: 'Who asks for other work does not get this worker.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: '  if (record.exit !== undefined) throw',
    new: "  if (record.exit === 'COMPLETED') throw",
    promise: 'A worker that is done, however, is not started again.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'if (task !== undefined && task !== record.task) throw',
    new: 'if (task !== undefined && record.task !== null && task !== record.task) throw',
    promise: 'A worker without a task is not the one that a task is for.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'if (base !== undefined && base !== record.base) throw',
    new: "if (base === '') throw",
    promise: 'A worker that began from another branch is not the one that is asked for.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'if (request.task !== undefined || request.base !== undefined) throw',
    new: 'if (request.base !== undefined) throw',
    promise: 'A task is not given to a worker whose task is not known.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: 'if (request.task !== undefined || request.base !== undefined) throw',
    new: 'if (request.task !== undefined) throw',
    promise: 'A base is not claimed of a worker whose base is not known.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  const {branch} = await lookAtSandbox(ref, {git: services.git, path: sandbox})
  if (record) return`,
    new: `  const {branch} = {branch: record?.branch, lookAtSandbox}
  if (record) return`,
    promise: 'No agent is started in a sandbox that is no worktree of its own.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await checkNothingRuns(services, ref)
`,
    new: `  void checkNothingRuns
`,
    promise: "An old session is not taken for the new worker's.",
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  request.start.signal?.throwIfAborted()
`,
    new: '',
    promise: 'A spawn that was interrupted makes nothing.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  if (stale) await removeSpareBranch(repository, stale.branch)
`,
    new: `  void stale
`,
    promise: 'The branch of a spawn that was killed does not stay.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `    await takeBackWorktree(repository, ref, branch)
    throw error`,
    new: '    throw error',
    promise: 'A spawn that fails takes back what it made.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  if (await findSandbox(ref)) return
`,
    new: `  void findSandbox
`,
    promise: 'A sandbox that came into its place is whole, and its record stays.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await healWorktree(repository, ref)
  await removeHome(ref)`,
    new: '  await removeHome(ref)',
    promise: 'The draft of a sandbox that failed does not stay.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await removeHome(ref)
  await removeSpareBranch(repository, branch)`,
    new: `  await removeSpareBranch(repository, branch)
  void removeHome`,
    promise: 'The directory of a spawn that failed does not stay.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await removeHome(ref)
  await removeSpareBranch(repository, branch)`,
    new: '  await removeHome(ref)',
    promise: 'The branch of a spawn that failed does not stay.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await removeSpareBranch(repository, branch)
  await removeRecord(ref)`,
    new: `  await removeSpareBranch(repository, branch)
  void removeRecord`,
    promise: 'The record of a spawn that failed does not stay.',
  },
  {
    file: 'packages/plugin-polecat/src/prepare.ts',
    old: `  await writeRecord(ref, record)
  try {
    await addWorktree(repository, ref, {branch, base})`,
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
    promise: 'A record that is set aside is named.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: `  await refuseInside(ref, host.place().cwd)
`,
    new: `  void refuseInside
`,
    promise: 'Who stands in a sandbox does not remove it.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: 'if (here !== there && !here.startsWith(`${there}/`)) return',
    new: 'if (!here.startsWith(`${there}/`)) return',
    promise: "Who stands in a worker's directory itself does not remove it.",
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: '!here.startsWith(`${there}/`)',
    new: '!here.startsWith(there)',
    promise: 'Who stands in the sandbox of nux2 may remove nux.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: 'await Promise.all([realpath(cwd), realpath(home)])',
    new: '[cwd, await realpath(home)]',
    promise: 'Who stands in a sandbox by a link does not remove it.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: `  await refuseInside(ref, host.place().cwd)
  const repository = await repositoryOf(ref.rig, git)
  const isKnown = (await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))
  // Outside of the lock: where this command runs in the session, another one takes over that needs it.
  const {outcome, sessionName} = await host.sessions.stop(polecatRole(), ref)`,
    new: `  const repository = await repositoryOf(ref.rig, git)
  const isKnown = (await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))
  const {outcome, sessionName} = await host.sessions.stop(polecatRole(), ref)
  await refuseInside(ref, host.place().cwd)`,
    promise: 'A removal that is refused because of where it is called ends no session.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: "if (!isKnown && outcome === 'not_running') throw notFound(ref)",
    new: 'if (!isKnown && outcome === undefined) throw notFound(ref)',
    promise: 'A worker of which there is nothing is not said to be removed.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: 'await withRecordLock(ref, () => endAndRemove(services, repository, ref))',
    new: 'await endAndRemove(services, repository, ref)',
    promise: 'No other command makes a worker that is being removed.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: `  if (result.outcome === 'refused') throw notSafe(ref, path, result)
  await removeRecord(ref)`,
    new: `  await removeRecord(ref)
  if (result.outcome === 'refused') throw notSafe(ref, path, result)`,
    promise: 'A worker that is not removed keeps its record.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: '{path, ...(record && {base: record.base})}',
    new: '{path}',
    promise: 'The gate is told from which branch the work began.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: `    await refuseFiles(ref)
    if`,
    new: `    void refuseFiles
    if`,
    promise: 'Files that are in no worktree are a reason not to remove a worker.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: `    if (record) await removeSpareBranch(repository, record.branch)
`,
    new: '',
    promise: 'The branch of a sandbox that is gone does not stay where nothing is lost with it.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: `    if (record) await removeSpareBranch(repository, record.branch)
    await removeRecord(ref)`,
    new: '    if (record) await removeSpareBranch(repository, record.branch)',
    promise: 'A worker that is gone has no record.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: 'if (left.length > 0) services.warn(',
    new: 'if (left.length > 9) services.warn(',
    promise: "What stays behind in a worker's directory is named.",
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: "const what = verdict === 'unsafe' ?",
    new: 'const what = verdict !== undefined ?',
    promise: 'That it cannot be told is not told as a loss.',
  },
  {
    file: 'packages/plugin-polecat/src/role.ts',
    old: "return task.includes('\\n')",
    new: "return task === '\\n'",
    promise: 'A task of several lines is not typed: each might be taken for a message of its own.',
  },
  {
    file: 'packages/plugin-polecat/src/sandbox.ts',
    old: 'if (top !== (await realpath(sandbox.path))) throw broken(ref, sandbox)',
    new: "if (top === '') throw broken(ref, [sandbox, realpath][0] as Repository)",
    promise: 'A folder in a repository of others is no sandbox: nothing is done to that repository.',
  },
  {
    file: 'packages/plugin-polecat/src/sandbox.ts',
    old: "name.startsWith('refs/heads/') ? name",
    new: "name !== '' ? name",
    promise: 'A detached HEAD is on no branch.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: 'throw isNew ? await takenBack(services, ref, error) : error',
    new: 'throw isNew || record ? await takenBack(services, ref, error) : error',
    promise: 'A worker that was there is not removed because its session could not be started.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: 'throw isNew ? await takenBack(services, ref, error) : error',
    new: 'throw [takenBack, isNew] && error',
    promise: 'A new worker whose session could not be started is taken back.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: 'const env = {...options.env, [INCARNATION_VARIABLE]: incarnation}',
    new: 'const env = {[INCARNATION_VARIABLE]: incarnation, ...options.env}',
    promise: 'No --env makes a session one of another life.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: '...(agent !== undefined && {agent}), ...options, env',
    new: '...options, ...(agent !== undefined && {agent}), env',
    promise: 'The agent that is asked for now comes before the one of the record.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: '...(agent !== undefined && {agent}), ...options, env',
    new: "...(agent === '' && {agent}), ...options, env",
    promise: 'A worker is started again with the agent that it was spawned with.',
  },
  {
    file: 'packages/plugin-polecat/src/spawn.ts',
    old: `if (!isGtError(error) || !isGtError(removal)) return error
    const`,
    new: `if (!isGtError(error) || !isGtError(removal)) return removal
    if (isGtError(removal)) return removal
    const`,
    promise: 'That a start failed is told, though its sandbox could not be removed either.',
  },
  {
    file: 'packages/plugin-polecat/src/task.ts',
    old: 'Buffer.byteLength(task) > LONGEST',
    new: 'task.length > LONGEST',
    promise: 'A task is no longer, in bytes, than what an agent can be given.',
  },
  {
    file: 'packages/plugin-polecat/src/task.ts',
    old: 'Buffer.byteLength(task) > LONGEST',
    new: 'Buffer.byteLength(task) >= LONGEST',
    promise: 'A task of just the longest length is given.',
  },
  {
    file: 'packages/plugin-polecat/src/task.ts',
    old: "if (task.includes('\\0')) throw",
    new: "if (task === '\\0') throw",
    promise: 'A task with a NUL, which no argument can have, is refused.',
  },
  {
    file: 'packages/plugin-polecat/src/view.ts',
    old: "running: liveness === 'alive',",
    new: "running: liveness !== 'absent',",
    promise: 'A worker whose agent has ended is not told as running.',
  },
  {
    file: 'packages/plugin-polecat/src/view.ts',
    old: 'return record?.exit ? ',
    new: "return record?.exit && liveness === 'absent' ? ",
    promise: 'That a worker is done is said, though its session lives on.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: "if (own === '') await ask(",
    new: 'if (own !== undefined) await ask(',
    promise: 'A branch with commits of its own is not deleted.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: 'if (tip === undefined || worktree) return',
    new: 'if (tip === undefined) return',
    promise: 'A branch that is checked out somewhere is not deleted.',
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
    promise: 'A branch below a name is not the branch of that name.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: "`--exclude=${name}`, '--all'",
    new: "'--all'",
    promise: "A branch's own commits are not kept by the branch itself.",
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: "'update-ref', '-d', name, tip]",
    new: "'update-ref', '-d', name]",
    promise: 'A branch that got a commit since it was looked at is not deleted.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: '`.spawning-${name}.`',
    new: '`.spawning-${name}`',
    promise: "The half-made sandbox of nux2 is not removed as nux's.",
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: 'if (name.startsWith(draftPrefix(ref))) await',
    new: "if (name.startsWith('.spawning-')) await",
    promise: 'The half-made sandbox of another worker is left alone.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: `  if (sandbox !== undefined) await repair(repository, sandbox)
  const`,
    new: '  const',
    promise: 'A sandbox that was moved before git knew is mended.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: "if (!known.split('\\0').includes(`worktree ${worktree}`)) return",
    new: "if (known === '') return",
    promise: 'A draft that git never knew is removed, and no failure.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: "'remove', '--force', '--force', '--'",
    new: "'remove', '--force', '--'",
    promise: 'A half-made sandbox that git has locked is removed.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: `    await makeOwnFolder(polecatsFolder(ref.rig), 0o755)
`,
    new: `    await mkdir(polecatsDirectory(ref), {recursive: true})
`,
    promise: 'No sandbox is made where a link in the place of polecats/ leads.',
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: `    await makeOwnFolder(oldSandbox(ref), 0o755)
`,
    new: `    await mkdir(oldSandbox(ref), {recursive: true})
`,
    promise: "No sandbox is moved to where a link in the place of a worker's directory leads.",
  },
  {
    file: 'packages/plugin-polecat/src/worktree.ts',
    old: `      '--no-track',
`,
    new: '',
    promise: "A worker's branch follows no other.",
    survives: 'The base is given as a commit, which no branch can follow.',
  },
  {
    file: 'packages/plugin-polecat/src/remove.ts',
    old: '  await services.host.sessions.stop(polecatRole(), ref)\n',
    new: '',
    promise: 'A session that was started again before the removal ends, too.',
  },
]
