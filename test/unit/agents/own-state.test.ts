import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, onTestFinished, test} from 'vitest'
import {kindOf} from '../../../src/agents/kind.js'
import {ownState} from '../../../src/agents/own-state.js'

function keeps(text: string) {
  const home = mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 'o'))
  onTestFinished(() => rmSync(home, {recursive: true}))
  mkdirSync(join(home, 'sessions'))
  writeFileSync(join(home, 'sessions', '42.json'), text)
  return (more = {}) =>
    ownState({kind: 'claude', pid: 42, bornAt: 1000, env: {CLAUDE_CONFIG_DIR: home}, ...more})
}

const busy = JSON.stringify({pid: 42, status: 'busy', statusUpdatedAt: 2000})

describe('Claude’s own state', () => {
  test('from the moment of its start, counts', async () => {
    expect(await keeps(busy)({bornAt: 2000})).toMatchObject({state: 'busy'})
  })

  test('is in the folder of CLAUDE_CONFIG_DIR, else in its home', async () => {
    const ask = keeps(busy)
    expect(await ask({env: {HOME: '/nowhere', CLAUDE_CONFIG_DIR: '/nowhere'}})).toBeUndefined()
    const home = mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 'o'))
    onTestFinished(() => rmSync(home, {recursive: true}))
    mkdirSync(join(home, '.claude/sessions'), {recursive: true})
    const idle = {pid: 42, status: 'idle', statusUpdatedAt: 2000}
    writeFileSync(join(home, '.claude/sessions/42.json'), JSON.stringify(idle))
    const of = (env: object) => ownState({kind: 'claude', pid: 42, bornAt: 0, env: {HOME: home, ...env}})
    expect(await of({})).toMatchObject({state: 'idle'})
    expect(await of({CLAUDE_CONFIG_DIR: '/nowhere'})).toBeUndefined()
  })

  test('is what its file says about exactly this process', async () => {
    expect(await keeps(busy)()).toEqual({source: 'own', state: 'busy', value: 'busy', at: 2000})
  })

  test.each([
    ['another process', {pid: 43}],
    ['an earlier process with this number', {bornAt: 3000}],
    ['another kind of agent', {kind: 'codex'}],
    ['nothing to tell where its files are', {env: {}}],
  ])('%s: nothing', async (_, more) => {
    expect(await keeps(busy)(more)).toBeUndefined()
  })

  test.each(['', '{"pid":42,"sta', 'null', '[]', '{"pid":42,"status":"new","statusUpdatedAt":2000}'])(
    'a file with %j: nothing',
    async (text) => {
      expect(await keeps(text)()).toBeUndefined()
    },
  )
})

test.each([
  [{command: '/opt/bin/claude'}, 'claude'],
  [{command: 'codex'}, 'codex'],
  [{command: 'my-wrapper', kind: 'claude'}, 'claude'],
])('kindOf %j: %s', (preset, kind) => {
  expect(kindOf(preset)).toBe(kind)
})
