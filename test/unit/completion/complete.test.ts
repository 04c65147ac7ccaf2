import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {buildTree} from '../../../src/completion/build-tree.js'
import {complete} from '../../../src/completion/complete.js'
import {sandbox} from '../../support/sandbox.js'
import {makeTown, writeJson} from '../../support/town.js'

const flag = (name: string, more = {}) => ({name, type: 'option', ...more})

const tree = buildTree(
  [
    {
      id: 'witness:start',
      summary: 'Start it.\nMore.',
      args: {rig: {name: 'rig'}},
      flags: {
        agent: flag('agent', {char: 'a'}),
        env: flag('env', {multiple: true}),
        mode: flag('mode', {options: ['fast', 'slow', '$(reboot)']}),
        secret: flag('secret', {hidden: true}),
        ask: {name: 'ask', type: 'boolean', allowNo: true},
      },
    },
    {id: 'witness:spawn', aliases: ['witness:spawn'], args: {rig: {name: 'rig'}}},
    {id: 'nudge', args: {address: {name: 'address'}, text: {name: 'text'}}, flags: {file: flag('file')}},
    {id: 'nudge:deliver', hidden: true},
    {id: 'nudge:receipt', args: {id: {name: 'id'}}},
    {id: 'rig:remove', args: {name: {name: 'name'}}},
    {id: 'trust', args: {dir: {name: 'dir'}}},
  ],
  [{name: 'witness', description: 'Manage it'}],
  {agents: ['claude'], backends: ['tmux', 'pty'], townRoles: ['deacon'], rigRoles: ['witness']},
)

type NoEnvironment = Record<string, string>

const nowhere = {cwd: '/', env: {}}

function values(words: string, place: {cwd: string | undefined; env: NoEnvironment} = nowhere): string[] {
  return complete(tree, words.split(' '), place).candidates.map(({value}) => value)
}

function town(): {root: string; cwd: string; env: NoEnvironment} {
  const root = makeTown(join(sandbox().dir, 'town'))
  return {root, cwd: join(root, 'alpha', 'witness'), env: {}}
}

test.each([
  ['', ['witness', 'nudge', 'rig', 'trust']],
  ['wit', ['witness']],
  ['witness ', ['start']],
  ['witness start --', ['--agent', '--env', '--mode', '--ask', '--no-ask', '--help']],
  ['witness start --agent claude --env A=1 --', ['--env', '--mode', '--ask', '--no-ask', '--help']],
  ['witness start --agent ', ['claude']],
  ['witness start -a ', ['claude']],
  ['witness start --agent=c', ['--agent=claude']],
  ['witness start --mode ', ['fast', 'slow']],
  ['witness start -- --', []],
  ['nudge ', ['receipt']],
  ['nudge receipt ', []],
  ['help witness ', ['start']],
  ['--', ['--help', '--version']],
  ['no such thing ', []],
])('gt %s<Tab>: what can stand there, and nothing hidden', (words, expected) => {
  expect(values(words)).toEqual(expected)
})

test('Complete_InATown: rigs, those of an alias and of gt rig remove, too', () => {
  const place = town()
  const rigs = ['alpha', 'beta', 'ghost', 'gamma', 'delta']
  for (const words of ['witness start ', 'witness spawn ', 'rig remove ', 'witness start --agent x ']) {
    expect(values(words, place)).toEqual(rigs)
  }
  expect(values('witness start alpha ', place)).toEqual([])
})

test('Complete_AnAddress: one part at a time', () => {
  const place = town()
  expect(values('nudge a', place)).toEqual(['alpha/'])
  expect(values('nudge wit', place)).toEqual(['witness'])
  expect(values('nudge alpha/', place).sort()).toEqual([
    'alpha/crew/',
    'alpha/furiosa',
    'alpha/nux',
    'alpha/toast',
    'alpha/witness',
  ])
  expect(values('nudge alpha/crew/', place)).toEqual(['alpha/crew/max'])
  expect(values('nudge elsewhere/', place)).toEqual([])
})

test('Complete_InAnyDirectory: the town of the directory, else the one of the environment', () => {
  const {root} = town()
  const deep = join(root, 'beta', 'a', 'b')
  mkdirSync(deep, {recursive: true})
  expect(values('rig remove b', {cwd: deep, env: {}})).toEqual(['beta'])
  expect(values('rig remove b', {cwd: undefined, env: {GT_TOWN_ROOT: root}})).toEqual(['beta'])
  expect(values('rig remove b', {cwd: '/', env: {GT_TOWN_ROOT: 'town'}})).toEqual([])
})

