import type {AgentPreset} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import {
  acceptsDialogs,
  markerPrefix,
  sessionMarker,
  sessionSpec,
} from '../../../src/supervisor/session-spec.js'
import {alphaRef} from '../../support/refs.js'

function spec({
  preset = {},
  env = {},
  isRequested = false,
  showsKnownScreens = false,
}: {
  preset?: Partial<AgentPreset>
  env?: Record<string, string>
  isRequested?: boolean
  showsKnownScreens?: boolean
} = {}) {
  const complete: AgentPreset = {
    command: 'agent',
    args: ['--flag'],
    processNames: ['agent', 'node'],
    promptMode: 'arg',
    env: {},
    ...preset,
  }
  return sessionSpec(agentOf(witness, alphaRef()), {
    chosen: {name: 'mine', preset: complete, program: '/bin/agent'},
    showsKnownScreens,
    isRequested,
    cwd: '/town/alpha/witness',
    env,
    acceptDialogs: false,
    incarnation: 'abc',
  })
}

describe('command', () => {
  test('the prompt is the last argument', () => {
    expect(spec().command).toEqual([
      '/bin/agent',
      '--flag',
      'I am Witness for alpha. Start patrol: check gt hook, if empty create mol-witness-patrol wisp and execute it.',
    ])
  })

  test('an agent that cannot be given a prompt gets none', () => {
    expect(spec({preset: {promptMode: 'none'}}).command).toEqual(['/bin/agent', '--flag'])
  })
})

describe('environment', () => {
  test('all that a witness of the original has', () => {
    expect(spec({isRequested: true}).env).toEqual({
      BD_ACTOR: 'alpha/witness',
      GIT_AUTHOR_NAME: 'alpha/witness',
      GIT_CEILING_DIRECTORIES: '/town',
      GT_AGENT: 'mine',
      GT_PROCESS_NAMES: 'agent,node',
      GT_RIG: 'alpha',
      GT_ROLE: 'witness',
      GT_ROOT: '/town',
      GT_SCOPE: 'rig',
      GT_SESSION: 'gt-alpha-witness',
      GT_SESSION_ID: '/real/town/gt-alpha-witness/abc',
    })
  })

  test('GT_AGENT only where the user named the agent', () => {
    expect(spec().env).not.toHaveProperty('GT_AGENT')
  })

  test('the user goes over the agent, the agent over the role', () => {
    const {env} = spec({preset: {env: {GT_ROLE: 'agent', OWN: 'agent'}}, env: {OWN: 'user'}})
    expect(env).toMatchObject({GT_ROLE: 'agent', OWN: 'user'})
  })

  test('nobody goes over GT_SESSION_ID', () => {
    expect(spec({env: {GT_SESSION_ID: 'x'}}).env.GT_SESSION_ID).toBe('/real/town/gt-alpha-witness/abc')
  })

  test('what misleads an agent is cleared, unless the user sets it', () => {
    expect(spec().unsetEnv).toEqual(['CLAUDECODE', 'NODE_OPTIONS'])
    expect(spec({env: {NODE_OPTIONS: '--x'}}).unsetEnv).toEqual(['CLAUDECODE'])
  })
})

test('labels say whose the session is, by the town with links resolved', () => {
  expect(spec().labels).toEqual({
    version: '1',
    town: '/real/town',
    rig: 'alpha',
    role: 'witness',
    agent: 'mine',
    kind: 'agent',
    incarnation: 'abc',
  })
})

test('labels say by what an agent of unknown screens is recognised', () => {
  expect(spec({preset: {readyPromptPrefix: '> '}}).labels).not.toHaveProperty('paste')
  const preset = {readyPromptPrefix: '> ', bracketedPaste: true}
  expect(spec({preset}).labels).toMatchObject({kind: 'agent', prompt: '> ', paste: 'bracketed'})
  expect(spec({preset, showsKnownScreens: true}).labels).not.toHaveProperty('prompt')
})

test('labels tell one worker of a rig from another, and say whether its dialogs may be answered', () => {
  const input = {
    chosen: {
      name: 'mine',
      preset: {command: 'it', args: [], processNames: [], promptMode: 'arg', env: {}},
      program: '/it',
    },
    showsKnownScreens: false,
    isRequested: false,
    cwd: '/',
    env: {},
    incarnation: 'abc',
  } as const
  const named = sessionSpec(agentOf(witness, {...alphaRef(), name: 'nux'}), {...input, acceptDialogs: true})
  expect(named.labels).toMatchObject({name: 'nux', dialogs: 'accepted'})
  expect(acceptsDialogs(named)).toBe(true)
  expect(acceptsDialogs(spec())).toBe(false)
})

test('the markers of a session begin as those of no other', () => {
  const {town} = alphaRef()
  const one = {town, sessionName: 'gt-alpha'}
  expect(sessionMarker(one, 'abc')).toBe('/real/town/gt-alpha/abc')
  const other = sessionMarker({town, sessionName: 'gt-alpha-2'}, 'abc')
  expect(other.startsWith(markerPrefix(one))).toBe(false)
})

test("the title and colours are the original's", () => {
  expect(spec().appearance).toEqual({title: '🦉 alpha/witness', background: '#722f37', foreground: '#f5f5dc'})
})
