// Wrong usage: the words of the original, exit code 2, and nothing was done.
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {finished, firstLine, gt, spawnGt} from '../support/cli.js'
import {closeSandbox, openSandbox, type Sandbox} from '../support/sandbox.js'
import {makeTown} from '../support/town.js'
import {until} from '../support/until.js'

let box: Sandbox
let town: string

beforeAll(() => {
  box = openSandbox()
  town = makeTown(join(box.dir, 'town'))
})
afterAll(() => closeSandbox(box))

const run = (...args: string[]) => gt(args, {cwd: town, env: box.env})

test.each([
  [['start'], 'accepts 1 arg(s), received 0'],
  [['start', 'a', 'b', 'c'], 'accepts 1 arg(s), received 3'],
  [['stop', 'a', 'b'], 'accepts 1 arg(s), received 2'],
  [['attach', 'a', 'b'], 'accepts at most 1 arg(s), received 2'],
  [['restart', 'alpha', '--agent'], 'flag needs an argument: --agent'],
  [['start', 'alpha', '--env'], 'flag needs an argument: --env'],
  [['status', 'alpha', '--bogus'], 'unknown flag: --bogus'],
  [['status', '--bogus'], 'unknown flag: --bogus'],
  [['status', 'alpha', '--bogus=1'], 'unknown flag: --bogus'],
  [['status', 'alpha', '-x'], "unknown shorthand flag: 'x' in -x"],
  [['restart', 'alpha', '--foreground'], 'unknown flag: --foreground'],
])('gt witness %j: %s', async (args, message) => {
  const result = await run('witness', ...args)
  expect(firstLine(result.stderr)).toBe(`Error: ${message}`)
  expect(result).toMatchObject({code: 2, stdout: ''})
})

describe('what the original accepts', () => {
  test.each([
    [['witness', 'status', '--json', 'alpha']],
    [['witness', 'status', '--json=true', 'alpha']],
    [['witness', 'status', '--json', '--', 'alpha']],
  ])('gt %j', async (args) => {
    expect(JSON.parse((await run(...args)).stdout)).toMatchObject({running: false, rig_name: 'alpha'})
  })

  test('--foreground=false is no foreground, and --env=KEY=VALUE sets KEY', async () => {
    const {code, stderr} = await run('witness', 'start', 'alpha', '--foreground=false', '--env=FOO=bar')
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(box.tmux('show-environment', '-t', '=gt-alpha-witness:', 'FOO')).toBe('FOO=bar\n')
    await run('witness', 'stop', 'alpha')
  })

  test.each([['-h'], ['--help']])('%s, outside of any workspace', async (flag) => {
    for (const words of [[], ['witness'], ['witness', 'start'], ['rig', 'add'], ['install']]) {
      const {code, stdout} = await gt([...words, flag], {cwd: box.dir, env: box.env})
      expect(code).toBe(0)
      expect(stdout).toContain('USAGE')
    }
  })
})

test.each([[['--env', 'KEY=s3cret']], [['--env=KEY=s3cret']]])(
  '%j: the value is taken out of the process list',
  async (words) => {
    const child = spawnGt(['witness', 'start', 'beta', ...words], {cwd: town, env: box.env})
    const end = finished(child)
    await until('the words to go', () => {
      expect(child.exitCode).toBeNull()
      const shown = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')
      return shown !== '' && !shown.includes('s3cret') && !shown.includes('witness')
    })
    expect(await end).toMatchObject({code: 0})
    expect(await run('witness', 'stop', 'beta')).toMatchObject({code: 0})
  },
)

test('JSON is printed only where a flag asks for it', async () => {
  const words = (...more: string[]) => ['no-such-command', ...more]
  const env = {...box.env, GT_DELEGATE: '0'}
  const printed = async (args: string[], variables = {}) =>
    (await gt(args, {cwd: town, env: {...env, ...variables}})).stdout
  expect(JSON.parse(await printed(words('--json'))).error).toMatchObject({code: 'UNKNOWN_COMMAND'})
  expect(await printed(words('--', '--json'))).toBe('')
  expect(await printed(words(), {GT_CONTENT_TYPE: 'json'})).toBe('')
  expect(await printed(['witness', 'status', 'alpha'], {GT_CONTENT_TYPE: 'json'})).toContain('State: ')
})
