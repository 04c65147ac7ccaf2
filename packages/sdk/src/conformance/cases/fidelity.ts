import {mkdir, realpath, symlink} from 'node:fs/promises'
import type {SessionSpec} from '../../session.js'
import type {ConformanceCase, ConformanceContext} from '../conformance-case.js'
import {ensure, equal} from '../expect.js'
import type {Report} from '../programs/write-report.js'

const AWKWARD = [
  'two words',
  `"double" 'single' \`back\``,
  '$HOME $(id) $$',
  'one\ntwo\n',
  '\ttab',
  'back\\slash \\n',
  'semicolon;',
  ';',
  '#{pane_id} #(id)',
  '--flag',
  '-',
  '*?[a-z]~',
  '{a,b}',
  'a=b',
  'Übergröße 日本 🦉',
]

/** Below the Linux limit for one argument. */
const LONG = 'long '.repeat(20_000)

/** Starts the session and returns its program's report. */
async function started(
  context: ConformanceContext,
  more: Partial<SessionSpec>,
  ...args: string[]
): Promise<Report> {
  const {backend, spec, file, program, report} = context
  await backend.start(spec({command: program('report', file('report'), ...args), ...more}))
  return report(file('report'))
}

export const fidelityCases: ConformanceCase[] = [
  {
    name: 'command: arguments arrive byte for byte',
    level: 'must',
    async run(context) {
      const args = [...AWKWARD, '', 'last;']
      equal((await started(context, {}, ...args)).args, args, 'the arguments')
    },
  },
  {
    name: 'command: an argument of 100 KB arrives whole',
    level: 'must',
    async run(context) {
      const {args} = await started(context, {}, LONG)
      ensure(args[0] === LONG, `${args[0]?.length} of ${LONG.length} characters arrived`)
    },
  },
  {
    name: 'command: a program may have spaces in its path',
    level: 'must',
    async run(context) {
      const folder = context.file('a folder')
      await mkdir(folder)
      await symlink(process.execPath, `${folder}/the program`)
      const [, ...rest] = context.program('report', context.file('report'), 'x')
      equal(
        (await started(context, {command: [`${folder}/the program`, ...rest]})).args,
        ['x'],
        'its arguments',
      )
    },
  },
  {
    name: 'cwd: the session runs where it was told to, whatever the directory is called',
    level: 'must',
    async run(context) {
      const cwd = context.file(`it's "a" #{pane_id} $HOME 日本`)
      await mkdir(cwd)
      equal((await started(context, {cwd})).cwd, await realpath(cwd), 'the directory')
    },
  },
  {
    name: 'env: variables arrive byte for byte',
    level: 'must',
    async run(context) {
      const env = Object.fromEntries(AWKWARD.map((value, index) => [`GT_CONFORM_${index}`, value]))
      const {env: arrived} = await started(context, {env: {...env, GT_CONFORM_LONG: LONG}})
      for (const [name, value] of Object.entries(env)) equal(arrived[name], value, `the variable ${name}`)
      ensure(arrived.GT_CONFORM_LONG === LONG, 'a variable of 100 KB did not arrive whole')
    },
  },
  {
    name: 'env: an empty variable is set',
    level: 'must',
    async run(context) {
      const {env} = await started(context, {env: {GT_CONFORM_EMPTY: ''}})
      equal(env.GT_CONFORM_EMPTY, '', 'the variable')
    },
  },
  {
    name: 'unsetEnv: the program does not have these variables',
    level: 'must',
    async run(context) {
      const {env} = await started(context, {unsetEnv: ['PATH', 'HOME', 'GT_CONFORM_NEVER_SET']})
      equal(
        [env.PATH, env.HOME, env.GT_CONFORM_NEVER_SET],
        [undefined, undefined, undefined],
        'the variables',
      )
    },
  },
]
