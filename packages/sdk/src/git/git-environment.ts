/** What would make git work on another repository than the one it is told to. */
const MISLEADING = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
])

/** What a look at a repository must not start: hooks and monitors of others, and housekeeping. */
const QUIET_CONFIGURATION = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['advice.detachedHead', 'false'],
] as const

/** The environment without what would make git work on another repository than that of its directory. */
export function gitEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).filter(
    (variable): variable is [string, string] => variable[1] !== undefined && !MISLEADING.has(variable[0]),
  )
  return Object.fromEntries(kept)
}

/**
 * The same for git that nobody watches: it asks for nothing, runs no hook, takes no lock that it can do without, and
 * speaks English. What the environment configures stays, such as how to sign in.
 */
export function unattendedGitEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const given = Number(env.GIT_CONFIG_COUNT ?? 0) || 0
  const configuration = QUIET_CONFIGURATION.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${given + index}`, key],
    [`GIT_CONFIG_VALUE_${given + index}`, value],
  ])
  return {
    ...gitEnvironment(env),
    ...Object.fromEntries(configuration),
    GIT_CONFIG_COUNT: String(given + QUIET_CONFIGURATION.length),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // A program that says nothing: git then takes the password for empty.
    GIT_ASKPASS: 'true',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  }
}
