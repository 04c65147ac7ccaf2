export default [
  {
    file: 'src/fast/compile-cache.ts',
    old: ' && stats.uid === process.getuid?.()',
    new: '',
    promise: "Another user's compiled code is not run.",
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: ' && (stats.mode & 0o022) === 0',
    new: '',
    promise: 'Compiled code that others may write to is not run.',
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: '(stats.mode & 0o022) === 0',
    new: '(stats.mode & 0o002) === 0',
    promise: "Compiled code that the user's group may write to is not run.",
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: `function isOwn(path: string): boolean | undefined {
  const stats = lstatSync(`,
    new: `function isOwn(path: string): boolean | undefined {
  const stats = process.getBuiltinModule('node:fs').statSync(`,
    promise: 'A link in place of the folder is not followed.',
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: 'sampleSum(compiled) === kept.readInt32LE(compiled.length) ? compiled : undefined',
    new: 'compiled',
    promise: 'Damaged compiled code is not run.',
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: 'let sum = compiled.length',
    new: 'let sum = 0',
    promise: 'Truncated compiled code is not run.',
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: "{flag: 'wx', mode: 0o600}",
    new: "{flag: 'w', mode: 0o600}",
    promise: 'Compiled code is not written through an existing file.',
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: "{flag: 'wx', mode: 0o600}",
    new: "{flag: 'wx', mode: 0o666}",
    promise: 'Compiled code is accessible to the user only.',
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: 'if (!(isOwn(home) ?? home === cache)) return undefined',
    new: '',
    promise: "Nothing is left in another user's home.",
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: 'stats?.isFile() && stats.mtimeMs < limit',
    new: 'stats?.isFile() && stats.mtimeMs > limit',
    promise: 'Compiled code in use is kept.',
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: 'env.NODE_DISABLE_COMPILE_CACHE ? undefined :',
    new: '',
    promise: 'NODE_DISABLE_COMPILE_CACHE disables the cache.',
  },
  {
    file: 'src/fast/compile-cache.ts',
    old: 'if (isAbsolute(given)) return',
    new: 'if (given) return',
    promise: 'A relative XDG_CACHE_HOME is not used, because files from there are executed.',
  },
  {
    file: 'src/fast/oclif-patch.ts',
    old: 'const baked = starts.includes(this.options.root) ? found : undefined',
    new: 'const baked = found',
    promise: 'Another root has plugins of its own.',
  },
  {
    file: 'src/fast/oclif-patch.ts',
    old: "type === 'core' ? byName.get(name) : undefined",
    new: 'byName.get(name)',
    promise: "A user's plugin named like one of gt's is loaded from disk.",
    survives: 'masked by the look at where the plugin begins: that of a user begins in another folder',
  },
  {
    file: 'src/fast/serve.ts',
    old: 'if (wanted.slice(0, fixed).join() !== here.slice(0, fixed).join()) return false',
    new: '',
    promise: 'A plugin made for another major version is not given this one.',
    tests: ['test/e2e/plugin-install.test.ts'],
  },
  {
    file: 'src/fast/serve.ts',
    old: 'const fixed = wanted[0] === 0 ? 2 : 1',
    new: 'const fixed = 1',
    promise: 'Before 1.0, another minor version is incompatible.',
  },
  {
    file: 'src/fast/serve.ts',
    old: '(here[different] ?? 0) > (wanted[different] ?? 0)',
    new: 'here.length > 0',
    promise: 'A plugin made for a newer version is not given this one.',
  },
  {
    file: 'src/fast/serve.ts',
    old: 'if (!isMissing(error)) throw error',
    new: '',
    promise: 'A broken copy brought by a plugin is an error.',
  },
]
