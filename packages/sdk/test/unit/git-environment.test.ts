import {expect, test} from 'vitest'
import {gitEnvironment, unattendedGitEnvironment} from '../../src/git/git-environment.js'

test('What would lead git to another repository is left out, and all else stays', () => {
  const misleading = [
    'ALTERNATE_OBJECT_DIRECTORIES',
    'COMMON_DIR',
    'DIR',
    'GRAFT_FILE',
    'INDEX_FILE',
    'NAMESPACE',
    'OBJECT_DIRECTORY',
    'PREFIX',
    'QUARANTINE_PATH',
    'SHALLOW_FILE',
    'WORK_TREE',
  ].map((name) => `GIT_${name}`)
  const kept = {PATH: '/bin', GIT_SSH_COMMAND: 'ssh', GIT_AUTHOR_NAME: 'me', EMPTY: ''}
  const env = {...kept, UNSET: undefined, ...Object.fromEntries(misleading.map((name) => [name, '/x']))}
  expect(gitEnvironment(env)).toEqual(kept)
  expect(unattendedGitEnvironment(env)).toMatchObject(kept)
  for (const name of misleading) expect(unattendedGitEnvironment(env)).not.toHaveProperty(name)
})

test('Git that nobody watches asks for nothing, locks nothing that it need not, and speaks English', () => {
  const theirs = {
    GIT_TERMINAL_PROMPT: '1',
    GIT_ASKPASS: 'mine',
    SSH_ASKPASS_REQUIRE: 'force',
    LC_ALL: 'de_DE',
  }
  expect(unattendedGitEnvironment({...theirs, GIT_OPTIONAL_LOCKS: '1'})).toMatchObject({
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  })
})

test.each([undefined, '', 'x'])('A number of configured values that is none (%j) counts as none', (count) => {
  const env = unattendedGitEnvironment({GIT_CONFIG_COUNT: count})
  expect(env.GIT_CONFIG_KEY_0).toBe('core.hooksPath')
  expect(env).toHaveProperty(`GIT_CONFIG_VALUE_${Number(env.GIT_CONFIG_COUNT) - 1}`)
})
