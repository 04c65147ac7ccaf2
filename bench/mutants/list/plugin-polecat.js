// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code
/** The workers: how they are made, what they say when they are done, and how they are removed. */
const src = (file) => `packages/plugin-polecat/src/${file}`

const base = src('base.ts')
const done = src('done.ts')
const doneCommand = src('commands/done.ts')
const git = src('git.ts')
const look = src('look.ts')
const name = src('name.ts')
const prepare = src('prepare.ts')
const record = src('record.ts')
const remove = src('remove.ts')
const role = src('role.ts')
const sandbox = src('sandbox.ts')
const spawn = src('spawn.ts')
const task = src('task.ts')
const worktree = src('worktree.ts')
const view = src('view.ts')

export default [
  // Done.
  {
    file: done,
    old: `if (exit === 'COMPLETED' || exit === 'PHASE_COMPLETE') await`,
    new: `if (exit === 'COMPLETED') await`,
    promise: 'The end of a phase, too, is told only of work that is committed.',
  },
  {
    file: done,
    old: `if (exit === 'COMPLETED' || exit === 'PHASE_COMPLETE') await`,
    new: `if (exit === 'PHASE_COMPLETE') await`,
    promise: 'Only work that is committed is completed.',
  },
  {
    file: done,
    old: `if (exit === 'COMPLETED' || exit === 'PHASE_COMPLETE') await`,
    new: `await`,
    promise: 'Work that is given up may be told of with what is not committed.',
  },
  {
    file: done,
    old: `if (record && own && own !== record.incarnation) throw stale(ref)`,
    new: `if (record && own && own !== record.incarnation && own === '') throw stale(ref)`,
    promise: 'A session of an earlier life of the name does not end the work of today.',
  },
  {
    file: done,
    old: `if (branch === undefined || !branch.startsWith('polecat/')) throw wrongBranch(ref, branch)`,
    new: `if (branch === undefined) throw wrongBranch(ref, branch)`,
    promise: "Only a worker's own branch is pushed: never main.",
  },
  {
    file: done,
    old: `!branch.startsWith('polecat/')`,
    new: `!branch.includes('polecat/')`,
    promise: "A branch that only has polecat/ within is not a worker's.",
  },
  {
    file: done,
    old: `record?.exit === exit && record.head === head && record.branch === branch`,
    new: `record?.head === head && record.branch === branch`,
    promise: 'Another word on how the work ended is recorded.',
  },
  {
    file: done,
    old: `record?.exit === exit && record.head === head && record.branch === branch`,
    new: `record?.exit === exit && record.branch === branch`,
    promise: 'Commits made since are pushed and recorded.',
  },
  {
    file: done,
    old: `record?.exit === exit && record.head === head && record.branch === branch`,
    new: `record?.exit === exit && record.head === head`,
    promise: 'A branch that is another since is pushed and recorded.',
  },
  {
    file: done,
    old: `if (record?.exit === exit && record.head === head && record.branch === branch) return record`,
    new: `if (record === undefined && exit === undefined) return record`,
    promise: 'What is pushed and recorded already is not again.',
  },
  {
    file: done,
    old: `    await push(sandbox, branch)
    const now`,
    new: `    const now`,
    promise: 'Work that is done is at the origin.',
  },
  {
    file: done,
    old: `    await push(sandbox, branch)
    const now`,
    new: `    await push(sandbox, branch).catch(() => {})
    const now`,
    promise: 'A push that fails is no work done: nothing is recorded.',
  },
  {
    file: done,
    old: `\`\${name}:\${name}\`], REMOTE_MS`,
    new: `\`+\${name}:\${name}\`], REMOTE_MS`,
    promise: 'What is at the origin is never pushed over.',
  },
  {
    file: done,
    old: `!(entry.startsWith('?? ') && RUNTIME`,
    new: `!(RUNTIME`,
    promise: 'A change of a file that git tracks counts, even in .claude/.',
  },
  {
    file: done,
    old: `['.beads/', '.claude/', '.logs/', '.runtime/']`,
    new: `['.beads', '.claude', '.logs', '.runtime']`,
    promise: 'A file like .claude-notes is work.',
  },
  {
    file: done,
    old: `['.beads/', '.claude/', '.logs/', '.runtime/']`,
    new: `['.beads/', '.logs/', '.runtime/']`,
    promise: 'What gt and its tools leave in a sandbox is no work.',
  },
  {
    file: done,
    old: `entry.startsWith(own, 3)`,
    new: `entry.includes(own)`,
    promise: 'A folder src/.beads/ is work.',
  },
  {
    file: done,
    old: `'--untracked-files=all', `,
    new: ``,
    promise: 'Files that git does not know are looked at, whatever the user has configured.',
  },
  {
    file: done,
    old: `if (path === undefined) throw notFound(ref)`,
    new: `if (path === undefined) return {} as never`,
    promise: 'Without a sandbox there is no work that could be done.',
  },
  {
    file: done,
    old: `return await withRecordLock(ref, async () => {`,
    new: `return await (async (_: unknown, work: () => Promise<PolecatRecord>) => work())(withRecordLock, async () => {`,
    promise: 'No other command changes the record while the work is told done.',
  },
  {
    file: done,
    old: `    if (!isGtError(error)) throw error
    warn`,
    new: `    throw error
    warn`,
    promise: 'Work that is recorded is done, though the witness could not be told.',
  },
  {
    file: done,
    old: `const born = incarnation || randomBytes(8).toString('hex')`,
    new: `const born = randomBytes(8).toString('hex') + (incarnation ? '' : '')`,
    promise: 'A worker that has an incarnation keeps it.',
  },
  {
    file: doneCommand,
    old: `    await host.stop(polecatRole(), ref)\n`,
    new: `    void polecatRole\n`,
    promise: 'Who is done ends its session.',
  },
  {
    file: doneCommand,
    old: `if (polecats === 'polecats' && name) return name`,
    new: `if (polecats && name) return name`,
    promise: 'Outside of a sandbox gt done is wrong usage.',
  },
  {
    file: doneCommand,
    old: `    await host.stop(polecatRole(), ref)
    // Not before: from inside the session all of this is run once more, outside of it.
    await tellDone(services, ref, record)`,
    new: `    await tellDone(services, ref, record)
    await host.stop(polecatRole(), ref)`,
    promise: 'The witness is told once, though from inside the session all is run once more.',
  },

  // Git.
  {
    file: git,
    old: `said.trim().replaceAll(/\\/\\/[^/@\\s]*@/g, '//')`,
    new: `said.trim()`,
    promise: 'The password in the address of a remote is not shown.',
  },
  {
    file: git,
    old: `if (result.code === 0) return result.stdout`,
    new: `if (result.code >= 0) return result.stdout`,
    promise: 'A git that fails is no answer.',
  },
  {
    file: git,
    old: `return (await lstat(path)).isDirectory()`,
    new: `return !(await lstat(path)).isFile()`,
    promise: 'A link is no folder of ours: it might lead out of the town.',
  },
  {
    file: git,
    old: `[join(rig.path, '.repo.git'), join(rig.path, 'mayor', 'rig')]`,
    new: `[join(rig.path, 'mayor', 'rig'), join(rig.path, '.repo.git')]`,
    promise: "The bare repository of a rig comes before the mayor's clone.",
  },
  {
    file: git,
    old: `if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw unreadable(path, error)`,
    new: `if (error) return false
    throw unreadable(path, error)`,
    promise: 'What cannot be looked at is not taken for what is not there.',
  },
  {
    file: base,
    old: `  if (wanted !== undefined) await checkBranchName(repository, wanted)\n`,
    new: `  void checkBranchName\n`,
    promise: 'A --base that can be no branch is wrong usage.',
  },
  {
    file: base,
    old: `\`+refs/heads/\${branch}:\${tracking}\``,
    new: `\`refs/heads/\${branch}:\${tracking}\``,
    promise: 'Work begins from where the origin is now, be its branch rewritten.',
  },
  {
    file: base,
    old: `  await fetch(repository, branch, tracking)\n`,
    new: `  void fetch\n`,
    promise: 'Work begins from where the origin is now.',
  },
  {
    file: base,
    old: `if (attempt === ATTEMPTS || !result`,
    new: `if (!result`,
    promise: 'A fetch is not tried for ever.',
  },
  {
    file: base,
    old: `if (attempt === ATTEMPTS || !result.stderr.includes('cannot lock ref')) throw`,
    new: `throw`,
    promise: 'A fetch that another one got in the way of is tried again.',
  },
  {
    file: base,
    old: `if (/couldn't find remote ref/.test(result.stderr)) {`,
    new: `if (branch === '') {`,
    promise: 'A branch that the origin does not have is named as such.',
  },
  {
    file: base,
    old: `/^ref: refs\\/heads\\/(\\S+)\\tHEAD$/m`,
    new: `/ref: refs\\/(?:\\w+)\\/(\\S+)\\tHEAD/m`,
    promise: 'Only a branch can be the default branch.',
  },

  // Names.
  {
    file: name,
    old: `if (!isSafeName(name)) {`,
    new: `if (!isSafeName(name) && name === '') {`,
    promise: 'A name like .. or a/b leads to no directory.',
  },
  {
    file: name,
    old: `const lower = name.toLowerCase()`,
    new: `const lower = name`,
    promise: 'Witness is as reserved as witness.',
  },
  {
    file: name,
    old: `|| lower.startsWith('crew-')`,
    new: ``,
    promise: "crew-max is the name of a person's session.",
  },
  {
    file: name,
    old: `['boot', 'crew', 'deacon', 'mayor', 'polecats', 'refinery', 'witness']`,
    new: `['boot', 'crew', 'deacon', 'mayor', 'polecats', 'refinery']`,
    promise: 'No worker is called witness: its session would be the witness.',
  },
  {
    file: name,
    old: `  if (other !== undefined) {`,
    new: `  if (other === '') {`,
    promise: "A worker's session is not called like one of another rig.",
  },
  {
    file: name,
    old: `for (let count = 1; count < words.length; count++) {`,
    new: `for (let count = 1; count < words.length - 1; count++) {`,
    promise: "Every part of a name is looked at that might be another rig's.",
  },
  {
    file: name,
    old: `/^([^/]+)\\/(?:polecats\\/)?([^/]+)$/`,
    new: `/([^/]+)\\/(?:polecats\\/)?([^/]+)$/`,
    promise: 'An address has nothing before its rig.',
  },
  {
    file: name,
    old: `/^([^/]+)\\/(?:polecats\\/)?([^/]+)$/`,
    new: `/^([^/]+)\\/(?:polecats\\/)?([^/]+)/`,
    promise: 'An address has nothing behind its name.',
  },

  // Records.
  {
    file: record,
    old: `if (record.version !== 1 || record.name !== name) return undefined`,
    new: `if (record.name !== name) return undefined`,
    promise: 'A record of another version is not guessed at.',
  },
  {
    file: record,
    old: `if (record.version !== 1 || record.name !== name) return undefined`,
    new: `if (record.version !== 1) return undefined`,
    promise: "Another worker's record is not this one's.",
  },
  {
    file: record,
    old: `!isText(incarnation) || !isText(branch)`,
    new: `!isText(branch)`,
    promise: 'A record without its incarnation tells no life from another.',
  },
  {
    file: record,
    old: `!isText(incarnation) || !isText(branch)`,
    new: `!isText(incarnation)`,
    promise: 'A record without a branch is none.',
  },
  {
    file: record,
    old: `!isText(base) || `,
    new: ``,
    promise: 'A record without its base is none.',
  },
  {
    file: record,
    old: `|| !isTime(spawned_at)) return undefined`,
    new: `|| !isText(spawned_at)) return undefined`,
    promise: 'A record that was written at no time is none.',
  },
  {
    file: record,
    old: `  if (task !== null && !isText(task)) return undefined\n`,
    new: ``,
    promise: 'A task that is no text is none that could be given.',
  },
  {
    file: record,
    old: `if (exit !== undefined && !isExit(exit)) return undefined`,
    new: `if (exit !== undefined && exit === null) return undefined`,
    promise: 'A word on the end that gt does not know makes no worker done.',
  },
  {
    file: record,
    old: `...(isText(head) && {head}),`,
    new: `...(head !== undefined && {head: head as string}),`,
    promise: 'A head that is no text is none.',
  },
  {
    file: record,
    old: `...(isTime(done_at) && {done_at}),`,
    new: `...(isText(done_at) && {done_at}),`,
    promise: 'A time that is none is left out.',
  },
  {
    file: record,
    old: `typeof value === 'string' && value !== ''`,
    new: `typeof value === 'string'`,
    promise: 'An empty text is none.',
  },
  {
    file: record,
    old: `if (setAside !== undefined) warn(`,
    new: `if (setAside === '') warn(`,
    promise: 'A record that is set aside is named.',
  },
  {
    file: record,
    old: `await rm(recordFile(ref), {force: true})`,
    new: `await rm(recordFile(ref))`,
    promise: 'A record may be removed twice.',
  },
  {
    file: record,
    old: `    await makeOwnFolder(join(rig.path, '.runtime'), 0o755)
    await makeOwnFolder(directory, 0o755)`,
    new: `    await (await import('node:fs/promises')).mkdir(directory, {recursive: true})
    void makeOwnFolder`,
    promise: 'Nothing is written through a link in the place of .runtime/.',
  },
  {
    file: record,
    old: `  return await withFileLock(recordFile(ref), work)`,
    new: `  void withFileLock
  return await work()`,
    promise: 'One command at a time makes, changes or removes a worker.',
  },

  // How workers are made.
  {
    file: prepare,
    old: `return await withRecordLock(ref, () => prepareNamed(services, repository, ref, request))`,
    new: `return await prepareNamed(services, repository, ref, request)`,
    promise: 'Two spawns of one name make one worker.',
  },
  {
    file: prepare,
    old: `      (await isTaken(ref)) ? undefined : await prepareNamed(services, repository, ref, request),`,
    new: `      prepareNamed(services, repository, ref, request),`,
    promise: 'A name that was taken since is looked at again under the lock.',
  },
  {
    file: prepare,
    old: `    if (await isTaken(ref)) continue\n`,
    new: ``,
    promise: 'A name that is taken is not locked.',
    survives: 'The look under the lock finds the same; this one saves the lock.',
  },
  {
    file: prepare,
    old: `(await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))`,
    new: `await isThere(oldSandbox(ref))`,
    promise: 'A name that has only a record is taken.',
  },
  {
    file: prepare,
    old: `(await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))`,
    new: `await isThere(recordFile(ref))`,
    promise: 'A name that has only a directory is taken.',
  },
  {
    file: prepare,
    old: `  if (record) checkSameWork(ref, record, request)\n`,
    new: `  void checkSameWork\n`,
    promise: 'Who asks for other work does not get this worker.',
  },
  {
    file: prepare,
    old: `  if (record.exit !== undefined) throw`,
    new: `  if (record.exit === 'COMPLETED') throw`,
    promise: 'A worker that is done, however, is not started again.',
  },
  {
    file: prepare,
    old: `if (task !== undefined && task !== record.task) throw`,
    new: `if (task !== undefined && record.task !== null && task !== record.task) throw`,
    promise: 'A worker without a task is not the one that a task is for.',
  },
  {
    file: prepare,
    old: `if (base !== undefined && base !== record.base) throw`,
    new: `if (base === '') throw`,
    promise: 'A worker that began from another branch is not the one that is asked for.',
  },
  {
    file: prepare,
    old: `if (request.task !== undefined || request.base !== undefined) throw`,
    new: `if (request.base !== undefined) throw`,
    promise: 'A task is not given to a worker whose task is not known.',
  },
  {
    file: prepare,
    old: `if (request.task !== undefined || request.base !== undefined) throw`,
    new: `if (request.task !== undefined) throw`,
    promise: 'A base is not claimed of a worker whose base is not known.',
  },
  {
    file: prepare,
    old: `  const {branch} = await lookAtSandbox(ref, {git: services.git, path: sandbox})
  if (record) return`,
    new: `  const {branch} = {branch: record?.branch, lookAtSandbox}
  if (record) return`,
    promise: 'No agent is started in a sandbox that is no worktree of its own.',
  },
  {
    file: prepare,
    old: `  await checkNothingRuns(services, ref)\n`,
    new: `  void checkNothingRuns\n`,
    promise: "An old session is not taken for the new worker's.",
  },
  {
    file: prepare,
    old: `  request.start.signal?.throwIfAborted()\n`,
    new: ``,
    promise: 'A spawn that was interrupted makes nothing.',
  },
  {
    file: prepare,
    old: `  if (stale) await removeSpareBranch(repository, stale.branch)\n`,
    new: `  void stale\n`,
    promise: 'The branch of a spawn that was killed does not stay.',
  },
  {
    file: prepare,
    old: `    await takeBackWorktree(repository, ref, branch)
    throw error`,
    new: `    throw error`,
    promise: 'A spawn that fails takes back what it made.',
  },
  {
    file: prepare,
    old: `  if (await findSandbox(ref)) return\n`,
    new: `  void findSandbox\n`,
    promise: 'A sandbox that came into its place is whole, and its record stays.',
  },
  {
    file: prepare,
    old: `  await healWorktree(repository, ref)
  await removeHome(ref)`,
    new: `  await removeHome(ref)`,
    promise: 'The draft of a sandbox that failed does not stay.',
  },
  {
    file: prepare,
    old: `  await removeHome(ref)
  await removeSpareBranch(repository, branch)`,
    new: `  await removeSpareBranch(repository, branch)
  void removeHome`,
    promise: 'The directory of a spawn that failed does not stay.',
  },
  {
    file: prepare,
    old: `  await removeHome(ref)
  await removeSpareBranch(repository, branch)`,
    new: `  await removeHome(ref)`,
    promise: 'The branch of a spawn that failed does not stay.',
  },
  {
    file: prepare,
    old: `  await removeSpareBranch(repository, branch)
  await removeRecord(ref)`,
    new: `  await removeSpareBranch(repository, branch)
  void removeRecord`,
    promise: 'The record of a spawn that failed does not stay.',
  },
  {
    file: prepare,
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
    file: spawn,
    old: `throw isNew ? await takenBack(services, ref, error) : error`,
    new: `throw isNew || record ? await takenBack(services, ref, error) : error`,
    promise: 'A worker that was there is not removed because its session could not be started.',
  },
  {
    file: spawn,
    old: `throw isNew ? await takenBack(services, ref, error) : error`,
    new: `throw [takenBack, isNew] && error`,
    promise: 'A new worker whose session could not be started is taken back.',
  },
  {
    file: spawn,
    old: `const env = {...options.env, [INCARNATION_VARIABLE]: incarnation}`,
    new: `const env = {[INCARNATION_VARIABLE]: incarnation, ...options.env}`,
    promise: 'No --env makes a session one of another life.',
  },
  {
    file: spawn,
    old: `...(agent !== undefined && {agent}), ...options, env`,
    new: `...options, ...(agent !== undefined && {agent}), env`,
    promise: 'The agent that is asked for now comes before the one of the record.',
  },
  {
    file: spawn,
    old: `...(agent !== undefined && {agent}), ...options, env`,
    new: `...(agent === '' && {agent}), ...options, env`,
    promise: 'A worker is started again with the agent that it was spawned with.',
  },
  {
    file: spawn,
    old: `if (!isGtError(error) || !isGtError(removal)) return error
    const`,
    new: `if (!isGtError(error) || !isGtError(removal)) return removal
    if (isGtError(removal)) return removal
    const`,
    promise: 'That a start failed is told, though its sandbox could not be removed either.',
  },

  // What is checked out in a sandbox.
  {
    file: sandbox,
    old: `if (top !== (await realpath(sandbox.path))) throw broken(ref, sandbox)`,
    new: `if (top === '') throw broken(ref, [sandbox, realpath][0] as Repository)`,
    promise: 'A folder in a repository of others is no sandbox: nothing is done to that repository.',
  },
  {
    file: sandbox,
    old: `if (!(await isRealDirectory(home))) return undefined`,
    new: `if (!(await isThere(home))) return undefined`,
    promise: "A link in the place of a worker's directory leads to no sandbox.",
  },
  {
    file: sandbox,
    old: `if (await isRealDirectory(newSandbox(ref))) return newSandbox(ref)`,
    new: `if (await isThere(newSandbox(ref))) return newSandbox(ref)`,
    promise: 'A link in the place of a sandbox is none.',
  },
  {
    file: sandbox,
    old: `return (await isThere(join(home, '.git'))) ? home : undefined`,
    new: `return (await isThere(join(home, '.git'))) ? home : home`,
    promise: 'A directory without .git is no sandbox.',
  },
  {
    file: sandbox,
    old: `name.startsWith('refs/heads/') ? name`,
    new: `name !== '' ? name`,
    promise: 'A detached HEAD is on no branch.',
  },

  // How workers are removed.
  {
    file: remove,
    old: `  await refuseInside(ref, host.place().cwd)\n`,
    new: `  void refuseInside\n`,
    promise: 'Who stands in a sandbox does not remove it.',
  },
  {
    file: remove,
    old: `if (here !== there && !here.startsWith(\`\${there}/\`)) return`,
    new: `if (!here.startsWith(\`\${there}/\`)) return`,
    promise: "Who stands in a worker's directory itself does not remove it.",
  },
  {
    file: remove,
    old: `!here.startsWith(\`\${there}/\`)`,
    new: `!here.startsWith(there)`,
    promise: 'Who stands in the sandbox of nux2 may remove nux.',
  },
  {
    file: remove,
    old: `await Promise.all([realpath(cwd), realpath(home)])`,
    new: `[cwd, await realpath(home)]`,
    promise: 'Who stands in a sandbox by a link does not remove it.',
  },
  {
    file: remove,
    old: `  await refuseInside(ref, host.place().cwd)
  const repository = await repositoryOf(ref.rig, git)
  const isKnown = (await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))
  const {outcome, sessionName} = await host.stop(polecatRole(), ref)`,
    new: `  const repository = await repositoryOf(ref.rig, git)
  const isKnown = (await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))
  const {outcome, sessionName} = await host.stop(polecatRole(), ref)
  await refuseInside(ref, host.place().cwd)`,
    promise: 'A removal that is refused because of where it is called ends no session.',
  },
  {
    file: remove,
    old: `  const {outcome, sessionName} = await host.stop(polecatRole(), ref)
  if (!isKnown && outcome === 'not_running') throw notFound(ref)
  const removed = await withRecordLock(ref, () => removeFiles(services, repository, ref))`,
    new: `  const removed = await withRecordLock(ref, () => removeFiles(services, repository, ref))
  const {outcome, sessionName} = await host.stop(polecatRole(), ref)
  if (!isKnown && outcome === 'not_running') throw notFound(ref)`,
    promise: 'Nobody works in a sandbox any more when it is looked at and removed.',
  },
  {
    file: remove,
    old: `if (!isKnown && outcome === 'not_running') throw notFound(ref)`,
    new: `if (!isKnown && outcome === undefined) throw notFound(ref)`,
    promise: 'A worker of which there is nothing is not said to be removed.',
  },
  {
    file: remove,
    old: `await withRecordLock(ref, () => removeFiles(services, repository, ref))`,
    new: `await removeFiles(services, repository, ref)`,
    promise: 'No other command makes a worker that is being removed.',
  },
  {
    file: remove,
    old: `  if (result.outcome === 'refused') throw notSafe(ref, path, result)
  await removeRecord(ref)`,
    new: `  await removeRecord(ref)
  if (result.outcome === 'refused') throw notSafe(ref, path, result)`,
    promise: 'A worker that is not removed keeps its record.',
  },
  {
    file: remove,
    old: `{path, ...(record && {base: record.base})}`,
    new: `{path}`,
    promise: 'The gate is told from which branch the work began.',
  },
  {
    file: remove,
    old: `    await refuseFiles(ref)
    if`,
    new: `    void refuseFiles
    if`,
    promise: 'Files that are in no worktree are a reason not to remove a worker.',
  },
  {
    file: remove,
    old: `    if (record) await removeSpareBranch(repository, record.branch)\n`,
    new: ``,
    promise: 'The branch of a sandbox that is gone does not stay where nothing is lost with it.',
  },
  {
    file: remove,
    old: `    if (record) await removeSpareBranch(repository, record.branch)
    await removeRecord(ref)`,
    new: `    if (record) await removeSpareBranch(repository, record.branch)`,
    promise: 'A worker that is gone has no record.',
  },
  {
    file: remove,
    old: `if (left.length > 0) services.warn(`,
    new: `if (left.length > 9) services.warn(`,
    promise: "What stays behind in a worker's directory is named.",
  },
  {
    file: remove,
    old: `const what = verdict === 'unsafe' ?`,
    new: `const what = verdict !== undefined ?`,
    promise: 'That it cannot be told is not told as a loss.',
  },
  {
    file: worktree,
    old: `if (own === '') await ask(`,
    new: `if (own !== undefined) await ask(`,
    promise: 'A branch with commits of its own is not deleted.',
  },
  {
    file: worktree,
    old: `if (tip === undefined || worktree) return`,
    new: `if (tip === undefined) return`,
    promise: 'A branch that is checked out somewhere is not deleted.',
  },
  {
    file: worktree,
    old: `  if (!branch.startsWith('polecat/')) return\n`,
    new: ``,
    promise: "Only a worker's own branch is deleted, whatever its record says.",
  },
  {
    file: worktree,
    old: `refs.find(([ref]) => ref === name) ?? []`,
    new: `refs.find(([ref]) => ref?.startsWith(name)) ?? []`,
    promise: 'A branch below a name is not the branch of that name.',
  },
  {
    file: worktree,
    old: `\`--exclude=\${name}\`, '--all'`,
    new: `'--all'`,
    promise: "A branch's own commits are not kept by the branch itself.",
  },
  {
    file: worktree,
    old: `'update-ref', '-d', name, tip]`,
    new: `'update-ref', '-d', name]`,
    promise: 'A branch that got a commit since it was looked at is not deleted.',
  },
  {
    file: worktree,
    old: `\`.spawning-\${name}.\``,
    new: `\`.spawning-\${name}\``,
    promise: "The half-made sandbox of nux2 is not removed as nux's.",
  },
  {
    file: worktree,
    old: `if (name.startsWith(draftPrefix(ref))) await`,
    new: `if (name.startsWith('.spawning-')) await`,
    promise: 'The half-made sandbox of another worker is left alone.',
  },
  {
    file: worktree,
    old: `  if (sandbox !== undefined) await repair(repository, sandbox)
  const`,
    new: `  const`,
    promise: 'A sandbox that was moved before git knew is mended.',
  },
  {
    file: worktree,
    old: `if (!known.split('\\0').includes(\`worktree \${worktree}\`)) return`,
    new: `if (known === '') return`,
    promise: 'A draft that git never knew is removed, and no failure.',
  },
  {
    file: worktree,
    old: `'remove', '--force', '--force', '--'`,
    new: `'remove', '--force', '--'`,
    promise: 'A half-made sandbox that git has locked is removed.',
  },
  {
    file: worktree,
    old: `    await makeOwnFolder(polecatsDirectory(ref), 0o755)\n`,
    new: `    await mkdir(polecatsDirectory(ref), {recursive: true})\n`,
    promise: 'No sandbox is made where a link in the place of polecats/ leads.',
  },
  {
    file: worktree,
    old: `    await makeOwnFolder(oldSandbox(ref), 0o755)\n`,
    new: `    await mkdir(oldSandbox(ref), {recursive: true})\n`,
    promise: "No sandbox is moved to where a link in the place of a worker's directory leads.",
  },
  {
    file: worktree,
    old: `      '--no-track',\n`,
    new: ``,
    promise: "A worker's branch follows no other.",
    survives: 'The base is given as a commit, which no branch can follow.',
  },
  {
    file: worktree,
    old: `    await rmdir(home)
    return []`,
    new: `    await rm(home, {recursive: true})
    return []`,
    promise: "What else is in a worker's directory stays.",
  },
  {
    file: worktree,
    old: `if (hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) return await namesIn(home)`,
    new: `if (hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) return []`,
    promise: 'What stays in a directory is told.',
  },

  // What is said of workers.
  {
    file: look,
    old: `if (!isKnown && status.liveness === 'absent') throw notFound(ref)`,
    new: `if (!isKnown) throw notFound(ref)`,
    promise: 'A worker of which only the session is left is there.',
  },
  {
    file: look,
    old: `if (!isKnown && status.liveness === 'absent') throw notFound(ref)`,
    new: `if (isKnown && status.liveness === undefined) throw notFound(ref)`,
    promise: 'A worker of which there is nothing is not shown as one that does not run.',
  },
  {
    file: look,
    old: `filter(({labels}) => labels.role === 'polecat')`,
    new: `filter(({labels}) => labels.name !== undefined)`,
    promise: "A session of another role is no worker's, be it of the same name.",
  },
  {
    file: look,
    old: `if (session) return {ref, ...files, liveness: session.liveness}`,
    new: `if (session) return {ref, ...files, liveness: 'alive'}`,
    promise: 'An agent that has ended is not listed as running.',
  },
  {
    file: look,
    old: `if (!isSafeName(ref.name)) return`,
    new: `if (ref.name === '') return`,
    promise: 'No session is looked for under a name that none can have.',
  },
  {
    file: look,
    old: `(await host.status(polecatRole(), ref)).liveness}`,
    new: `(await host.status(polecatRole(), ref).catch(() => ({liveness: 'absent' as const}))).liveness}`,
    promise: 'A worker of which the backend gives no answer is not listed as absent.',
  },
  {
    file: role,
    old: `return task.includes('\\n')`,
    new: `return task === '\\n'`,
    promise: 'A task of several lines is not typed: each might be taken for a message of its own.',
  },
  {
    file: role,
    old: `homeDir: polecatsDirectory,`,
    new: `homeDir: newSandbox,`,
    promise: 'What belongs to the role and not to the work is written outside of the sandbox.',
  },
  {
    file: role,
    old: `[newSandbox(ref), oldSandbox(ref)]`,
    new: `[oldSandbox(ref), newSandbox(ref)]`,
    promise: 'The agent works in its worktree, and not above it.',
  },
  {
    file: task,
    old: `Buffer.byteLength(task) > LONGEST`,
    new: `task.length > LONGEST`,
    promise: 'A task is no longer, in bytes, than what an agent can be given.',
  },
  {
    file: task,
    old: `Buffer.byteLength(task) > LONGEST`,
    new: `Buffer.byteLength(task) >= LONGEST`,
    promise: 'A task of just the longest length is given.',
  },
  {
    file: task,
    old: `if (task.includes('\\0')) throw`,
    new: `if (task === '\\0') throw`,
    promise: 'A task with a NUL, which no argument can have, is refused.',
  },
  {
    file: view,
    old: `running: liveness === 'alive',`,
    new: `running: liveness !== 'absent',`,
    promise: 'A worker whose agent has ended is not told as running.',
  },
  {
    file: view,
    old: `return record?.exit ? `,
    new: `return record?.exit && liveness === 'absent' ? `,
    promise: 'That a worker is done is said, though its session lives on.',
  },
]
