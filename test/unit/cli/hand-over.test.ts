import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {handOver} from '../../../src/cli/hand-over.js'
import {sandbox} from '../../support/sandbox.js'

/** A folder with a launcher of our own; what is told is the program that would take over, with its environment. */
function world() {
  const {dir} = sandbox()
  const launcher = join(dir, 'launcher')
  writeFileSync(launcher, '#!/bin/sh\n', {mode: 0o755})
  const own = join(dir, 'own')
  mkdirSync(own)
  symlinkSync(launcher, join(own, 'gt'))
  return {
    dir,
    own,
    /** Another gt in a folder of that name. */
    other(name: string, text = '#!/bin/sh\n', mode = 0o755): string {
      const folder = join(dir, name)
      mkdirSync(folder, {recursive: true})
      writeFileSync(join(folder, 'gt'), text)
      chmodSync(join(folder, 'gt'), mode)
      return folder
    },
    takesOver(path: readonly string[], env: NodeJS.ProcessEnv = {}) {
      const taken: {file: string; argv: readonly string[]; env: Record<string, string>}[] = []
      const become = (file: string, argv: readonly string[], given: Record<string, string>) =>
        void taken.push({file, argv, env: given})
      handOver(['prime', 'a b'], launcher, {...env, PATH: path.join(':')}, become)
      return taken[0]
    },
  }
}

/** Stands in a folder until the test ends. */
function standIn(folder: string): void {
  const before = process.cwd()
  process.chdir(folder)
  onTestFinished(() => process.chdir(before))
}

test('the next gt of PATH that is not our own takes over, with the same words and a mark of who handed over', () => {
  const {own, other, takesOver} = world()
  const [first, second] = [other('first'), other('second')]
  expect(takesOver([own, first, second], {A: '1', B: undefined})).toEqual({
    file: join(first, 'gt'),
    argv: [join(first, 'gt'), 'prime', 'a b'],
    env: {A: '1', PATH: [own, first, second].join(':'), GT_HANDED_OVER_BY: String(process.pid)},
  })
})

test.each(['', '.', './stranger', 'stranger'])(
  'nothing of a PATH with "%s" is run in a stranger’s folder',
  (entry) => {
    const {dir, other, takesOver} = world()
    other('stranger')
    writeFileSync(join(dir, 'gt'), '#!/bin/sh\n', {mode: 0o755})
    standIn(dir)
    expect(takesOver([entry])).toBeUndefined()
  },
)

test.each([
  ['this very process', process.pid, false],
  ['the process that started this one, a wrapper that forks', process.ppid, false],
  ['a process of long ago, as an agent inherits it', 1_999_999_999, true],
])('what was handed over by %s: handed on %s', (_, by, isHandedOn) => {
  const {other, takesOver} = world()
  const env = {GT_HANDED_OVER_BY: String(by)}
  expect(takesOver([other('other')], env) !== undefined).toBe(isHandedOn)
})

test('GT_DELEGATE=0 keeps everything here', () => {
  const {other, takesOver} = world()
  expect(takesOver([other('other')], {GT_DELEGATE: '0'})).toBeUndefined()
  expect(takesOver([other('other')], {GT_DELEGATE: '1'})).toBeDefined()
})

type World = ReturnType<typeof world>

test.each<[string, (world: World) => string]>([
  ['a file that is not executable', ({other}) => other('bad', '#!/bin/sh\n', 0o644)],
  ['a text that no system can run', ({other}) => other('bad', 'echo no')],
  ['an empty file', ({other}) => other('bad', '')],
  [
    'a folder called gt',
    ({dir}) => {
      mkdirSync(join(dir, 'bad/gt'), {recursive: true})
      return join(dir, 'bad')
    },
  ],
  [
    'a link that leads to itself',
    ({dir}) => {
      mkdirSync(join(dir, 'bad'))
      symlinkSync('gt', join(dir, 'bad/gt'))
      return join(dir, 'bad')
    },
  ],
  [
    'a link that leads nowhere',
    ({dir}) => {
      mkdirSync(join(dir, 'bad'))
      symlinkSync('nowhere', join(dir, 'bad/gt'))
      return join(dir, 'bad')
    },
  ],
  ['a file in the place of a folder', ({dir}) => join(dir, 'launcher')],
])('%s is passed over', (_, make) => {
  const place = world()
  const [bad, good] = [make(place), place.other('good')]
  expect(place.takesOver([bad, good])?.file).toBe(join(good, 'gt'))
})

test.each([['\x7fELF'], ['\xcf\xfa\xed\xfe'], ['\xca\xfe\xba\xbe']])(
  'a program with the head %j takes over',
  (head) => {
    const {other, takesOver} = world()
    const folder = other('program')
    writeFileSync(join(folder, 'gt'), Buffer.from(`${head}...`, 'latin1'))
    expect(takesOver([folder])?.file).toBe(join(folder, 'gt'))
  },
)
