import {expect, test} from 'vitest'
import {classify, isAbsent} from '../../src/errors.js'

test.each([
  ['no server running on /tmp/tmux-0/default', 'noServer'],
  ['error connecting to /tmp/tmux-0/default (No such file or directory)', 'noServer'],
  ['no current target', 'noServer'],
  ['server exited unexpectedly', 'noServer'],
  ['lost server', 'noServer'],
  ['no sessions', 'noServer'],
  ['duplicate session: gt-a-witness', 'duplicate'],
  ["can't find session: gt-a-witness", 'noSession'],
  ['session not found: gt-a-witness', 'noSession'],
  ["can't find window: gt-a-witness", 'noSession'],
  ["can't find pane: %4", 'noSession'],
  ['no such session: gt-a-witness', 'noSession'],
  ['error connecting to /tmp/tmux-0/default (Permission denied)', 'unavailable'],
  ['error connecting to /tmp/tmux-0/default (Connection timed out)', 'unavailable'],
  ['protocol version mismatch (client 8, server 7)', 'unavailable'],
  ['directory /tmp/tmux-0 has unsafe permissions', 'unavailable'],
  ['', 'unavailable'],
])('classify_%s: means %s', (stderr, failure) => {
  expect(classify(stderr)).toBe(failure)
})

test.each([
  [1, "can't find session: a", true],
  [1, 'no server running on /tmp/tmux-0/default', true],
  [1, 'duplicate session: a', false],
  [1, 'protocol version mismatch (client 8, server 7)', false],
  [1, '', false],
  [0, "can't find session: a", false],
])('isAbsent_code %i and %j: %s', (code, stderr, expected) => {
  expect(isAbsent({code, stdout: '', stderr})).toBe(expected)
})
