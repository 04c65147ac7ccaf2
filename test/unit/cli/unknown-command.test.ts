import type {Interfaces} from '@oclif/core'
import {expect, test} from 'vitest'
import {refuseUnknown} from '../../../src/cli/unknown-command.js'

const commands: Record<string, object> = {
  nudge: {args: {address: {}}},
  'nudge:receipt': {args: {id: {}}},
  'rig:add': {},
  witness: {},
  'witness:start': {args: {rig: {}}},
  'witness:status': {args: {rig: {}}},
  'help:exit-codes': {},
}

/** A gt with these commands, and a plugin whose command could not be read. */
const config = {
  root: '/gt',
  commandIDs: Object.keys(commands),
  findCommand: (id: string) => commands[id],
  getPluginsList: () => [{name: 'torn', commandIDs: ['greet', 'witness:wave']}],
} as unknown as Interfaces.Config

async function judged(line: string) {
  const passed: string[] = []
  const pass = (argv: readonly string[]) => void passed.push(argv.join(' '))
  const error = await refuseUnknown(config, line.split(' '), pass).then(
    () => undefined,
    (thrown) => thrown,
  )
  return {passed, error}
}

test.each([
  '--help',
  'witness',
  'witness start alpha',
  'witness status --bogus',
  'nudge alpha/nux text',
  'nudge receipt 1',
  'help',
  'help witness start',
  'help exit-codes',
])('gt %s is ours', async (line) => {
  expect(await judged(line)).toEqual({passed: [], error: undefined})
})

test.each([
  ['prime', 'prime', 'gt'],
  ['prime --hook', 'prime', 'gt'],
  ['witness bogus', 'bogus', 'gt witness'],
  ['help prime', 'prime', 'gt'],
  ['help witness bogus', 'bogus', 'gt witness'],
])('gt %s is another gt’s, else an error that oclif does not swallow', async (line, word, parent) => {
  const {passed, error} = await judged(line)
  expect(passed).toEqual([line])
  expect(error).toMatchObject({
    code: 'UNKNOWN_COMMAND',
    message: `unknown command "${word}" for "${parent}"`,
    oclif: {exit: 1},
  })
})

test.each(['greet', 'witness wave'])(
  'gt %s, of a plugin that cannot be read, is handed to nobody',
  async (line) => {
    const {passed, error} = await judged(line)
    expect(passed).toEqual([])
    expect(error).toMatchObject({
      code: 'PLUGIN_BROKEN',
      message: expect.stringContaining('plugin torn has it'),
    })
  },
)

test.each([
  ['witnes', 'gt witness'],
  ['witness sta', 'gt witness start'],
  ['witness statsu', 'gt witness status'],
  ['nu', 'gt nudge'],
  ['rg', 'gt rig'],
])('gt %s: probably %s was meant', async (line, meant) => {
  expect((await judged(line)).error.hint).toContain(`Did you mean '${meant}'?\n`)
})

test.each(['ab', 'xg', 'witness bogus', 'completely-other'])('gt %s: nothing is near', async (line) => {
  expect((await judged(line)).error.hint).not.toContain('Did you mean')
})
