export default [
  {
    file: 'packages/workers/src/remove-home.ts',
    old: `    await rmdir(home)
    return []`,
    new: `    await (await import('node:fs/promises')).rm(home, {recursive: true})
    return []`,
    promise: "Other entries of a worker's directory stay.",
  },
  {
    file: 'packages/workers/src/remove-home.ts',
    old: "if (hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) return await namesIn(home)",
    new: "if (hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) return []",
    promise: 'Entries that stay in a directory are reported.',
  },
  {
    file: 'packages/workers/src/remove-home.ts',
    old: `  await removeDeadLock(join(home, lock))
`,
    new: '',
    promise: 'The lock of a killed command does not leave a worker without a sandbox.',
  },
  {
    file: 'packages/workers/src/dead-lock.ts',
    old: 'await withLock(directory, {waitMs: 0, refuse}, async () => {})',
    new: "await (await import('node:fs/promises')).rm(directory, {recursive: true, force: true})",
    promise: 'The lock of a living command stays.',
  },
  {
    file: 'packages/workers/src/sandbox.ts',
    old: "if (isNew && (await isThere(join(path, '.git')))) return path",
    new: 'if (isNew) return path',
    promise: 'A folder of the repository that is named like the rig is not taken for the sandbox.',
    tests: ['packages/plugin-polecat/test/integration/look.test.ts'],
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: '[base, base.slice(remote.length + 1)] : [base]',
    new: '[base] : [base]',
    promise: "A base that was recorded with the remote's name is found at the remote.",
  },
  {
    file: 'packages/workers/src/sandbox.ts',
    old: 'return (await lstat(path)).isDirectory()',
    new: 'return !(await lstat(path)).isFile()',
    promise: 'A link does not count as a folder: it could lead out of the town.',
    tests: ['packages/plugin-polecat/test/integration/look.test.ts'],
  },
  {
    file: 'packages/workers/src/sandbox.ts',
    old: `if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw unreadable(path, error)`,
    new: `if (error) return false
    throw unreadable(path, error)`,
    promise: 'An unreadable path is not taken for a missing one.',
    tests: ['packages/plugin-polecat/test/integration/look.test.ts'],
  },
  {
    file: 'packages/workers/src/sandbox.ts',
    old: 'if (!(await isRealDirectory(home))) return undefined',
    new: 'if (!(await isThere(home))) return undefined',
    promise: "A link in the place of a worker's directory leads to no sandbox.",
    tests: ['packages/plugin-polecat/test/integration/look.test.ts'],
  },
  {
    file: 'packages/workers/src/sandbox.ts',
    old: 'const isNew = await isRealDirectory(path)',
    new: 'const isNew = await isThere(path)',
    promise: 'A link in the place of a sandbox does not count.',
    tests: ['packages/plugin-polecat/test/integration/look.test.ts'],
  },
  {
    file: 'packages/workers/src/sandbox.ts',
    old: 'return isNew ? path : undefined',
    new: 'return isNew ? path : home',
    promise: 'A directory without .git does not count as a sandbox.',
    tests: ['packages/plugin-polecat/test/integration/look.test.ts'],
  },
  {
    file: 'packages/workers/src/observe-sandbox.ts',
    old: "return {is: 'unknown', path: home, detail: reasonOf(error)}",
    new: "return {is: 'absent'}",
    promise: 'A sandbox that cannot be read is unknown, not absent.',
    tests: ['test/unit/patrol/observe-rig.test.ts'],
  },
  {
    file: 'packages/workers/src/observe-sandbox.ts',
    old: `    return {is: 'broken', path: home, detail: 'it has files, but is not a worktree'}
`,
    new: `    return {is: 'absent'}
`,
    promise: 'A folder with files and no worktree is broken, not absent.',
    tests: ['test/unit/patrol/observe-rig.test.ts'],
  },
  {
    file: 'packages/workers/src/observe-sandbox.ts',
    old: "names.every((name) => name.startsWith('.'))",
    new: 'names.length === 0',
    promise: 'A folder with only hidden files counts as absent.',
    tests: ['test/unit/patrol/observe-rig.test.ts'],
  },
  {
    file: 'packages/workers/src/observe-sandbox.ts',
    old: "head ?? {is: 'broken', path, detail: 'HEAD does not name a commit'}",
    new: "head ?? {is: 'absent'}",
    promise: 'A worktree whose HEAD names no commit is broken, not absent.',
    tests: ['test/unit/patrol/observe-rig.test.ts'],
  },
  {
    file: 'packages/workers/src/observe-sandbox.ts',
    old: 'if (loose !== undefined && COMMIT.test(loose)) return loose',
    new: 'if (loose !== undefined) return loose',
    promise: 'Other text is not taken for a commit id.',
    tests: ['test/unit/patrol/observe-rig.test.ts'],
  },
  {
    file: 'packages/workers/src/observe-sandbox.ts',
    old: `timeoutMs: GIT_TIMEOUT_MS,
  })
  return code === 0 ? stdout.trim() : undefined`,
    new: `timeoutMs: GIT_TIMEOUT_MS,
  })
  return stdout.trim()`,
    promise: 'A failure of git is not taken for a commit.',
    tests: ['test/unit/patrol/observe-rig.test.ts'],
  },
  {
    file: 'packages/workers/src/observe-sandbox.ts',
    old: 'if (code !== 0) throw new GtError(',
    new: 'if (code > 999) throw new GtError(',
    promise: 'When git fails to list changed files, it is unknown whether a worker is quiet.',
    tests: ['test/unit/patrol/observe-rig.test.ts'],
  },
  {
    file: 'packages/workers/src/runtime-paths.ts',
    old: '!isFolder(own) || !tracked.some((path) => path.startsWith(own))',
    new: '!isFolder(own) || tracked.length >= 0',
    promise: 'In a runtime folder in which the project keeps files, an untracked file may be work.',
    tests: ['packages/plugin-polecat/test/integration/done-not-taken.test.ts'],
  },
  {
    file: 'packages/workers/src/git-output.ts',
    old: 'stripVTControlCharacters(text)',
    new: '(stripVTControlCharacters, text)',
    promise: 'What a remote says cannot steer the terminal.',
    tests: ['packages/plugin-polecat/test/integration/push.test.ts'],
  },
  {
    file: 'packages/workers/src/runtime-paths.ts',
    old: '] as const',
    new: '].slice(4)',
    promise: 'The runtime files of gt and agents in a sandbox are not work.',
    tests: ['packages/plugin-polecat/test/integration/done.test.ts'],
  },
  {
    file: 'packages/workers/src/runtime-paths.ts',
    old: '(isFolder(own) && path.startsWith(own))',
    new: "(own.endsWith('/') && path.includes(own))",
    promise: 'A folder src/.logs/ counts as work.',
    tests: ['packages/plugin-polecat/test/integration/done.test.ts'],
  },
  {
    file: 'packages/workers/src/runtime-paths.ts',
    old: "'.claude/settings.local.json'",
    new: "'.claude/'",
    promise: 'A file in .claude/ that no program is known to write may be work.',
    tests: ['packages/plugin-polecat/test/integration/done.test.ts'],
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'version: v.literal(1),',
    new: 'version: v.fallback(v.literal(1), 1),',
    promise: 'A record of another version is rejected.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'record.name === name',
    new: "record.name !== ''",
    promise: 'A record of another worker is rejected.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'incarnation: v.someText,',
    new: "incarnation: v.fallback(v.someText, ''),",
    promise: 'A record without an incarnation is rejected.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'branch: v.someText,',
    new: "branch: v.fallback(v.someText, ''),",
    promise: 'A record without a branch is rejected.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'base: v.someText,',
    new: "base: v.fallback(v.someText, ''),",
    promise: 'A record without a base is rejected.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'spawned_at: time,',
    new: "spawned_at: v.fallback(time, ''),",
    promise: 'A record without a time is rejected.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'task: v.nullable(v.someText),',
    new: 'task: v.fallback(v.nullable(v.someText), null),',
    promise: 'A task that is not text makes the record unusable.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'exit: v.optional(v.picklist(EXITS)),',
    new: 'exit: v.ifValid(v.picklist(EXITS)),',
    promise: 'An unknown exit does not make a worker done.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'head: v.ifValid(v.someText),',
    new: 'head: v.optional(v.someText),',
    promise: 'A head that is not text is left out.',
  },
  {
    file: 'packages/workers/src/record.ts',
    old: 'await rm(recordFile(place), {force: true})',
    new: 'await rm(recordFile(place))',
    promise: 'A record may be removed twice.',
  },
  {
    file: 'packages/workers/src/record.ts',
    old: `    await makeOwnFolder(join(rig.path, '.runtime'), 0o755)
    await makeOwnFolder(folder, 0o755)`,
    new: `    await (await import('node:fs/promises')).mkdir(folder, {recursive: true})
    void makeOwnFolder`,
    promise: 'Nothing is written through a link in the place of .runtime/.',
  },
  {
    file: 'packages/workers/src/record.ts',
    old: '  return await withFileLock(recordFile(place), work)',
    new: `  void withFileLock
  return await work()`,
    promise: 'Only one command at a time creates, changes or removes a worker.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'done_at: v.optional(time),',
    new: 'done_at: v.ifValid(time),',
    promise: 'A record with an invalid time of the end does not count as one without an end.',
  },
  {
    file: 'packages/workers/src/record-format.ts',
    old: 'v.transform((ms) => new Date(ms).toISOString())',
    new: 'v.transform(() => new Date(0).toISOString())',
    promise: 'A time in milliseconds is accepted.',
  },
  {
    file: 'packages/workers/src/record.ts',
    old: `if (content.is === 'absent') return content
`,
    new: `if (content.is === 'absent' || content.is === 'unusable') return {is: 'absent'}
`,
    promise: 'A truncated record does not count as absent.',
  },
  {
    file: 'packages/workers/src/record.ts',
    old: "return {is: 'unreadable', reason: error.message}",
    new: "return {is: 'absent'}",
    promise: 'An unreadable record is not taken for a missing one.',
  },
  {
    file: 'packages/workers/src/record.ts',
    old: 'const aside = setAside ? setAsideFile(file) : undefined',
    new: 'const aside = setAsideFile(file)',
    promise: 'Without permission to set aside, an unusable record stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-rest.ts',
    old: `  sequencer: 'a series of commits is under way',
`,
    new: '',
    promise: 'A sandbox in which a series of picked commits is under way stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-rest.ts',
    old: `  'rebase-apply': 'a rebase or a series of patches is under way',
`,
    new: '',
    promise: 'A sandbox in which a series of patches is under way stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-rest.ts',
    old: `  MERGE_HEAD: 'a merge is under way',
`,
    new: '',
    promise: 'A sandbox in which a merge is under way stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-rest.ts',
    old: `  if (own?.locked) findings.push(reason('the worktree is locked'))
`,
    new: '',
    promise: 'A locked worktree stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/worktrees.ts',
    old: "field === 'locked' || field.startsWith('locked ')",
    new: "field === 'locked'",
    promise: 'A worktree that is locked with a reason stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-rest.ts',
    old: `  if (!own) findings.push(reason('its repository does not know it as a worktree'))
`,
    new: '',
    promise: 'A worktree that its repository does not know stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-rest.ts',
    old: 'if (inside.length > 0)',
    new: 'if (inside.length > 99)',
    promise: 'A sandbox with another worktree inside stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-rest.ts',
    old: 'if (branch !== null && others.some(',
    new: 'if (branch === null && others.some(',
    promise: 'A branch that is checked out elsewhere, too, is not deleted with a sandbox.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-rest.ts',
    old: `      'refs/worktree',
`,
    new: '',
    promise: 'A sandbox with refs of its own stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-rest.ts',
    old: `      'refs/rewritten',
`,
    new: '',
    promise: 'A sandbox with the refs of a rewrite stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: "if (mergeRequest === 'open') findings.push(reason('its merge request is open'))",
    new: '',
    promise: 'A sandbox whose merge request is open stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: `  if (mergeRequest === 'unknown') findings.push(unknownFinding('cannot tell whether it has a merge request'))
`,
    new: '',
    promise: 'A sandbox whose merge request is unknown stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/attempt.ts',
    old: 'if (isSystemError(error)) return [unknownFinding(reasonOf(error))]',
    new: "if (isSystemError(error)) return [{is: 'reason', text: reasonOf(error), only: []}]",
    promise: 'A sandbox whose files cannot be read is unknown, not dirty.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: 'if (now.head !== head || now.branch !== branch)',
    new: 'if (now.head !== head)',
    promise: 'A sandbox whose branch changed during the check stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: 'if (now.head !== head || now.branch !== branch)',
    new: 'if (now.branch !== branch)',
    promise: 'A sandbox that got a commit during the check stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: `  if ((await readStatus(context)) !== status) return [reason('its files changed during the check')]
`,
    new: '',
    promise: 'A sandbox whose files changed during the check stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: 'findings.push(...(await attempt(() => checkUnmoved(inside, worktree, status))))',
    new: 'await attempt(() => checkUnmoved(inside, worktree, status))',
    promise: 'The gate confirms at its end that nothing has changed.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: 'runChecks(request, () => false)',
    new: 'runChecks(request, refuses)',
    promise: 'A thorough look asks the remotes even if the sandbox itself refuses.',
  },
  {
    file: 'packages/workers/src/removal-gate/files.ts',
    old: "nameFiles('ignored', work)",
    new: "nameFiles('ignored', ignored)",
    promise: 'Runtime files are not named as something that only the sandbox has.',
  },
  {
    file: 'packages/workers/src/removal-gate/finding.ts',
    old: 'what: shorten(what)',
    new: 'what',
    promise: 'The name of a file in a sandbox cannot control the terminal.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: "findings.some(({is}) => is !== 'evidence')",
    new: "findings.some(({is}) => is === 'reason')",
    promise: 'An unknown finding refuses a removal as a reason does.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: 'if (isInside(await realpath(callerDirectory), path))',
    new: 'if (isInside(callerDirectory, path))',
    promise: "A sandbox that contains the caller's directory through a link stays.",
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: 'verdict: reasons.length > 0 ?',
    new: 'verdict: reasons.length >= 0 ?',
    promise: 'A sandbox with a failed check is unknown, not dirty.',
  },
  {
    file: 'packages/workers/src/removal-gate/files.ts',
    old: `    '--untracked-files=all',
`,
    new: '',
    promise: "Untracked files count even if git's settings hide them.",
  },
  {
    file: 'packages/workers/src/removal-gate/files.ts',
    old: `    '--ignore-submodules=none',
`,
    new: '',
    promise: "Changes in a submodule count even if git's settings hide them.",
  },
  {
    file: 'packages/workers/src/runtime-paths.ts',
    old: 'path === own || (isFolder(own) && path.startsWith(own))',
    new: 'path.startsWith(own)',
    promise: "A file whose name merely begins like one of gt's is work.",
  },
  {
    file: 'packages/workers/src/runtime-paths.ts',
    old: "entry.startsWith('?? ') && isRuntimePath",
    new: 'isRuntimePath',
    promise: 'A runtime file that was added to git is work.',
  },
  {
    file: 'packages/workers/src/removal-gate/hidden.ts',
    old: 'skipped.has(path) && !(await isThere(join(context.path, path)))',
    new: 'skipped.has(path)',
    promise: 'An existing skip-worktree file counts.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: `      () => checkHidden(inside, status),
`,
    new: '',
    promise: 'A change counts although the index says that the file is unchanged.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: `      () => checkNested(inside, known),
`,
    new: '',
    promise: 'A repository in an ignored folder counts.',
  },
  {
    file: 'packages/workers/src/removal-gate/nested.ts',
    old: 'if (entry.isDirectory() && !MARKS',
    new: 'if (folder.shown === "" && entry.isDirectory() && !MARKS',
    promise: 'A repository deep in an ignored folder counts.',
  },
  {
    file: 'packages/workers/src/removal-gate/identify.ts',
    old: '  if (top !== path) throw broken',
    new: '  if (top === "") throw broken',
    promise: "git's answer for a repository around a sandbox is not taken for the sandbox's.",
  },
  {
    file: 'packages/workers/src/removal-gate/identify.ts',
    old: 'if (gitDir === commonDir) throw',
    new: 'if (gitDir === "") throw',
    promise: 'A repository of its own is not removed as a worktree.',
  },
  {
    file: 'packages/workers/src/removal-gate/identify.ts',
    old: "way === '' || (way !== '..' && !way.startsWith('../') && !isAbsolute(way))",
    new: "way === '' || (!way.startsWith('..') && !isAbsolute(way))",
    promise: 'A path whose name begins with two dots is inside, too.',
  },
  {
    file: 'packages/workers/src/removal-gate/landed.ts',
    old: 'worktree.shallow',
    new: 'worktree.path === ""',
    promise: 'In a shallow history a missing commit is unknown, not lost.',
  },
  {
    file: 'packages/workers/src/removal-gate/landed.ts',
    old: "if (merges.trim() !== '0') return undefined",
    new: '',
    promise: 'A merge with changes of its own is not taken for picked.',
  },
  {
    file: 'packages/workers/src/removal-gate/landed.ts',
    old: 'if (!(await isEmpty(quarantine, commit))) return undefined',
    new: 'if (await isEmpty(quarantine, commit)) return undefined',
    promise: 'Only commits without a change may be missing upstream.',
  },
  {
    file: 'packages/workers/src/removal-gate/landed.ts',
    old: "line.startsWith('- ')",
    new: '/^[-+] /.test(line)',
    promise: 'A commit that is not upstream is not taken for picked.',
  },
  {
    file: 'packages/workers/src/removal-gate/landed.ts',
    old: 'if (base === undefined || bases.length > 1) return false',
    new: 'if (base === undefined) return false',
    promise: 'In a history with several forks nothing counts as squashed.',
  },
  {
    file: 'packages/workers/src/removal-gate/remote.ts',
    old: `  await refuseOwnRepository(quarantine, worktree)
`,
    new: '',
    promise: "A remote that is the sandbox's own repository is rejected.",
  },
  {
    file: 'packages/workers/src/removal-gate/remote.ts',
    old: '!isInside(place, path) && !isInside(place, commonDir)',
    new: 'place !== commonDir',
    promise: 'A remote inside the sandbox is rejected.',
  },
  {
    file: 'packages/workers/src/removal-gate/remote.ts',
    old: "url.startsWith('file://') ? fileURLToPath(url) : resolve(base, url)",
    new: 'resolve(base, url)',
    promise: "A remote that is the sandbox's own repository, as a file: URL, is rejected.",
  },
  {
    file: 'packages/workers/src/removal-gate/remote.ts',
    old: '.filter(([, ref]) => wanted.has(ref))',
    new: '',
    promise: 'A branch of the remote whose name has the same ending is not taken for the requested one.',
  },
  {
    file: 'packages/workers/src/removal-gate/quarantine.ts',
    old: '    const env = {GIT_DIR: path,',
    new: '    const env = {GIT_DIR: of,',
    promise: 'The gate fetches into a repository of its own.',
  },
  {
    file: 'packages/workers/src/removal-gate/repository.ts',
    old: `  if (code === 0) return true
  if (code === 1) return false
  throw gitFailed(args, {stderr})`,
    new: '  return code === 0',
    promise: 'A failed git command is not taken for "no".',
  },
  {
    file: 'packages/workers/src/removal-gate/repository.ts',
    old: "code === 0 || (code === 1 && stdout === '' && stderr === '')",
    new: 'code === 0 || code === 1',
    promise: 'A failure of git is not taken for an empty answer.',
  },
  {
    file: 'packages/workers/src/git-output.ts',
    old: ".replaceAll(/\\/\\/[^/@\\s]*@/g, '//')",
    new: '',
    promise: "The password in a remote's URL appears in no reason.",
    tests: ['packages/plugin-polecat/test'],
  },
  {
    file: 'packages/workers/src/removal-gate/stashes.ts',
    old: 'if (stash.branch === undefined) return true',
    new: 'if (stash.branch === undefined) return false',
    promise: 'A stash without a branch may belong to this work.',
    survives: 'git names the branch in the subject of every stash that it makes',
  },
  {
    file: 'packages/workers/src/removal-gate/stashes.ts',
    old: `branch === null ? !elsewhere.has(\`refs/heads/\${stash.branch}\`) : stash.branch === branch`,
    new: 'stash.branch === branch',
    promise: 'With a detached HEAD any stash may belong to this work.',
  },
  {
    file: 'packages/workers/src/removal-gate/stashes.ts',
    old: 'return log.size === 0 || log.has(stash.base)',
    new: 'return false',
    promise: 'A stash of a detached HEAD may belong to this work.',
  },
  {
    file: 'packages/workers/src/removal-gate/submodules.ts',
    old: "...(commits > 0 ? [countOf(commits, 'commit')] : []),",
    new: '',
    promise: 'A sandbox whose submodule has commits of its own stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/local-tips.ts',
    old: 'const pointed = own.flatMap(([, id, peeled]) => [id, peeled])',
    new: 'const pointed: string[] = []',
    promise: 'A sandbox whose submodule has a tag of its own stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/local-tips.ts',
    old: '[...pointed, ...logged, ...stashes,',
    new: '[...pointed, ...stashes,',
    promise: 'A sandbox whose submodule has a commit that only its reflog knows stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: `      ...all.map((module) => () => checkModuleFiles(inside, module)),
`,
    new: '',
    promise: 'A sandbox whose submodule has changed files stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/submodules.ts',
    old: 'findings.push(...(await attempt(() => checkModule(context, worktree, inner, own))))',
    new: 'await attempt(() => checkModule(context, worktree, inner, own))',
    promise: 'A sandbox whose submodule has a submodule with commits of its own stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: `      () => checkStrayFiles(inside),
`,
    new: '',
    promise: 'A file in the folder of a submodule that is not initialised keeps the sandbox.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-remote.ts',
    old: 'const notNamed = (ids: readonly string[]) => ids.filter((id) => !live.has(id))',
    new: 'const notNamed = (ids: readonly string[]) => ids.filter((id) => id === "")',
    promise: 'A sandbox whose submodule is at a commit that its remote no longer has stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/local-tips.ts',
    old: ', ...(await pseudoRefs(gitDir))',
    new: '',
    promise: 'A sandbox whose submodule has a commit that only ORIG_HEAD names stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/local-tips.ts',
    old: 'entry.isFile() && ',
    new: '',
    promise: 'The gate waits for no pipe in the place of a ref.',
  },
  {
    file: 'packages/workers/src/removal-gate/stashes.ts',
    old: 'branchIn(subject) ?? branchIn(title)',
    new: 'branchIn(title)',
    promise: 'A stash called autostash belongs to the branch that its own subject names.',
  },
  {
    file: 'packages/workers/src/removal-gate/stashes.ts',
    old: `!elsewhere.has(\`refs/heads/\${stash.branch}\`)`,
    new: 'true',
    promise: "A stash of another worktree's branch does not keep a sandbox with a detached HEAD.",
  },
  {
    file: 'packages/workers/src/removal-gate/landed.ts',
    old: `  if ((await treeOf(quarantine, base)) === (await treeOf(quarantine, head))) return false
`,
    new: '',
    promise: 'Commits that undo each other are not taken for squashed.',
  },
  {
    file: 'packages/workers/src/removal-gate/landed.ts',
    old: 'if (code !== 0 && code !== 1) throw gitFailed(args, {stderr})',
    new: 'if (code !== 0) return false',
    promise: 'A git that cannot merge trees makes the verdict unknown.',
  },
  {
    file: 'packages/workers/src/removal-gate/landed.ts',
    old: `\`--max-count=\${COMPARED}\``,
    new: "'--max-count=1'",
    promise: 'Work that was squashed and changed by others afterwards is found.',
  },
  {
    file: 'packages/workers/src/removal-gate/landed.ts',
    old: 'code === 0 && stdout.trim() === (await treeOf(quarantine, commit))',
    new: 'code === 0',
    promise: 'Work that would change the default branch is not taken for squashed.',
  },
  {
    file: 'packages/workers/src/removal-gate/remote.ts',
    old: "context.remote === 'origin' ? registeredUrl(commonDir) : undefined",
    new: 'undefined',
    promise: 'The address that the rig was registered with is asked.',
  },
  {
    file: 'packages/workers/src/removal-gate/nested.ts',
    old: "basename(path) === '.git' || !tracked.has(path)",
    new: "!tracked.has(path) && basename(path) !== '.git'",
    promise: 'A .git folder counts wherever it is.',
  },
  {
    file: 'packages/workers/src/removal-gate/nested.ts',
    old: "basename(path) === '.git' || !tracked.has(path)",
    new: 'true',
    promise: 'Repositories that are tracked test data do not count.',
  },
  {
    file: 'packages/workers/src/removal-gate/nested.ts',
    old: 'return isBare(names) ? [shown, ...marks] : marks',
    new: 'return marks',
    promise: 'A bare repository counts.',
  },
  {
    file: 'packages/workers/src/removal-gate/nested.ts',
    old: 'if (!isComplete)',
    new: 'if (false)',
    promise: 'A search that was not finished is unknown.',
  },
  {
    file: 'packages/workers/src/removal-gate/nested.ts',
    old: 'if (count >= folders || performance.now() > until)',
    new: 'if (count >= folders)',
    promise: 'The search for repositories ends in time.',
  },
  {
    file: 'packages/workers/src/removal-gate/compare.ts',
    old: `if (((stats.mode & 0o100) !== 0) !== (mode === '100755')) return false
`,
    new: `
`,
    promise: 'A hidden change of the mode counts.',
  },
  {
    file: 'packages/workers/src/removal-gate/compare.ts',
    old: '(await idOfLink(file, blob)) === blob',
    new: 'true',
    promise: 'A hidden change of a link counts.',
  },
  {
    file: 'packages/workers/src/removal-gate/lfs-pointers.ts',
    old: 'pointers.filter(isItself)',
    new: 'pointers',
    promise: 'Text that looks like a pointer of another file stands for nothing.',
  },
  {
    file: 'packages/workers/src/removal-gate/lfs.ts',
    old: '> MOST)',
    new: '> Infinity)',
    promise: 'The gate does not fetch gigabytes for a verdict.',
  },
  {
    file: 'packages/workers/src/removal-gate/lfs.ts',
    old: 'if (isAbsolute(storage))',
    new: "if (storage === '')",
    promise: 'A store of large files for all repositories proves nothing.',
  },
  {
    file: 'packages/workers/src/removal-gate/lfs.ts',
    old: 'if (isCertain) return',
    new: "if (said !== '') return",
    promise: 'Without an answer, it is unknown whether the remote has a large file.',
  },
  {
    file: 'packages/workers/src/removal-gate/guarded-git.ts',
    old: `  ['log.showSignature', 'false'],
`,
    new: '',
    promise: 'Git starts no program to show a signature.',
  },
  {
    file: 'packages/workers/src/removal-gate/guarded-git.ts',
    old: `    [\`filter.\${name}.process\`, ''] as const,
`,
    new: '',
    promise: 'No filter that stays running is run.',
  },
  {
    file: 'packages/workers/src/removal-gate/guarded-git.ts',
    old: `    [\`filter.\${name}.clean\`, ''] as const,
`,
    new: '',
    promise: 'No filter is run.',
    survives: 'beside an empty process, git does not look at clean; it is set in case another version does',
  },
  {
    file: 'packages/workers/src/removal-gate/guarded-git.ts',
    old: 'for (const repository of repositories)',
    new: 'for (const repository of [] as string[])',
    promise: 'No filter of a submodule is run.',
  },
  {
    file: 'packages/workers/src/removal-gate/quarantine.ts',
    old: '...(!isTrusted && OWN_PROTOCOLS)',
    new: '',
    promise: 'The address of a submodule starts no program.',
  },
  {
    file: 'packages/workers/src/removal-gate/submodules.ts',
    old: "...(tags > 0 ? [countOf(tags, 'tag')] : []),",
    new: '',
    promise: 'A sandbox whose submodule has a tag with a message stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/submodules.ts',
    old: "...(stashes > 0 ? [countOf(stashes, 'stash', 'stashes')] : []),",
    new: '',
    promise: 'A sandbox whose submodule has a stash stays.',
  },
  {
    file: 'packages/workers/src/removal-gate/submodules.ts',
    old: 'return {...tips, commits: [...new Set([...tips.commits, ...named])]}',
    new: 'return tips',
    promise: 'A commit that only a gitlink names counts.',
  },
  {
    file: 'packages/workers/src/removal-gate/submodules.ts',
    old: `  if (url === undefined) throw withoutUrl(shown)
`,
    new: `  if (url === undefined) return []
`,
    promise: 'A submodule whose remote is not known is unknown.',
  },
  {
    file: 'packages/workers/src/removal-gate/local-tips.ts',
    old: "!ref.startsWith('refs/remotes/') && ref !== 'refs/stash'",
    new: "ref !== 'refs/stash'",
    promise: 'A deleted branch of others, known only by its tracking ref, does not count.',
  },
  {
    file: 'packages/workers/src/removal-gate/module-repositories.ts',
    old: `else found.push(...(await below(path, \`\${name}/\`)))`,
    new: '',
    promise: 'A submodule whose name has a slash counts.',
  },
  {
    file: 'packages/workers/src/removal-gate/module-url.ts',
    old: "return parents.flatMap((line) => line.trim().split(' '))",
    new: 'return []',
    promise: 'The remote of a submodule that was removed is found.',
  },
  {
    file: 'packages/workers/src/removal-gate/at-remote.ts',
    old: `  await fetchRefs(quarantine, ['+refs/heads/*:refs/live/heads/*', '+refs/tags/*:refs/live/tags/*'])
`,
    new: '',
    promise: 'Commits of a submodule that others built upon are found at its remote.',
  },
  {
    file: 'packages/workers/src/observe-sandbox.ts',
    old: `if (branch === REFTABLE) return await askForHead(git, path)
`,
    new: `
`,
    promise: 'HEAD of a repository with a reftable is read by git.',
  },
  {
    file: 'packages/workers/src/guard-sandbox.ts',
    old: '(await findSandbox(place)) !== expected.path || ',
    new: '',
    promise: 'Nobody is put into a sandbox that was removed.',
  },
  {
    file: 'packages/workers/src/guard-sandbox.ts',
    old: ' || !(await isLife(place, expected.incarnation))',
    new: '',
    promise: 'Nobody is put into the sandbox of a later life of the name.',
  },
  {
    file: 'packages/workers/src/guard-sandbox.ts',
    old: 'return await withRecordLock(place, async () => {',
    new: 'return await (async (run) => run())(async () => {',
    promise: 'A sandbox is not removed while somebody is put into it.',
  },
  {
    file: 'packages/workers/src/worker-role.ts',
    old: 'homeDir: ({rig}) => polecatsFolder(rig),',
    new: 'homeDir: newSandbox,',
    promise: 'What belongs to the role and not to the work is written outside of the sandbox.',
    tests: ['packages/plugin-polecat/test'],
  },
  {
    file: 'packages/workers/src/worker-role.ts',
    old: '[newSandbox(ref), oldSandbox(ref)]',
    new: '[oldSandbox(ref), newSandbox(ref)]',
    promise: 'The agent works in its worktree, and not above it.',
    tests: ['packages/plugin-polecat/test'],
  },
  {
    file: 'packages/workers/src/worker-role.ts',
    old: 'whileSandboxStays(ref, {path, incarnation}, create)',
    new: 'create()',
    promise: 'A worker is spawned only into a sandbox that is still there.',
    tests: ['packages/plugin-polecat/test'],
  },
  {
    file: 'packages/workers/src/put-away/refusals.ts',
    old: '  if (caller !== undefined && isInside(caller, path))',
    new: "  if (caller === '')",
    promise: 'A sandbox that contains the working directory of the caller is not moved.',
  },
  {
    file: 'packages/workers/src/put-away/refusals.ts',
    old: `  if (worktree) await refuseLock(worktree)
`,
    new: '',
    promise: 'A locked worktree is not moved.',
  },
  {
    file: 'packages/workers/src/put-away/refusals.ts',
    old: `  await refuseMounts(path)
  await refuseForeign`,
    new: '  await refuseForeign',
    promise: 'A sandbox with a mount in it is refused before anything is changed.',
    survives: 'moveAway checks again right before the rename, and then undoes the pins and the lock',
  },
  {
    file: 'packages/workers/src/put-away/refusals.ts',
    old: `  if (mounts.length === 0) return
`,
    new: `  if (mounts.length < 9) return
`,
    promise: 'A mount in a sandbox is neither moved nor deleted.',
  },
  {
    file: 'packages/workers/src/put-away/refusals.ts',
    old: `  await refuseWorktrees(rig, movable)
`,
    new: '',
    promise: 'A sandbox that contains another worktree is not moved.',
  },
  {
    file: 'packages/workers/src/put-away/refusals.ts',
    old: '...ofRig.filter((other) => isInside(other, path)), ...ofModules]',
    new: '...ofRig.filter((other) => isInside(other, path))]',
    promise: 'A worktree of a submodule does not lose its repository with the sandbox.',
  },
  {
    file: 'packages/workers/src/put-away/refusals.ts',
    old: `  if (occupants === undefined)
    throw inUse(path, 'gt cannot see which processes run in it', 'gt needs /proc or lsof.')
`,
    new: `  if (occupants === undefined) return
`,
    promise: 'A sandbox whose processes cannot be listed is not moved.',
  },
  {
    file: 'packages/workers/src/put-away/refusals.ts',
    old: `  if (occupants.length === 0) return
`,
    new: `  if (occupants.length < 9) return
`,
    promise: 'A sandbox with processes in it is not moved.',
  },
  {
    file: 'packages/workers/src/put-away/own-worktree.ts',
    old: `  if (link === undefined) return undefined
  const named`,
    new: `  if (link === undefined) return await worktreeOfAdmin(rig, 'rig')
  const named`,
    promise: 'A folder without a .git file is not taken for a worktree.',
  },
  {
    file: 'packages/workers/src/put-away/own-worktree.ts',
    old: `  if ((await realpathIfThere(dirname(named))) !== join(rig.common, 'worktrees')) return undefined
`,
    new: '',
    promise:
      'A sandbox whose .git file names a folder of another repository is not taken for a worktree of the rig.',
  },
  {
    file: 'packages/workers/src/put-away/own-worktree.ts',
    old: `  if (!(await isRealDirectory(admin))) return undefined
`,
    new: '',
    promise: "A link in place of a worktree's admin folder is not followed.",
  },
  {
    file: 'packages/workers/src/put-away/own-worktree.ts',
    old: 'return worktree?.path === path ? worktree : undefined',
    new: 'return worktree',
    promise:
      'A sandbox whose .git file names the admin folder of another worktree does not move with that folder.',
  },
  {
    file: 'packages/workers/src/put-away/own-worktree.ts',
    old: 'if ((await realpathIfThere(resolve(admin, common))) !== rig.common) return undefined',
    new: "if (common === '') return undefined",
    promise: 'A worktree whose admin folder belongs to another repository is not moved.',
  },
  {
    file: 'packages/workers/src/put-away/own-worktree.ts',
    old: 'if ((await ownWorktree(rig, worktree.path))?.id !== id) return worktree',
    new: "if (id === '') return worktree",
    promise: 'What only the admin folder of a broken worktree names is put away with it.',
  },
  {
    file: 'packages/workers/src/put-away/refusals.ts',
    old: `  await refuseForeign(rig, movable)
`,
    new: '',
    promise: 'A worktree that another repository knows is not moved.',
  },
  {
    file: 'packages/workers/src/put-away/finish.ts',
    old: "(plain ? join(entry, 'worktree') : treeOf(entry))",
    new: 'treeOf(entry)',
    promise: 'The admin folder of a broken worktree is connected to nothing while it is put away.',
  },
  {
    file: 'packages/workers/src/put-away/relink.ts',
    old: `  if (manifest.plain) return
`,
    new: '',
    promise: 'Nothing is written into what is no worktree of the rig.',
  },
  {
    file: 'packages/workers/src/put-away/put-away.ts',
    old: 'verdict: plain ? unlessSafe(verdict) : verdict,',
    new: 'verdict,',
    promise: 'What is no worktree of the rig is never purged unasked.',
  },
  {
    file: 'packages/workers/src/put-away/move.ts',
    old: 'if (await isRealDirectory(from)) await makeWritable(from)',
    new: 'await makeWritable(from)',
    promise: 'The permissions of a file in the place of a worker do not change.',
  },
  {
    file: 'packages/workers/src/put-away/movable.ts',
    old: 'if (!worktree && (!(await isThere(home)) || (await isEmpty(rig, home)))) throw',
    new: 'if (!worktree) throw',
    promise: 'A folder in the place of a worker that is no worktree can be put away.',
  },
  {
    file: 'packages/workers/src/put-away/movable.ts',
    old: ' || (await isEmpty(rig, home))',
    new: '',
    promise: 'An empty folder in the place of a worker is not worth keeping.',
  },
  {
    file: 'packages/workers/src/put-away/small-file.ts',
    old: 'constants.O_NONBLOCK | constants.O_NOFOLLOW',
    new: 'constants.O_NONBLOCK',
    promise: "A link in place of one of git's own files is not read.",
  },
  {
    file: 'packages/workers/src/put-away/put-away.ts',
    old: `    await refuseProcesses(path, request)
    if (manifest.plain)`,
    new: '    if (manifest.plain)',
    promise: 'A sandbox is not moved if a process enters it while its commits are pinned.',
  },
  {
    file: 'packages/workers/src/put-away/put-away.ts',
    old: `    if (!(await hasArrived(entry, manifest))) await undoPutAway(rig, id, manifest)
    throw error`,
    new: '    throw error',
    promise: 'A failed put-away leaves no lock, no pin and no manifest.',
  },
  {
    file: 'packages/workers/src/put-away/put-away.ts',
    old: 'if (request.head !== undefined && manifest.head !== request.head)',
    new: "if (request.head === '')",
    promise: 'A sandbox with a commit from after the decision is not moved.',
  },
  {
    file: 'packages/workers/src/put-away/put-away.ts',
    old: `  await pin(rig, id, manifest)
`,
    new: '',
    promise: 'Objects that only the files of a worktree name are protected from gc.',
  },
  {
    file: 'packages/workers/src/put-away/put-away.ts',
    old: `  await lockWorktree(rig, manifest.admin, id)
  await rig.step('locked')`,
    new: "  await rig.step('locked')",
    promise: 'A worktree is locked before it moves, so that no prune deletes its admin folder in between.',
  },
  {
    file: 'packages/workers/src/put-away/put-away.ts',
    old: `    await recoverAll(rig)
    const movable`,
    new: '    const movable',
    promise: 'A put-away first recovers from killed commands.',
  },
  {
    file: 'packages/workers/src/put-away/finish.ts',
    old: `    await giveUpBranch(rig, entry, manifest)
`,
    new: '',
    promise: 'Another worktree can use the branch of a sandbox that was put away.',
  },
  {
    file: 'packages/workers/src/put-away/finish.ts',
    old: 'read.record.incarnation === record?.incarnation',
    new: 'read.record.name === record?.name',
    promise: 'The record of a later worker of the same name stays.',
  },
  {
    file: 'packages/workers/src/put-away/finish.ts',
    old: `  await unlockWorktree(rig, manifest.admin, id)
  return detached`,
    new: '  return detached',
    promise: 'A restored worktree is not locked.',
  },
  {
    file: 'packages/workers/src/put-away/finish.ts',
    old: "if (record && (await readRecord(place)).is === 'absent')",
    new: "if (record && name === '')",
    promise: 'The record of a worker comes back with its sandbox.',
  },
  {
    file: 'packages/workers/src/put-away/finish.ts',
    old: `  if (target) await removeEmpty(homeOf(rig, target.path))
`,
    new: '',
    promise: 'A failed restore leaves no empty folder of a worker.',
    survives: 'no test makes the rename back fail after the folder was made',
  },
  {
    file: 'packages/workers/src/put-away/branch.ts',
    old: 'if ((await readBranch(rig, branch))?.isCheckedOut !== false) return',
    new: 'if (!(await readBranch(rig, branch))) return',
    promise: 'A branch that somebody else has checked out is not deleted.',
  },
  {
    file: 'packages/workers/src/put-away/branch.ts',
    old: "'update-ref', '-d', refOf(branch), head]",
    new: "'update-ref', '-d', refOf(branch)]",
    promise: 'A branch that has moved is not deleted.',
  },
  {
    file: 'packages/workers/src/put-away/branch.ts',
    old: 'if (there && there.tip !== now.head) return',
    new: "if (there && there.tip === '') return",
    promise: "A branch that has moved is not checked out at the sandbox's old commit.",
  },
  {
    file: 'packages/workers/src/put-away/branch.ts',
    old: 'if (there?.isCheckedOut) return',
    new: "if (there?.tip === '') return",
    promise: 'A branch that is checked out elsewhere is not checked out twice.',
  },
  {
    file: 'packages/workers/src/put-away/branch.ts',
    old: `  await keepLog(branchLog(rig, branch), logCopy(entry))
`,
    new: '',
    promise: 'The reflog of a branch comes back with it.',
  },
  {
    file: 'packages/workers/src/put-away/lock-worktree.ts',
    old: `  if (!(await isLockedAs(rig, admin, id))) return
  try {`,
    new: '  try {',
    promise: 'A lock that gt did not make stays.',
  },
  {
    file: 'packages/workers/src/put-away/lock-worktree.ts',
    old: 'if (!(await isLockedAs(rig, admin, id))) throw',
    new: "if (admin === '') throw",
    promise: 'A worktree that somebody locks during the put-away is not moved.',
  },
  {
    file: 'packages/workers/src/put-away/relink.ts',
    old: "if (backForm === 'none' || (await realpathIfThere(place)) !== place) return",
    new: "if (backForm === 'none') return",
    promise: 'A link in place of a submodule does not lead to a write outside of the sandbox.',
  },
  {
    file: 'packages/workers/src/put-away/relink.ts',
    old: `  await setWorktree(rig, join(folder, file), {value, scratch})
`,
    new: '',
    promise: "The repository of a submodule names the new place of the submodule's files.",
  },
  {
    file: 'packages/workers/src/put-away/relink.ts',
    old: `  await makeWritable(tree)
`,
    new: '',
    promise: 'A sandbox with a read-only top folder is relinked.',
    survives: 'root may write into any folder',
  },
  {
    file: 'packages/workers/src/put-away/modules.ts',
    old: 'if (place === path || !isInside(place, path)) return undefined',
    new: 'if (place === path) return undefined',
    promise: 'A submodule with core.worktree outside of the sandbox stays as it is.',
  },
  {
    file: 'packages/workers/src/put-away/pin.ts',
    old: `    unreachable(rig, manifest),
`,
    new: '',
    promise: 'A young object that no file names is protected from gc with its sandbox.',
  },
  {
    file: 'packages/workers/src/put-away/pin.ts',
    old: '  for (const tag of objects.tags)',
    new: '  for (const tag of [] as string[])',
    promise: 'A deleted tag is protected from gc.',
  },
  {
    file: 'packages/workers/src/put-away/pin.ts',
    old: '  while (parents.length > MOST_PARENTS) {',
    new: '  while (parents.length > 1e9) {',
    promise: 'A long log does not make an argument list that is too long for the system.',
    survives: 'the system accepts a far longer list than the one in the test',
  },
  {
    file: 'packages/workers/src/put-away/pin.ts',
    old: '  return await connected(rig, await present(rig, names))',
    new: '  return await present(rig, names)',
    promise: 'An incomplete commit is not pinned, since every later gc would fail.',
  },
  {
    file: 'packages/workers/src/put-away/commits-of.ts',
    old: '    if (await isIndex(file)) indexes.push(file)',
    new: "    if (file.endsWith('/index')) indexes.push(file)",
    promise: 'The blobs of an index with an unusual name are protected.',
    survives: 'the blob is young, and is therefore protected too',
  },
  {
    file: 'packages/workers/src/put-away/recover.ts',
    old: `  await tidy(rig)
`,
    new: '',
    promise: 'A purge that was killed at its very end leaves nothing behind.',
  },
  {
    file: 'packages/workers/src/put-away/recover.ts',
    old: 'if (!(await hasTraces(context.rig))) return []',
    new: 'if (!(await isThere(join(context.rig.path, "polecats/.removed")))) return []',
    promise: 'The lock of a killed command is removed, even if nothing was put away.',
  },
  {
    file: 'packages/workers/src/put-away/recover.ts',
    old: "(manifest.state === 'moving' ? undoPutAway : finishRestore)",
    new: "(manifest.state === 'moving' ? finishPutAway : finishRestore)",
    promise: 'A put-away that was killed before the rename is undone.',
  },
  {
    file: 'packages/workers/src/put-away/recover.ts',
    old: "(manifest.state === 'moving' ? finishPutAway : undoRestore)",
    new: "(manifest.state === 'moving' ? finishPutAway : finishRestore)",
    promise: 'A restore that was killed before the rename is undone.',
  },
  {
    file: 'packages/workers/src/put-away/recover.ts',
    old: `      if (!isGtError(error)) throw error
`,
    new: `      throw error
`,
    promise: 'An entry that cannot be recovered does not prevent the recovery of others.',
    survives: 'no test makes a recovery fail',
  },
  {
    file: 'packages/workers/src/put-away/restore.ts',
    old: `    await refuseTaken(rig, target)
`,
    new: '',
    promise: 'A sandbox is not restored over an existing worker.',
  },
  {
    file: 'packages/workers/src/put-away/restore.ts',
    old: ' || (await isThere(record))',
    new: '',
    promise: 'A sandbox is not restored for a worker that has a record.',
  },
  {
    file: 'packages/workers/src/put-away/restore.ts',
    old: `    await refuseStrangeAdmin(rig, request.id, manifest)
`,
    new: '',
    promise: 'A sandbox whose admin folder in the repository is gone is not restored.',
  },
  {
    file: 'packages/workers/src/put-away/restore.ts',
    old: `    if (await hasArrived(entry, manifest)) await undoRestore(rig, id, manifest)
    throw error`,
    new: '    throw error',
    promise: 'A failed restore leaves the sandbox put away.',
  },
  {
    file: 'packages/workers/src/put-away/restore.ts',
    old: `    await refuseMounts(content)
`,
    new: '',
    promise: 'A sandbox with a mount in it is not restored.',
  },
  {
    file: 'packages/workers/src/put-away/restore.ts',
    old: `    await refuseProcesses(content, request)
`,
    new: '',
    promise: 'A sandbox with processes in it is not restored.',
  },
  {
    file: 'packages/workers/src/put-away/purge.ts',
    old: "if (verdict.is !== 'safe' && !unclean) throw",
    new: "if (verdict.is === 'unknown' && !unclean) throw",
    promise: 'Work that may exist nowhere else is not purged without --unclean.',
  },
  {
    file: 'packages/workers/src/put-away/purge.ts',
    old: "if (verdict.is !== 'safe' && !unclean) throw",
    new: "if (verdict.is === 'unsafe' && !unclean) throw",
    promise: 'A sandbox with an unknown verdict is not purged without --unclean.',
  },
  {
    file: 'packages/workers/src/put-away/purge.ts',
    old: `  await refuseMounts(tree)
`,
    new: '',
    promise: 'A sandbox with a mount in it is not purged.',
  },
  {
    file: 'packages/workers/src/put-away/purge.ts',
    old: `  await refuseProcesses(tree, {processesIn})
`,
    new: '',
    promise: 'A sandbox with processes in it is not purged.',
  },
  {
    file: 'packages/workers/src/put-away/purge.ts',
    old: 'if (await isLockedAs(rig, admin, id)) return',
    new: "if (admin !== '') return",
    promise: 'The admin folder of a worktree that is in use again is not purged.',
  },
  {
    file: 'packages/workers/src/put-away/delete-tree.ts',
    old: '      if (entry.isDirectory()) await setAside(deletion, path)',
    new: '      if (entry.isDirectory()) deletion.waiting.push(path.toString())',
    promise: 'A folder is renamed before it is entered, since the system refuses to rename a mount point.',
  },
  {
    file: 'packages/workers/src/put-away/delete-tree.ts',
    old: `if (!(await isRealDirectory(folder))) return []
`,
    new: '',
    promise: 'A link in place of a folder is not followed.',
    survives: 'the folder has a random name by then, which no other process knows',
  },
  {
    file: 'packages/workers/src/put-away/delete-tree.ts',
    old: `      if (Date.now() >= until) return {is: 'unfinished'}
`,
    new: '',
    promise: 'A purge pauses when its time runs out.',
  },
  {
    file: 'packages/workers/src/put-away/mounts.ts',
    old: '.map(unescaped)',
    new: '',
    promise: 'A mount with a blank in its path is found.',
  },
  {
    file: 'packages/workers/src/put-away/manifest.ts',
    old: '...(record.success && {record: record.output})',
    new: '',
    promise: 'A manifest holds the record of the worker.',
  },
  {
    file: 'packages/workers/src/put-away/recover.ts',
    old: 'if (await hasArrived(entryFolder(rig, id), manifest))',
    new: 'if (hasTree)',
    promise: 'A foreign folder in an entry is not taken for the sandbox.',
  },
  {
    file: 'packages/workers/src/put-away/size.ts',
    old: 'stats.isDirectory() || stats.nlink === 1n',
    new: 'stats.isDirectory() || stats.nlink > 0n',
    promise: 'A file with another name elsewhere frees nothing.',
  },
  {
    file: 'packages/workers/src/put-away/size.ts',
    old: 'lstatSync(path, {bigint: true})',
    new: 'statSync(path, {bigint: true})',
    promise: 'What a link leads to is not measured.',
  },
  {
    file: 'packages/workers/src/put-away/old-pins.ts',
    old: '(await isThere(entryFolder(rig, id))) || ',
    new: '',
    promise: 'The commits of a sandbox that is kept stay pinned.',
  },
  {
    file: 'packages/workers/src/put-away/old-pins.ts',
    old: ' || (await isThere(purgingFolder(rig, id)))',
    new: '',
    promise: 'The commits stay pinned until a purge is finished.',
  },
  {
    file: 'packages/workers/src/put-away/old-pins.ts',
    old: 'Number(seconds) * 1000 < before',
    new: 'seconds',
    promise: 'Young pins stay.',
  },
  {
    file: 'packages/workers/src/removal-gate/gate.ts',
    old: 'await runtimePathsOf((folders) => trackedIn(inside, folders))',
    new: 'await runtimePathsOf(async () => [])',
    promise: 'Where the project keeps files, a new file is work.',
  },
  {
    file: 'packages/workers/src/put-away/repair-links.ts',
    old: '(await namingPlace(rig, path)) ?? (await namedThere(rig, path))',
    new: '(await namedThere(rig, path)) ?? (await namingPlace(rig, path))',
    promise: 'The worktree that was made for this place comes before what the sandbox says.',
  },
  {
    file: 'packages/workers/src/put-away/repair-links.ts',
    old: 'return (await ownWorktree(rig, worktree.path))?.id === worktree.id ? undefined : worktree',
    new: 'return worktree',
    promise: 'No worktree is taken from another worker.',
  },
  {
    file: 'packages/workers/src/put-away/repair-links.ts',
    old: "if (folder !== undefined && folder !== join(rig.common, 'worktrees')) return undefined",
    new: '',
    promise: 'A worktree of another repository stays its own.',
  },
]
