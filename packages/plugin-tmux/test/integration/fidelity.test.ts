import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {closeSandbox, openSandbox, type Sandbox} from '../../../../test/support/sandbox.js'
import {dumped, fixture, quiet, type World, world} from '../support/world.js'

let box: Sandbox
let here: World
beforeAll(() => {
  box = openSandbox()
  here = world({}, box)
})
afterAll(() => closeSandbox(box))

let count = 0

/** Starts a session with these arguments and environment; returns those that its process received. */
async function roundTrip(args: string[], env: Record<string, string> = {}) {
  const file = join(box.dir, `out${count++}`)
  const session = await here.backend.start(
    quiet('gt-a-witness', {command: fixture('dump.mjs', file, ...args), env}),
  )
  const found = await dumped(file)
  await here.backend.stop(session, {graceMs: 0})
  return found
}

const marks = [
  ...'"\'\\$`;#%~{}=-*?!^&@: \n\r\t',
  'ü',
  '日本',
  '🦉',
  'e\u0301',
  '\\n',
  '\\101',
  '\\u0041',
  '\\;',
  '\\\n',
]
const expansions = [
  '$HOME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
  '${HOME}',
  '$(touch evil)',
  '`touch evil`',
  '#{pane_id}',
  '#(touch evil)',
  '#[fg=red]',
  '~root',
]
const syntax = ['%if', '%endif', '\n%endif\n', '\n  # comment', ' ;', '--', '-t', 'A=b', '{ x }']
const fragments = [...marks, ...expansions, ...syntax]
const awkward = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string()), {maxLength: 8})
    .map((parts) => parts.join('')),
  fc.string({unit: 'binary'}),
)
const text = awkward.map((value) => value.replaceAll('\0', ''))

test('start_AnyArgumentsAndEnvironment: arrive byte for byte', async () => {
  const values = fc.array(text, {minLength: 12, maxLength: 12})
  await fc.assert(
    fc.asyncProperty(values, values, async (args, variables) => {
      const env = Object.fromEntries(variables.map((value, index) => [`GT_V${index}`, value]))
      const found = await roundTrip(args, env)
      expect(found.args).toEqual(args)
      expect(found.env).toMatchObject(env)
    }),
    {numRuns: 30},
  )
})

test('start_EveryControlCharacterAndFragment: arrives, even at the end of an argument', async () => {
  const controls = [...Array.from({length: 31}, (_, n) => n + 1), 127, 128, 159, 255].map((n) =>
    String.fromCharCode(n),
  )
  const args = [...controls, ...fragments].flatMap((part) => [part, `a ${part}`, `${part} b`])
  expect((await roundTrip(args)).args).toEqual(args)
})

test('start_ArgumentAndVariableOf100KB: arrive whole', async () => {
  const long = '"ü\n$(x)'.repeat(12_500)
  const found = await roundTrip([long], {GT_LONG: long})
  expect(found.args).toEqual([long])
  expect(found.env.GT_LONG).toBe(long)
})

test('start_EmptyArguments: are kept', async () => {
  expect((await roundTrip(['', 'a', ''])).args).toEqual(['', 'a', ''])
})
