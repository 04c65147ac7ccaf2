import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {findAgentProgram} from '../../../src/agents/find-program.js'
import {sandbox} from '../../support/sandbox.js'

const preset = (command: string) => ({
  command,
  args: [],
  processNames: [],
  promptMode: 'arg' as const,
  env: {},
})

function place() {
  const {dir} = sandbox()
  for (const folder of ['first', 'second', 'work']) mkdirSync(join(dir, folder))
  const program = (path: string, mode = 0o755) => {
    writeFileSync(join(dir, path), '#!/bin/sh\n')
    chmodSync(join(dir, path), mode)
    return join(dir, path)
  }
  const find = (command: string, searchPath = `${dir}/first:${dir}/second`) =>
    findAgentProgram('a', preset(command), {searchPath, cwd: join(dir, 'work')})
  return {dir, program, find}
}

test('the first directory of PATH that has the program wins; files that are not executable are skipped', async () => {
  const {program, find} = place()
  program('first/agent', 0o644)
  const second = program('second/agent')
  expect(await find('agent')).toBe(second)
})

test('a command with a slash is looked up from the working directory, not in PATH', async () => {
  const {program, find} = place()
  program('first/agent')
  const own = program('work/agent')
  expect(await find('./agent')).toBe(own)
  await expect(find('./other')).rejects.toThrow(
    "agent 'a' is not installed: './other' is not an executable file",
  )
})

test('relative and empty entries of PATH never pick a program from the project', async () => {
  const {dir, program, find} = place()
  program('work/agent')
  program('agent')
  const before = process.cwd()
  process.chdir(dir)
  onTestFinished(() => process.chdir(before))
  for (const path of ['', '.', 'work', './work', ':.:work']) {
    await expect(find('agent', path)).rejects.toThrow("'agent' not found in PATH")
  }
})

test('entries of PATH that are files or missing, and names that are too long, are skipped', async () => {
  const {dir, program, find} = place()
  const second = program('second/agent')
  expect(await find('agent', `${second}:${dir}/nowhere:${dir}/second`)).toBe(second)
  await expect(find('a'.repeat(5000))).rejects.toMatchObject({code: 'AGENT_NOT_INSTALLED'})
})

test('a directory of that name is not an executable file', async () => {
  const {dir, find} = place()
  mkdirSync(join(dir, 'first/agent'))
  await expect(find('agent')).rejects.toThrow('is not installed')
})

test('the hint for a command with blanks says where arguments belong', async () => {
  const {find} = place()
  await expect(find('claude --resume')).rejects.toMatchObject({hint: expect.stringContaining('"args"')})
})
