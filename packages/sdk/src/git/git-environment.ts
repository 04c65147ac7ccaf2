/** Variables that would make git work on another repository. */
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

/** Configuration that keeps git from running hooks, file system monitors and housekeeping. */
const QUIET_CONFIGURATION = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['advice.detachedHead', 'false'],
] as const

/** The environment without variables that would make git work on another repository than that of its directory. */
export function gitEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).filter(
    (variable): variable is [string, string] => variable[1] !== undefined && !MISLEADING.has(variable[0]),
  )
  return Object.fromEntries(kept)
}

/**
 * Like `gitEnvironment`, for unattended git: no prompts, no hooks, no optional locks, English output. Configuration
 * from the environment stays, such as credentials.
 */
export function unattendedGitEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return {
    ...withConfiguration(gitEnvironment(env), QUIET_CONFIGURATION),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // A program without output. git then uses an empty password.
    GIT_ASKPASS: 'true',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  }
}

/** The environment with settings that go before those of every configuration file. */
export function withConfiguration(
  env: Readonly<Record<string, string>>,
  settings: readonly (readonly [key: string, value: string])[],
): Record<string, string> {
  if (settings.length === 0) return env
  const given = Number(env.GIT_CONFIG_COUNT ?? 0) || 0
  const variables = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${given + index}`, key],
    [`GIT_CONFIG_VALUE_${given + index}`, value],
  ])
  return {...env, ...Object.fromEntries(variables), GIT_CONFIG_COUNT: String(given + settings.length)}
}
