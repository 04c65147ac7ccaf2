// What breaks in src/registry, and the promise that each break betrays.
const guarded = 'src/registry/guarded-backend.ts'
const collect = 'src/registry/collect.ts'
const backends = 'src/registry/backends.ts'
const rigs = 'src/registry/rigs.ts'

export default [
  {
    file: guarded,
    old: 'if (isAvailability(availability)) return availability',
    new: 'return availability',
    promise: 'A backend that answers nonsense cannot be used.',
  },
  {
    file: guarded,
    old: 'if (isBackend(backend)) return backend',
    new: 'return backend',
    promise: 'What is no session backend is refused, and its plugin named.',
  },
  {
    file: guarded,
    old: '[start, stop, inspect, list].every',
    new: '[start, stop, inspect, list].some',
    promise: 'A backend without one of its methods is none.',
  },
  {
    file: guarded,
    old: 'inTime(limits.availableMs, async () => registration.available())',
    new: 'registration.available()',
    promise: 'A backend that hangs when it is asked holds nobody up.',
  },
  {
    file: guarded,
    old: 'inTime(limits.loadMs, async () => registration.load(services))',
    new: 'registration.load(services)',
    promise: 'A backend that hangs when it is loaded holds nobody up.',
  },
  {
    file: guarded,
    old: 'return {available: false, reason, hint}',
    new: 'throw new Error(reason)',
    promise: 'A backend that throws when it is asked cannot be used, and takes no other down.',
  },
  {
    file: guarded,
    old: 'if (error instanceof GtError) throw error',
    new: '',
    promise: 'What a plugin says itself of why it cannot be loaded is told.',
  },
  {
    file: guarded,
    old: "liveness: 'unknown',",
    new: '',
    promise: 'Where a backend cannot be loaded, its sessions are unknown, not stopped.',
  },
  {
    file: collect,
    old: '!Array.isArray(result) || !result.every(isEntry)',
    new: '!Array.isArray(result)',
    promise: 'A plugin that offers nonsense is named, and what it offers left out.',
  },
  {
    file: collect,
    old: '!Array.isArray(result) || !result.every(isEntry)',
    new: '!Array.isArray(result) || !result.some(isEntry)',
    promise: 'A plugin of which one offer is nonsense is not used in part.',
  },
  {
    file: collect,
    old: '} else if (result.some(isOfOtherVersion)) {',
    new: '} else if (result.length < 0) {',
    promise: 'A plugin that was made for other contracts is not used.',
  },
  {
    file: collect,
    old: 'const winner = rivals.find((rival) => isCore === rival.isCore || rival.isCore)',
    new: 'const winner = rivals.find((rival) => rival.isCore && !isCore)',
    promise: "Of two plugins' offers of one name neither is used.",
  },
  {
    file: collect,
    old: 'const winner = rivals.find((rival) => isCore === rival.isCore || rival.isCore)',
    new: 'const winner = rivals.find((rival) => isCore === rival.isCore)',
    promise: 'A plugin cannot take the place of what gt brings itself.',
  },
  {
    file: collect,
    old: 'const problems = failures.map(',
    new: 'const problems = failures.slice(0, 0).map(',
    promise: 'A plugin that fails when it is asked is named.',
  },
  {
    file: collect,
    old: '(b.priority ?? 0) - (a.priority ?? 0) || (a.name < b.name ? -1 : 1)',
    new: 'Number(a.name < b.name) - Number(a.name > b.name)',
    promise: 'The highest priority goes first, whoever answers first.',
  },
  {
    file: collect,
    old: '|| (a.name < b.name ? -1 : 1)',
    new: '',
    promise: 'Of equal priorities the name decides, not who answers first.',
  },
  {
    file: collect,
    old: 'const entries = result.map((entry) => guard(entry, name))',
    new: 'const entries = result.map((entry) => entry ?? guard(entry, name))',
    promise: 'What is used is the guarded form of an offer.',
  },
  {
    file: backends,
    old: 'if (availability.available) return load(registration)\n        refusals',
    new: 'if (registration.name) return load(registration)\n        refusals',
    promise: 'A backend that cannot be used here is passed over.',
  },
  {
    file: backends,
    old: 'if (availability.available) return load(registration)\n      throw',
    new: 'if (registration.name) return load(registration)\n      throw',
    promise: 'A backend that is named and cannot be used is refused.',
  },
  {
    file: backends,
    old: 'entries.filter((_, index) => availabilities[index]?.available).map(load)',
    new: 'entries.map(load)',
    promise: 'Only backends that can be used are asked for all sessions.',
  },
  {
    file: backends,
    old: 'if (!registration) throw notFound(name, entries, problems)',
    new: 'if (!registration) return this.first()',
    promise: 'A session that was recorded on a backend is asked of no other.',
  },
  {
    file: backends,
    old: "    liveness: 'unknown',\n    hint:",
    new: '    hint:',
    promise: 'A session whose backend is gone is unknown, not stopped.',
  },
  {
    file: backends,
    old: "    liveness: 'unknown',\n    ...(hints",
    new: '    ...(hints',
    promise: 'Where no backend can be used, sessions are unknown, not stopped.',
  },
  {
    file: backends,
    old: 'loaded.set(registration.name, backend)',
    new: '',
    promise: 'A backend is loaded once.',
  },
  {
    file: backends,
    old: "typeof priority === 'number' &&",
    new: '',
    promise: 'A backend without a priority is no offer.',
  },
  {
    file: rigs,
    old: 'if (!hasCode(error, ErrorCode.notInWorkspace)) throw error',
    new: '',
    promise: 'Of a town that one resolver refuses no other is asked.',
  },
  {
    file: rigs,
    old: 'if (refusal && problems.length === 0) throw refusal',
    new: 'if (refusal) throw refusal',
    promise: 'Where a plugin is broken, nobody is told that they are in no workspace.',
  },
  {
    file: rigs,
    old: "typeof town === 'function'",
    new: "typeof town !== 'string'",
    promise: 'A resolver without one of its functions is none.',
  },
  {
    file: 'src/registry/roles.ts',
    old: "(scope === 'rig' || scope === 'town')",
    new: "typeof scope === 'string'",
    promise: 'A role of another scope than a rig or a town is none.',
  },
  {
    file: 'src/registry/roles.ts',
    old: "typeof sessionName === 'function'",
    new: 'sessionName !== null',
    promise: 'A role without a session name is none.',
  },
  {
    file: 'src/registry/works.ts',
    old: " && typeof read === 'function'",
    new: '',
    promise: 'A source of work that cannot be read is none.',
  },
  {
    file: 'src/registry/within-time.ts',
    old: 'clearTimeout(timer)',
    new: '',
    promise: 'Work that has ended does not keep the process.',
  },
]
