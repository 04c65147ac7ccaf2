// What breaks in src/completion, and the promise that each break betrays.
const cache = 'src/completion/cache.ts'
const town = 'src/completion/town.ts'
const line = 'src/completion/typed-line.ts'
const build = 'src/completion/build-tree.ts'
const write = 'src/completion/write-cache.ts'

export default [
  {
    file: cache,
    old: ' | constants.O_NOFOLLOW | constants.O_NONBLOCK',
    new: ' | constants.O_NONBLOCK',
    promise: 'A link in the place of the cache is not followed.',
  },
  {
    file: cache,
    old: ' | constants.O_NOFOLLOW | constants.O_NONBLOCK',
    new: ' | constants.O_NOFOLLOW',
    promise: 'A pipe in the place of the cache holds no Tab up.',
  },
  {
    file: cache,
    old: "if (process.geteuid && uid !== process.geteuid()) return '{}'",
    new: "if (uid < 0) return '{}'",
    promise: "Another user's cache is not believed.",
  },
  {
    file: cache,
    old: 'version !== VERSION || key !== keyOf(owner)',
    new: 'key !== keyOf(owner)',
    promise: 'A cache of another layout is not read.',
  },
  {
    file: cache,
    old: 'version !== VERSION || key !== keyOf(owner)',
    new: 'version !== VERSION',
    promise: 'The cache of another gt, or of other plugins, is not read.',
  },
  {
    file: cache,
    old: 'return same ? (tree as CompletionTree) : undefined',
    new: 'return same || stamps ? (tree as CompletionTree) : undefined',
    promise: 'A cache that is out of date is not read.',
  },
  {
    file: cache,
    old: 'found.ino}',
    new: '0}',
    promise: 'A file that was replaced by another of its age is noticed.',
  },
  {
    file: cache,
    old: 'found.mtimeMs}',
    new: '0}',
    promise: 'A file that was written anew with as many bytes is noticed.',
  },
  {
    file: cache,
    old: "env.XDG_DATA_HOME ?? '', env.GT_DATA_DIR ?? ''",
    new: "env.XDG_DATA_HOME ?? ''",
    promise: 'A cache that was made for other plugins is not read.',
  },
  {
    file: cache,
    old: 'env.GT_CACHE_DIR && isAbsolute(env.GT_CACHE_DIR)',
    new: 'env.GT_CACHE_DIR',
    promise: 'A relative folder of caches is not used: it would lie in the folder of a stranger.',
  },
  {
    file: cache,
    old: 'env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)',
    new: 'env.XDG_CACHE_HOME',
    promise: 'A relative XDG_CACHE_HOME is not used.',
  },
  {
    file: write,
    old: 'mode: 0o700',
    new: 'mode: 0o755',
    promise: 'The folder of the cache is for the user alone.',
  },
  {
    file: write,
    old: 'await replacePrivateFile(file, cacheText(owner, tree, paths))',
    new: "await (await import('node:fs/promises')).writeFile(file, cacheText(owner, tree, paths))",
    promise: 'The cache is readable by its owner only, and written through no link.',
  },
  {
    file: 'src/completion/complete.ts',
    old: 'value.startsWith(typed) && PLAIN.test(value)',
    new: 'value.startsWith(typed)',
    promise: 'Nothing that a shell acts on is put into a command line.',
  },
  {
    file: 'src/completion/complete.ts',
    old: '/^[\\w./:=@%+,-]+$/',
    new: '/^[\\w./:=@%+,-]+/',
    promise: 'A value of which only the beginning is plain is not put into a command line.',
  },
  {
    file: 'src/completion/complete.ts',
    old: '!commands[words]?.hidden && ',
    new: '',
    promise: 'A hidden command is not offered.',
  },
  {
    file: 'src/completion/complete.ts',
    old: 'repeatable || !line.used.has(name)',
    new: 'repeatable || line',
    promise: 'A flag that is there is not offered again.',
  },
  {
    file: build,
    old: '.filter((flag) => !flag.hidden)',
    new: '',
    promise: 'A hidden flag is not offered.',
  },
  {
    file: build,
    old: "line.replaceAll(/\\p{Cc}/gu, ' ')",
    new: 'line',
    promise: "A plugin's description gets no control character onto the terminal.",
  },
  {
    file: town,
    old: 'constants.O_RDONLY | constants.O_NONBLOCK',
    new: 'constants.O_RDONLY',
    promise: 'A pipe in the place of a settings file holds no Tab up.',
  },
  {
    file: town,
    old: 'size <= MAX_BYTES ?',
    new: 'size >= 0 ?',
    promise: 'A huge file holds no Tab up.',
  },
  {
    file: town,
    old: 'keysOf(rigs).filter((name) => isSafeName(name))',
    new: 'keysOf(rigs)',
    promise: 'A rig whose name no command takes is not offered.',
  },
  {
    file: town,
    old: 'entry.isDirectory() && isSafeName(entry.name)',
    new: 'isSafeName(entry.name)',
    promise: 'A file or a link beside the workers is no worker.',
  },
  {
    file: town,
    old: 'root !== undefined && isAbsolute(root) && isTown(root)',
    new: 'root !== undefined && isTown(root)',
    promise: 'A relative GT_TOWN_ROOT names no town.',
  },
  {
    file: town,
    old: 'if (!inWorkerCopy) return directory',
    new: 'if (directory) return directory',
    promise: "A town in a worker's copy is not the user's.",
  },
  {
    file: line,
    old: 'flag.takesValue && valueFollows',
    new: 'flag.takesValue',
    promise: 'A flag that has its value takes no other.',
  },
  {
    file: line,
    old: 'if (line.argumentCount > 0 || !isKnown(tree, longer))',
    new: 'if (!isKnown(tree, longer))',
    promise: 'A word behind an argument is no command.',
  },
  {
    file: 'src/completion/values.ts',
    old: 'if (!rigs.includes(rig)) return []',
    new: '',
    promise: 'Of what is no rig nobody is offered.',
  },
  {
    file: 'src/completion/value-kind.ts',
    old: 'Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined',
    new: 'BY_NAME[name]',
    promise: 'An argument with the name of a property of every object has no values.',
  },
  {
    file: 'src/completion/shells.ts',
    old: "!continues || !last?.startsWith('--')",
    new: '!continues',
    promise: 'In bash an equals sign behind an argument belongs to no flag.',
  },
]
