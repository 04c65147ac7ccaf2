export default [
  {
    file: 'packages/plugin-rigs/src/files/json-file.ts',
    old: 'constants.O_RDONLY | constants.O_NONBLOCK',
    new: 'constants.O_RDONLY',
    promise: 'There is no wait for a named pipe in the place of a file.',
  },
  {
    file: 'packages/plugin-rigs/src/files/json-file.ts',
    old: 'if (!fstatSync(descriptor).isFile()) throw',
    new: 'if (fstatSync(descriptor).isDirectory()) throw',
    promise: 'Only a regular file is read.',
  },
  {
    file: 'packages/plugin-rigs/src/files/json-file.ts',
    old: `if (hasErrno(error, 'ENOENT')) return undefined
    throw isGtError(error) ? error : unreadable(file, error)`,
    new: `if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return undefined
    throw isGtError(error) ? error : unreadable(file, error)`,
    promise: 'A file that cannot be read is not taken for a missing one.',
  },
  {
    file: 'packages/plugin-rigs/src/files/json-file.ts',
    old: "typeof found === 'number' && found > version",
    new: "typeof found === 'number' && found > version + 1",
    promise: 'A file of a newer version is rejected.',
  },
  {
    file: 'packages/plugin-rigs/src/files/json-file.ts',
    old: `  const raw = parse(file, text)
  check(file, format, raw)`,
    new: `  const raw = parse(file, text)
  void format`,
    promise: 'A broken registry is not overwritten.',
  },
  {
    file: 'packages/plugin-rigs/src/files/json-file.ts',
    old: "return Array.isArray(value) ? 'array' : typeof value",
    new: "return Array.isArray(value) ? 'array' : String(value)",
    promise: 'A message about a file names the kind of a value, never the value: it may be a secret.',
  },
  {
    file: 'packages/plugin-rigs/src/git/clone.ts',
    old: "'--', source, directory]",
    new: 'source, directory]',
    promise: 'A source is never taken for an option of git clone.',
    survives: 'resolveSource refuses a source that begins with -, and makes every path absolute.',
  },
  {
    file: 'packages/plugin-rigs/src/git/clone.ts',
    old: 'throw prefixed(`cannot clone ${shown}`, error)',
    new: 'throw prefixed(`cannot clone ${source}`, error)',
    promise: 'The error of a failed clone shows no password.',
  },
  {
    file: 'packages/plugin-rigs/src/git/git.ts',
    old: '    extendEnv: false,',
    new: '    extendEnv: true,',
    promise: "git gets the caller's environment, not that of this process.",
  },
  {
    file: 'packages/plugin-rigs/src/git/git.ts',
    old: "...(!mayAsk && {GIT_TERMINAL_PROMPT: '0'})",
    new: '...(!mayAsk && {})',
    promise: 'Without a terminal, git does not ask for a password.',
  },
  {
    file: 'packages/plugin-rigs/src/git/git.ts',
    old: '{...gitEnvironment(env), LANGUAGE',
    new: '{...(gitEnvironment({}), env as Record<string, string>), LANGUAGE',
    promise: 'GIT_DIR of the caller does not lead git to another repository.',
  },
  {
    file: 'packages/plugin-rigs/src/git/git.ts',
    old: `  signal?.throwIfAborted()
  const subprocess`,
    new: '  const subprocess',
    promise: 'After an interrupt no git is started.',
  },
  {
    file: 'packages/plugin-rigs/src/git/git.ts',
    old: `  stop.throwIfAborted()
  if (!failed) return stdout`,
    new: '  if (!failed) return stdout',
    promise: 'An interrupted git is reported as interrupted.',
  },
  {
    file: 'packages/plugin-rigs/src/git/git.ts',
    old: `    await killTree(subprocess)
`,
    new: `    subprocess.kill('SIGKILL')
    void killTree
`,
    promise: 'The processes that a clone has started end with it.',
  },
  {
    file: 'packages/plugin-rigs/src/git/git.ts',
    old: 'AbortSignal.any([limit.signal, ...(signal',
    new: 'AbortSignal.any([...(signal',
    promise: 'A clone that shows no sign of work is ended.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/add-rig.ts',
    old: '{...git, limits, cwd',
    new: '{...git, cwd',
    promise: "The town's settings limit how long a clone may be silent.",
  },
  {
    file: 'packages/plugin-rigs/src/git/git.ts',
    old: 'const lines = withoutCredentials(stderr)',
    new: "const lines = (withoutCredentials(''), stderr)",
    promise: "git's own messages show no password.",
  },
  {
    file: 'packages/plugin-rigs/src/git/kill-tree.ts',
    old: `    await signalTree(pid, 'SIGSTOP')
`,
    new: '',
    promise: 'A parent that could replace its children is stopped before they are killed.',
    survives: 'Only a race tells it: a test fails often, but not always (kill-tree.test.ts says why).',
  },
  {
    file: 'packages/plugin-rigs/src/git/kill-tree.ts',
    old: 'pid !== undefined && (await canListProcesses())',
    new: 'pid !== undefined && ((await canListProcesses()) || true)',
    promise: 'Without a list of processes git itself is still ended.',
  },
  {
    file: 'packages/plugin-rigs/src/git/source.ts',
    old: "source.startsWith('-') || ",
    new: '',
    promise: 'A source that git would take for an option is rejected.',
  },
  {
    file: 'packages/plugin-rigs/src/git/source.ts',
    old: '/^(ext|fd)::/',
    new: '/^(fd)::/',
    promise: 'An ext:: source, which runs a command, is rejected.',
  },
  {
    file: 'packages/plugin-rigs/src/git/source.ts',
    old: '/^(ext|fd)::/',
    new: '/^(ext)::/',
    promise: 'An fd:: source, which reads a descriptor, is rejected.',
  },
  {
    file: 'packages/plugin-rigs/src/git/source.ts',
    old: '|| /\\p{Cc}/u.test(source) ',
    new: '',
    promise: 'A source with control characters is refused.',
  },
  {
    file: 'packages/plugin-rigs/src/git/source.ts',
    old: ".replaceAll(/(https?:\\/\\/)[^/@\\s]+@/gi, '$1***@')",
    new: ".replaceAll(/(https?:\\/\\/)[^/@\\s]+@/g, '$1***@')",
    promise: 'A token in HTTPS://token@host is hidden as well.',
  },
  {
    file: 'packages/plugin-rigs/src/git/source.ts',
    old: "`'${shorten(withoutCredentials(source))}' cannot",
    new: "`'${shorten(source)}' cannot",
    promise: 'A rejected source is shown without its password.',
  },
  {
    file: 'packages/plugin-rigs/src/git/source.ts',
    old: `if (path !== undefined && (await exists(path))) return path
  if (source`,
    new: `if (path !== undefined && !source.includes(':') && (await exists(path))) return path
  if (source`,
    promise: 'An existing path counts as a path, even with a colon in it.',
  },
  {
    file: 'packages/plugin-rigs/src/polecats.ts',
    old: "entry.isDirectory() && !entry.name.startsWith('.')",
    new: "entry.isDirectory() || entry.name.startsWith('.')",
    promise: 'Hidden folders do not count as workers.',
  },
  {
    file: 'packages/plugin-rigs/src/polecats.ts',
    old: 'entry.isDirectory() && !entry',
    new: '!entry',
    promise: 'A link or a file in polecats/ does not count as a worker.',
  },
  {
    file: 'packages/plugin-rigs/src/registry-update.ts',
    old: `  return withFileLock(file, async () => {
    const registry`,
    new: `  return (async (_: unknown, locked: () => Promise<T>) => locked())(withFileLock, async () => {
    const registry`,
    promise: 'Two concurrent changes of the registry are both kept.',
  },
  {
    file: 'packages/plugin-rigs/src/registry-update.ts',
    old: 'toText({...content, rigs: Object.fromEntries(rigs)})',
    new: 'toText({version: 1, rigs: Object.fromEntries(rigs)})',
    promise: 'Unknown keys in the registry are kept.',
  },
  {
    file: 'packages/plugin-rigs/src/registry-update.ts',
    old: 'await readRawJsonFile(file, registryFormat)',
    new: "await (await import('./files/json-file.js')).readJsonFile(file, registryFormat)",
    promise: "Unknown keys in another rig's entry are kept.",
  },
  {
    file: 'packages/plugin-rigs/src/registry-update.ts',
    old: 'if (!exists) await replaceFile(',
    new: 'await replaceFile(',
    promise: 'gt install never empties a registry.',
  },
  {
    file: 'packages/plugin-rigs/src/registry.ts',
    old: `  await checkOwner(workspace, file)
`,
    new: `  void checkOwner
`,
    promise: 'A registry of another user is refused.',
  },
  {
    file: 'packages/plugin-rigs/src/resolver.ts',
    old: 'if (!isSafeName(name)) throw',
    new: "if (!isSafeName(name) && name === '') throw",
    promise: 'A name that leads out of the town is no rig, even if registered.',
  },
  {
    file: 'packages/plugin-rigs/src/resolver.ts',
    old: `    if (!registry.exists) throw registryMissing(registry)
    const rig = rigOf`,
    new: '    const rig = rigOf',
    promise: 'Without the registry it is unknown whether a rig exists.',
  },
  {
    file: 'packages/plugin-rigs/src/resolver.ts',
    old: `    if (!registry.exists) throw registryMissing(registry)
    // Safe`,
    new: '    // Safe',
    promise: 'A town without a registry is not reported as having no rigs.',
  },
  {
    file: 'packages/plugin-rigs/src/resolver.ts',
    old: `    if (!isThere)
      throw`,
    new: `    if (!isThere && name === '')
      throw`,
    promise: 'A rig whose directory is gone is not found.',
  },
  {
    file: 'packages/plugin-rigs/src/resolver.ts',
    old: 'if (!registry.rigs.has(name)) throw',
    new: 'if (!registry.rigs.has(name) && !isThere) throw',
    promise: 'A directory that is not registered is no rig.',
  },
  {
    file: 'packages/plugin-rigs/src/resolver.ts',
    old: `    await checkOwner(workspace, rig.path)
`,
    new: '',
    promise: 'A rig of another user is refused.',
  },
  {
    file: 'packages/plugin-rigs/src/resolver.ts',
    old: `    await checkOwner(workspace, join(rig.path, 'witness'))
`,
    new: `    void join
`,
    promise: 'A witness folder of another user is refused.',
  },
  {
    file: 'packages/plugin-rigs/src/resolver.ts',
    old: `    await checkOwner(workspace, ...rigs.map(({path}) => path))
`,
    new: '',
    promise: 'A list of rigs checks the owner of each.',
  },
  {
    file: 'packages/plugin-rigs/src/resolver.ts',
    old: '.filter((name) => isSafeName(name)).sort()',
    new: '.sort()',
    promise: 'A list of all rigs leaves out names that lead out of the town.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/add-rig.ts',
    old: `  checkNewRigName(name)
`,
    new: '',
    promise: 'A name like ../x is refused before anything is created.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/add-rig.ts',
    old: `  await checkVacant(rig, await readRegistry(workspace))
`,
    new: '',
    promise: 'A taken name is refused before the clone begins.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/add-rig.ts',
    old: `      await checkVacant(rig, registry)
      git.signal`,
    new: '      git.signal',
    promise: 'A rig that another process added meanwhile is not overwritten.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/add-rig.ts',
    old: `      git.signal?.throwIfAborted()
`,
    new: '',
    promise: 'An interrupt after the clone leaves nothing behind.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/add-rig.ts',
    old: `    await rename(path, draft)
    throw error`,
    new: '    throw error',
    promise: 'A rig that cannot be registered is moved out of its place again.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/add-rig.ts',
    old: 'onClone?.(withoutCredentials(gitUrl))',
    new: 'onClone?.(gitUrl)',
    promise: 'No password of a URL is shown.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/add-rig.ts',
    old: 'if (registry.rigs.has(rig.name)) {',
    new: "if (registry.rigs.has(rig.name) && rig.name === '') {",
    promise: 'A registered name is not given again, even if its directory is gone.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/add-rig.ts',
    old: '    await lstat(rig.path)',
    new: "    await (await import('node:fs/promises')).stat(rig.path)",
    promise: 'A dangling link still occupies its name.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: "return kind === 'directory' ? !entry.isDirectory() : kind !== 'file' || !entry.isFile()",
    new: "return kind === 'directory' ? !entry.isDirectory() : kind !== 'file'",
    promise: 'A config.json that is a folder or a link was not made by gt.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: "return kind === 'directory' ? !entry.isDirectory() :",
    new: "return kind === 'directory' ? false :",
    promise: "A link in the place of one of gt's folders prevents the deletion of a rig.",
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: 'if (crew.length > 0) reasons',
    new: 'if (crew.length > 9) reasons',
    promise: 'A rig with entries in crew/ is not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: 'if (!KNOWN_IN_WITNESS.includes(name)) reasons',
    new: 'if (KNOWN_IN_WITNESS.length === 0) reasons',
    promise: 'Foreign files in witness/ prevent the deletion of a rig.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: `if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(directory, error)`,
    new: `if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    return []`,
    promise: 'A folder that cannot be read is not taken for an empty one.',
    survives:
      'The tests run as root, who may read every folder; the rig would not be deletable for others either.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: 'if (worktrees.length > 0) return',
    new: 'if (worktrees.length > 1) return',
    promise: 'A rig with a worktree somewhere is not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: 'if (!gitUrl || origin !== gitUrl) {',
    new: 'if (gitUrl && origin !== gitUrl) {',
    promise: 'A rig whose origin is not registered cannot be compared with it.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: 'if (!gitUrl || origin !== gitUrl) {',
    new: 'if (!gitUrl) {',
    promise: 'A rig whose origin was changed is kept: it may be any repository.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: "await git(['fetch', '--quiet', '--no-tags', '--no-auto-gc', 'origin'], repository)",
    new: 'void repository',
    promise: 'Work that the origin has taken over meanwhile counts as saved.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: "name.startsWith('refs/remotes/') || saved.has(id)",
    new: "name.startsWith('refs/') || saved.has(id)",
    promise: 'Every ref of the repository is checked: branches, tags, the stash.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: "type === 'commit' && (await isContained(id, remote, repository))",
    new: "(type === 'commit' || type !== '') && (await isContained(id, remote, repository))",
    promise: 'A tag of something other than a commit is in no history.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: `    options.signal?.throwIfAborted()
    if (!isGtError(error)) throw error`,
    new: '    if (!isGtError(error)) throw error',
    promise: 'An interrupt is reported as such, not as an unsafe rig.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: 'return [`cannot tell whether its origin has all work: ${error.message}`]',
    new: "return error.message === '' ? ['x'] : []",
    promise: 'A failed check prevents a deletion.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: `  await checkNoSessions(request, rig)
  if (!request.deleteFiles`,
    new: '  if (!request.deleteFiles',
    promise: 'A rig with sessions is not removed from the registry.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: `      await checkNoSessions(request, rig)
      request.git`,
    new: '      request.git',
    promise: 'A session that started during the check is noticed before files are deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: `      request.git.signal?.throwIfAborted()
`,
    new: '',
    promise: 'An interrupt that comes before the files move keeps them.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: "    throw prefixed(`cannot tell whether rig '${shorten(rig.name)}' has sessions`, error)",
    new: '    sessions = error instanceof TypeError ? [error as never] : []',
    promise: 'A silent backend does not mean that there are no sessions.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: 'if ((await lstat(path)).isDirectory()) return true',
    new: 'if (!(await lstat(path)).isFile()) return true',
    promise: 'A rig that is a link is not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: 'if (!isSafeName(name)) throw unsafe',
    new: "if (!isSafeName(name) && name === '') throw unsafe",
    promise: 'A name like ../x from an edited registry deletes nothing.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: `  await checkOwner(workspace, rig.path)
`,
    new: '',
    promise: 'The files of a rig that another user owns are not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: `    if (reasons.length > 0) throw unsafe(rig.name, reasons)
    await unregister()`,
    new: '    await unregister()',
    promise: 'Files that appeared in the rig during the check are not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: `    await move(aside, rig.path)
    throw error`,
    new: '    throw error',
    promise: 'A rig that cannot be deleted after all is moved back.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: '...(await findUnknownFiles(rig.path)),',
    new: '',
    promise: 'Foreign files are named with all other reasons, before anything moves.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: 'const aside = join(rig.town.root, `.${rig.name}.removing`)',
    new: 'const aside = destination',
    promise:
      'A rig that is being removed does not lie where the next gt would clean up, until the registry says so.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/rig-name.ts',
    old: 'RESERVED.has(name.toLowerCase())',
    new: 'RESERVED.has(name)',
    promise: 'Reserved names are reserved in any case, such as Mayor.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/rig-name.ts',
    old: 'if (/[-.\\s]/.test(name)) {',
    new: 'if (/[.\\s]/.test(name)) {',
    promise: "A rig's name must not contain '-': its sessions could be another rig's.",
  },
  {
    file: 'packages/plugin-rigs/src/rigs/scratch.ts',
    old: 'if (await isAbandoned(name.slice(PREFIX.length))) await',
    new: 'if (name.length > PREFIX.length) await',
    promise: 'The unfinished clone of another running gt is left alone.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/scratch.ts',
    old: `  await removeAbandoned(townRoot)
`,
    new: '',
    promise: 'The leftovers of a killed gt are removed by the next one.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/scratch.ts',
    old: '    await remove(directory).catch((error) => {',
    new: '    await remove(`${directory}/none`).catch((error) => {',
    promise: 'Nothing unfinished is left behind.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/scratch.ts',
    old: '.filter((name) => name.startsWith(PREFIX))',
    new: '.filter((name) => name.includes(PREFIX))',
    promise: "A folder whose name merely contains gt's prefix is not gt's.",
    survives:
      'What follows in such a name is no stamp of a process of this machine, and isAbandoned says no.',
  },
  {
    file: 'packages/plugin-rigs/src/settings-format.ts',
    old: 'value !== undefined && value !== null',
    new: 'value !== undefined',
    promise: 'null in a settings file counts as absent.',
  },
  {
    file: 'packages/plugin-rigs/src/settings-format.ts',
    old: "v.minValue(0, 'expected 0 or more')",
    new: "v.minValue(-1, 'expected 0 or more')",
    promise: 'A negative delay is refused.',
  },
  {
    file: 'packages/plugin-rigs/src/settings-format.ts',
    old: 'backend && {sessionBackend: backend}',
    new: 'backend !== undefined && backend !== null && {sessionBackend: backend}',
    promise: 'An empty session_backend means that none was chosen.',
  },
  {
    file: 'packages/plugin-rigs/src/settings.ts',
    old: `    await checkOwner(workspace, file)
`,
    new: `    void checkOwner
`,
    promise: 'Settings of another user do not choose a program.',
  },
  {
    file: 'packages/plugin-rigs/src/settings.ts',
    old: `    ...(ofRig ? [{file: join(ofRig, 'config.json'), format: rigSettingsFormat}] : []),
    {file: join(ofTown, 'config.json'), format: townSettingsFormat},`,
    new: `    {file: join(ofTown, 'config.json'), format: townSettingsFormat},
    ...(ofRig ? [{file: join(ofRig, 'config.json'), format: rigSettingsFormat}] : []),`,
    promise: "The rig's settings come before the town's.",
  },
  {
    file: 'packages/plugin-rigs/src/town-layout.ts',
    old: `  await checkNotInsideTown(root, env)
`,
    new: '',
    promise: 'No town is made inside another.',
  },
  {
    file: 'packages/plugin-rigs/src/town-layout.ts',
    old: 'findEnclosingTown(await realPathOfExisting(root), env)',
    new: 'findEnclosingTown(root, env)',
    promise: 'A link does not hide an enclosing town.',
  },
  {
    file: 'packages/plugin-rigs/src/town-layout.ts',
    old: `  if (refusal) throw refusal
`,
    new: `  void refusal
`,
    promise: "Another user's mayor/ folder does not become a town.",
  },
  {
    file: 'packages/plugin-rigs/src/town-layout.ts',
    old: `    await undo(created)
`,
    new: '',
    promise: 'A partly created town leaves nothing behind.',
  },
  {
    file: 'packages/plugin-rigs/src/town-layout.ts',
    old: 'created.reverse()',
    new: 'created',
    promise: 'The last creation is undone first.',
  },
  {
    file: 'packages/plugin-rigs/src/town-layout.ts',
    old: 'if (await exists(path)) return',
    new: 'if (await exists(`${path}.x`)) return',
    promise: 'Existing files of a town are kept.',
  },
  {
    file: 'packages/plugin-rigs/src/town-layout.ts',
    old: "if (!hasErrno(error, 'ENOENT', 'ENOTEMPTY')) throw error",
    new: "if (!hasErrno(error, 'ENOENT')) throw error",
    promise: "Undoing a town keeps other people's files, and the first error is reported.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/change-trust.ts',
    old: 'if (trusted && !(await isWorkspace(root))) {',
    new: 'if (trusted && false) {',
    promise: 'Only a workspace can be trusted.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/change-trust.ts',
    old: 'const real = await realPath(root)',
    new: 'const real = root',
    promise: 'Trust is recorded by the real path.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/change-trust.ts',
    old: 'null, 2)}\\n`, 0o600)',
    new: 'null, 2)}\\n`, 0o666)',
    promise: 'The list of trusted towns can be read by its owner only.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/change-trust.ts',
    old: 'mode: 0o700',
    new: 'mode: 0o777',
    promise: "The folder of gt's configuration is its owner's only.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/change-trust.ts',
    old: 'return withFileLock(file, async () => {',
    new: 'return (async (_: unknown, work: () => Promise<boolean>) => work())(withFileLock, async () => {',
    promise: 'Two concurrent changes of trust are both kept.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/change-trust.ts',
    old: 'filter((directory) => directory !== realPath)',
    new: 'filter((directory) => !directory.startsWith(realPath))',
    promise: 'Distrusting one town keeps those whose path has the same prefix.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: 'if (refusal && inner === undefined) throw refusal',
    new: 'if (refusal && inner === undefined) continue',
    promise: "Another user's town between the user and their own is refused, not skipped.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: 'if (refusal) return inner',
    new: 'if (refusal) continue',
    promise: "A town above another user's town is not the current one.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: "if (marker === 'primary' && !inWorkerCopy) return directory",
    new: "if (marker === 'primary') return directory",
    promise: "From a worker's copy of a project that is a town itself, the outer town is found.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: `    .slice(0, -1)
`,
    new: '',
    promise: "A current folder called polecats is not taken for a worker's copy.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: 'return found.primary ?? found.secondary',
    new: 'return found.secondary ?? found.primary',
    promise: 'A town.json wins over a mere mayor/ folder.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: 'if (candidate === undefined || !isAbsolute(candidate)) continue',
    new: 'if (candidate === undefined) continue',
    promise: 'A relative GT_TOWN_ROOT is ignored: it would depend on the current directory.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: "if (!marker || (marker === 'secondary' && place.cwd === undefined)) continue",
    new: 'if (!marker) continue',
    promise: 'From a deleted directory only a real town counts.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: `    const refusal = await refuse(root)
    if (refusal) throw refusal
    return root`,
    new: `    await refuse(root)
    return root`,
    promise: 'A town of another user that only the environment names is refused.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: 'place.cwd === undefined ? [place.env.GT_TOWN_ROOT] :',
    new: 'place.cwd === undefined ? [place.env.GT_TOWN_ROOT, place.env.GT_ROOT] :',
    promise: 'From a deleted directory GT_ROOT, which sessions inherit, is not used.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: 'if (!(await statIfVisible(mayor))?.isDirectory()) return undefined',
    new: 'if (!(await statIfVisible(mayor))) return undefined',
    promise: 'A file called mayor does not make a town.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: "'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG'",
    new: "'ENOENT', 'ENOTDIR'",
    promise: 'An unreadable parent folder is no obstacle.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: 'return (await refuseMarker(root, env)) ? undefined : root',
    new: 'return (await refuseMarker(root, env)) ? root : root',
    promise: "Another user's town above a new one is no obstacle.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/discover.ts',
    old: "if (name !== '' && name !== '..') return name",
    new: "if (name !== '') return name",
    promise: 'No rig is inferred from a directory outside of the town.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/owner.ts',
    old: 'if (!own.has(entry.uid)) return entry.uid',
    new: 'if (!own.has(entry.uid) && !entry.isSymbolicLink()) return entry.uid',
    promise: "A link counts as its creator's, wherever it leads.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/owner.ts',
    old: 'return own.has(uid) ? undefined : uid',
    new: 'return own.has(uid) ? undefined : undefined',
    promise: "The target of the user's own link counts, too.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/owner.ts',
    old: 'uid === 0 && /^\\d+$/.test(sudoUid)',
    new: '/^\\d+$/.test(sudoUid)',
    promise: 'Only root may take the files of SUDO_UID for its own.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/owner.ts',
    old: '/^\\d+$/.test(sudoUid)',
    new: '/\\d+/.test(sudoUid)',
    promise: 'A SUDO_UID that is not a number is ignored.',
    survives: 'Number() of such a text is NaN or negative, which no file has as its owner.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/owner.ts',
    old: 'const {uid} = statSync(path)',
    new: 'const {uid} = lstatSync(path)',
    promise: "The owner of a link's target counts, too.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/trust.ts',
    old: 'if (refusal) throw refusal',
    new: 'if (refusal) return',
    promise: "Another user's file is not used.",
  },
  {
    file: 'packages/plugin-rigs/src/workspace/trust.ts',
    old: "[mayor, join(mayor, 'town.json')]",
    new: '[mayor]',
    promise: 'A town.json of another user makes the town theirs.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/trust.ts',
    old: 'isTrusted(realpathSync.native(root), env)',
    new: 'isTrusted(root, env)',
    promise: 'Trust applies to the real path, whatever link leads there.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/trusted-directories.ts',
    old: '  if (foreign) {',
    new: '  if (foreign && !foreign) {',
    promise: 'A list of trusted towns that another user owns is not used.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/trusted-directories.ts',
    old: 'configured && isAbsolute(configured) ? configured',
    new: 'configured ? configured',
    promise: 'A relative XDG_CONFIG_HOME is ignored: the list must not depend on the current directory.',
  },
  {
    file: 'packages/plugin-rigs/src/workspace/trusted-directories.ts',
    old: '.includes(realRoot)',
    new: '.some((known) => realRoot.startsWith(known))',
    promise: 'Trust in a town does not extend to one whose path has the same prefix.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/kept-polecats.ts',
    old: "if (name === '.removed') reasons.push(...(await findRemoved(rig, git)))",
    new: "if (name === '.removed') continue",
    promise: 'A rig with polecats that were put away is not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/kept-polecats.ts',
    old: 'if (!(await isAbandoned(claim))) return false',
    new: 'if (claim === "") return false',
    promise: 'A rig in which a command moves a polecat is not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/kept-polecats.ts',
    old: 'return [`cannot tell which removed polecats are kept: ${error.message}`]',
    new: 'return []',
    promise: 'If nobody can tell which polecats were put away, the rig is not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/kept-polecats.ts',
    old: 'for (const {id, name} of purging)',
    new: 'for (const {id, name} of purging.slice(1))',
    promise: 'A rig with a polecat that is not deleted completely is not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/kept-polecats.ts',
    old: 'for (const folder of unknown)',
    new: 'for (const folder of unknown.slice(1))',
    promise: 'A rig with a sandbox that has no manifest is not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: "return files === '' && (await isContained(`${pin}^@`, others, repository))",
    new: "return files === ''",
    promise: 'Commits of purged polecats that the origin does not have keep the rig.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/removal-gate.ts',
    old: "return files === '' && (await isContained(`${pin}^@`, others, repository))",
    new: 'return pin === ""',
    promise: 'What the origin has of purged polecats does not keep the rig.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/remove-rig.ts',
    old: '  const mounts = await mountsIn(await realpath(rig.path))',
    new: '  const mounts = (await mountsIn(await realpath(rig.path))).slice(99)',
    promise: 'A rig with a mount in it is not deleted.',
  },
  {
    file: 'packages/plugin-rigs/src/rigs/scratch.ts',
    old: '      throw leftBehind(directory, error)',
    new: '      void leftBehind(directory, error)',
    promise: 'Files of a rig that cannot be deleted are named.',
  },
]
