import {Args, Flags} from '@oclif/core'
import {expect, test} from 'vitest'
import {errorToJson, errorToText} from '../../../src/commands/error-output.js'
import {GtCommand} from '../../../src/commands/gt-command.js'
import {toUsageError} from '../../../src/commands/usage-errors.js'
import {GtError} from '../../../src/errors.js'
import {runCommand} from '../../support/run-command.js'

class Show extends GtCommand {
  static override args = {what: Args.string({ignoreStdin: true})}
  static override flags = {loud: Flags.boolean(), env: Flags.string(), fail: Flags.boolean()}

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(Show)
    this.say('in words')
    this.warn('take care')
    if (flags.fail)
      throw new GtError('no answer', {code: 'X', hint: 'Wait.', details: {pid: 7}, liveness: 'unknown'})
    return {...args, loud: flags.loud === true}
  }
}

test.each([
  [[], 'in words\n'],
  [['--json=false'], 'in words\n'],
  [['--json'], '{\n  "loud": false\n}\n'],
  [['--json=true'], '{\n  "loud": false\n}\n'],
  [['--json', '--loud=true'], '{\n  "loud": true\n}\n'],
  [['--json', '--loud=false'], '{\n  "loud": false\n}\n'],
  [['--json', '--', '--loud=true'], '{\n  "what": "--loud=true",\n  "loud": false\n}\n'],
])('%j: on stdout is %j, and nothing else', async (argv, expected) => {
  const {stdout, stderr, error} = await runCommand(Show, argv)
  expect({stdout, stderr, error}).toEqual({
    stdout: expected,
    stderr: 'warning: take care\n',
    error: undefined,
  })
})

test('Under --json a failure is one sentence on stderr, and all that is known on stdout', async () => {
  const {stdout, stderr, exitCode} = await runCommand(Show, ['--fail', '--json'])
  expect(stderr).toBe('warning: take care\nError: no answer\nWait.\n')
  expect(JSON.parse(stdout)).toEqual({
    error: {code: 'X', message: 'no answer', hint: 'Wait.', pid: 7},
    liveness: 'unknown',
  })
  expect(exitCode).toBe(1)
})

test('A command line is not written to the debug log: it may hold secrets', async () => {
  const seen: string[] = []
  class Watched extends Show {
    constructor(...args: ConstructorParameters<typeof Show>) {
      super(...args)
      this.debug = (...words: unknown[]) => void seen.push(JSON.stringify(words))
    }
    override async run(): Promise<unknown> {
      this.debug('later')
      return await super.run()
    }
  }
  await runCommand(Watched, ['--env', 'KEY=canary'])
  expect(seen).toEqual(['["later"]'])
})

test('What was not foreseen is its first line, without a stack', () => {
  const error = new Error('it broke\n    at some place')
  expect(errorToText(error)).toMatch(/^Error: it broke\nThis is unexpected\. .*\n$/)
  expect(errorToJson(error)).toEqual({error: {code: 'UNEXPECTED', message: 'it broke'}})
  expect(errorToJson('a text\nmore')).toEqual({error: {code: 'UNEXPECTED', message: 'a text'}})
})

test.each([
  [['--tokn=canary'], 'unknown flag: --tokn'],
  [['-x=canary'], "unknown shorthand flag: 'x' in -x"],
])('%j: a flag that was mistyped is named without its value, and ends with 2', async (argv, message) => {
  const {error, stdout} = await runCommand(Show, argv)
  expect(error).toMatchObject({message, code: 'USAGE', exitCode: 2})
  expect(JSON.stringify([error, String(error), stdout])).not.toContain('canary')
})

test('Only an error of the parser is one of usage', () => {
  const command = {id: 'role:do', args: {}}
  const other = new Error('other')
  expect(toUsageError(other, command)).toBe(other)
  expect(toUsageError(new Error('Flag --grace expects a value'), command)).toMatchObject({
    message: 'flag needs an argument: --grace',
    hint: "See 'gt role do --help'.",
  })
})