test('Complete_InAWorkersCopyThatHoldsATown: the rigs of the outer town; elsewhere those of the nearest', () => {
  const {root} = town()
  for (const [folder, rig] of [
    ['alpha/polecats/nux/copy', 'alpha'],
    ['beta/copy', 'inner'],
  ] as const) {
    const copy = join(root, folder)
    mkdirSync(join(copy, 'mayor'), {recursive: true})
    writeJson(join(copy, 'mayor', 'town.json'), {})
    writeJson(join(copy, 'mayor', 'rigs.json'), {rigs: {inner: {}}})
    expect(values('rig remove ', {cwd: copy, env: {}})[0]).toBe(rig)
  }
})

test('Complete_AgentsOfSettings: of the town and of the rig that the user is in', () => {
  const place = town()
  writeJson(join(place.root, 'alpha', 'settings', 'agents.json'), {agents: {mine: {}, 'a b': {}}})
  expect(values('witness start --agent ', place)).toEqual(['claude', 'fake', 'mine'])
})

test('Complete_HostileNames: only values without special characters', () => {
  const place = town()
  const names = ['$(touch x)', '`x`', 'a b', 'a;b', "a'b", 'a"b', 'a\nb', '-x', '*', '~root', '../up']
  writeJson(join(place.root, 'mayor', 'rigs.json'), {
    rigs: Object.fromEntries([...names, 'alpha'].map((name) => [name, {}])),
  })
  for (const name of names.filter((name) => !name.includes('/'))) {
    mkdirSync(join(place.root, 'alpha', 'polecats', name))
  }
  expect(values('rig remove ', place)).toEqual(['alpha'])
  expect(values('nudge alpha/', place)).toHaveLength(5)
})

test.each(['', '{', 'null', '[]', '{"rigs":7}', '{"rigs":{"a":{}'])(
  'Complete_RegistryIs %j: no rigs',
  (text) => {
    const place = town()
    writeFileSync(join(place.root, 'mayor', 'rigs.json'), text)
    expect(values('rig remove ', place)).toEqual([])
  },
)

test('Complete_FilesAndDirectories: left to the shell', () => {
  expect(complete(tree, ['nudge', 'x', '--file', ''], nowhere)).toEqual({what: 'files', candidates: []})
  expect(complete(tree, ['trust', ''], nowhere)).toEqual({what: 'directories', candidates: []})
})

test('BuildTree_Texts: one line, without control characters', () => {
  expect(tree.commands['witness start']?.summary).toBe('Start it.')
  expect(buildTree([{id: 'a', summary: '\u001b[31mred\tx'}], [], tree.names).commands.a?.summary).toBe(
    ' [31mred x',
  )
})

test('Complete_ARegistryThatIsHuge: no rigs', () => {
  const place = town()
  const registry = {rigs: {alpha: {}}, more: 'x'.repeat(5_000_000)}
  writeJson(join(place.root, 'mayor', 'rigs.json'), registry)
  expect(values('rig remove ', place)).toEqual([])
})

test('Complete_InAForeignFolder: a relative GT_TOWN_ROOT is ignored', () => {
  const {root} = town()
  const before = process.cwd()
  process.chdir(join(root, '..'))
  onTestFinished(() => process.chdir(before))
  expect(values('rig remove ', {cwd: '/', env: {GT_TOWN_ROOT: 'town', GT_ROOT: './town'}})).toEqual([])
})

test('Complete_AFlagWithAValue: takes no other', () => {
  const place = town()
  expect(values('witness start --agent=claude b', place)).toEqual(['beta'])
  expect(values('witness start -aclaude b', place)).toEqual(['beta'])
})

test.each(['constructor', '__proto__', 'toString'])('an argument %s has no values', (name) => {
  const odd = buildTree([{id: 'odd', args: {x: {name}}}], [], tree.names)
  expect(complete(odd, ['odd', ''], nowhere)).toEqual({what: 'values', candidates: []})
  expect(odd.commands.odd?.args).toEqual([{}])
})

test('a word after an argument is not a command', () => {
  expect(values('nudge someone receipt ')).toEqual([])
  expect(values('nudge receipt receipt --')).toEqual(['--help'])
  expect(values('nudge someone receipt --')).toEqual(['--file', '--help'])
})
