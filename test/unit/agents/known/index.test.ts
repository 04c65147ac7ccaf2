import {isAbsolute} from 'node:path'
import {describe, expect, test} from 'vitest'
import {kindOf} from '../../../../src/agents/kind.js'
import {defaultAgentName, knownAgent, knownAgents, knownNames} from '../../../../src/agents/known/index.js'
import {resolveAgent} from '../../../../src/agents/resolve.js'
import {showsPrompt} from '../../../../src/supervisor/ready-signs.js'
import {captures} from '../screen/captures.js'

const known = await knownAgents()

/** Command lines, and whether the prompt follows as the last argument. */
const commandLines: Readonly<Record<string, readonly [string, 'arg' | 'none']>> = {
  claude: ['claude --dangerously-skip-permissions', 'arg'],
  gemini: ['gemini --approval-mode yolo', 'arg'],
  codex: ['codex --yolo --no-daemon', 'arg'],
  cursor: ['cursor-agent -f', 'arg'],
  auggie: ['auggie --allow-indexing', 'arg'],
  amp: ['amp --dangerously-allow-all --no-ide', 'arg'],
  opencode: ['opencode --prompt', 'arg'],
  copilot: ['copilot --yolo', 'arg'],
  qwen: ['qwen --approval-mode yolo --prompt-interactive', 'arg'],
  pi: ['pi', 'arg'],
  aider: [
    'aider --yes-always --no-check-update --no-analytics --no-show-release-notes --no-show-model-warnings',
    'none',
  ],
}

test.each(Object.entries(commandLines))('%s is run as %j', async (name, [commandLine, promptMode]) => {
  const {preset} = await resolveAgent({role: 'witness', requested: name, settings: []})
  expect([preset.command, ...preset.args].join(' ')).toBe(commandLine)
  expect(preset.promptMode).toBe(promptMode)
})

describe.each(known)('%s', (name, {preset, screens, startDialogs, settings}) => {
  test('is found by its name', async () => {
    expect((await knownAgent(name))?.preset).toBe(preset)
  })

  test('with screen rules runs under the kind by which they are found', () => {
    if (screens || startDialogs) expect(kindOf(preset)).toBe(name)
  })

  test('has an argument that turns questions off', () => {
    if (preset.autoApprove !== undefined) expect(preset.args).toContain(preset.autoApprove)
  })

  test('keeps its settings in the role’s home', () => {
    if (settings) expect(isAbsolute(settings.path) || settings.path.startsWith('..')).toBe(false)
  })
})

const prefixes = known.flatMap(([name, {preset, screens}]) =>
  screens && preset.readyPromptPrefix !== undefined ? [[name, preset.readyPromptPrefix] as const] : [],
)

test.each(prefixes)('%s shows its prompt %j when it is idle', (name, prefix) => {
  const idle = captures.filter(({agent, state}) => agent === name && state === 'idle')
  expect(idle.some(({terminal}) => showsPrompt(terminal.rows, prefix))).toBe(true)
})

test('the default agent is known', () => {
  expect(knownNames).toContain(defaultAgentName)
})

test.each(['constructor', '__proto__', 'toString', 'nobody'])('%s is not a known agent', async (name) => {
  expect(await knownAgent(name)).toBeUndefined()
})
