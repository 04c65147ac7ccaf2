import {join} from 'node:path'
import type {AgentState, StateEvidence} from '@gtown/sdk'
import * as v from '@gtown/sdk/schema'
import type {KnownAgent} from '../known-agent.js'

const rule = /^─{20,}/

/** `gt prime` exists only where another gt provides it. Its absence must not disturb the agent. */
const PRIME = {type: 'command', command: 'gt prime --hook 2>/dev/null || true'}

export const claude: KnownAgent = {
  preset: {
    command: 'claude',
    args: ['--dangerously-skip-permissions'],
    autoApprove: '--dangerously-skip-permissions',
    processNames: ['node', 'claude'],
    readyPromptPrefix: '❯ ',
  },
  screens: [
    {
      // Measured: 2.1.197 and 2.1.330. Between them the screen changed little, and a new minor release is a new entry.
      covers: {from: '2.1.0', below: '2.2.0'},
      // Rows have no trailing blanks, so an empty prompt ends right after its mark.
      prompt: {
        top: rule,
        first: /^(?:❯(?:\u00a0|$)|![\s\u00a0]?)/,
        bottom: rule,
        below: 12,
        cursor: 'inside',
      },
      lines: [
        // The mark is grey while it works, whatever the prompt contains.
        {state: 'busy', where: 'inside', rows: 1, pattern: /^❯/, begins: 'faint'},
        {state: 'busy', where: 'below', rows: 12, pattern: /\besc to interrupt\b/},
        // The model's own text begins two columns further right.
        {state: 'busy', where: 'above', rows: 16, pattern: /^[·✢✳✶✻✽*∗] .*retrying in \d+/},
        {state: 'busy', where: 'above', rows: 16, pattern: /^[·✢✳✶✻✽*∗] .*…/, styles: 2},
        // Its survey consumes the next typed digit.
        {state: 'dialog', where: 'above', rows: 2, pattern: /^ {2}1: \S+ .*\b0: Dismiss/},
        {
          state: 'limit',
          where: 'above',
          rows: 3,
          pattern: /^ {2}⎿ {2}.*(?:(?:hit|reached) your .*limit|limit reached)/,
        },
      ],
      // 2.1.197 shows in its title that it works, 2.1.330 does not.
      titles: [{state: 'busy', pattern: /^[\u2800-\u28ff] /}],
      asks: [
        {state: 'question', pattern: /^enter to select · /im},
        {state: 'permission', pattern: /esc to cancel · tab to amend|^do you want to (?!use this api key)/im},
        {state: 'limit', pattern: /limit to reset|(?:hit|reached) your .*limit/i},
        {state: 'menu', pattern: /^select model$|^resume session|enter to confirm · esc to exit/im},
        {
          state: 'dialog',
          pattern: /enter to confirm · esc to cancel|press enter to continue|choose the text style/i,
        },
        {state: 'permission', pattern: /would you like to proceed\?|ready to (?:code|execute)/i},
        {state: 'menu', pattern: /to (?:search|cycle)\b|esc to (?:close|go back|exit)/i},
      ],
    },
  ],
  // Texts as seen in 2.1.197 and 2.1.330.
  startDialogs: [
    {text: /bypass permissions mode/i, answer: /^Yes, I accept$/},
    {text: /do you trust|one you trust|trust the files/i, answer: /^Yes, (I trust|proceed)/},
  ],
  ownState: {
    file({pid, env}) {
      const folder = env.CLAUDE_CONFIG_DIR || (env.HOME && join(env.HOME, '.claude'))
      return folder ? join(folder, 'sessions', `${pid}.json`) : undefined
    },
    read: readSession,
  },
  settings: {
    path: join('.claude', 'settings.json'),
    content: {
      hooks: {
        SessionStart: [{matcher: '', hooks: [PRIME]}],
        PreCompact: [{matcher: '', hooks: [PRIME]}],
      },
    },
  },
}

const sessionFormat = v.objectOf({
  pid: v.number,
  status: v.text,
  waitingFor: v.fallback(v.text, ''),
  statusUpdatedAt: v.number,
})

/**
 * Interprets Claude Code's session file. Its format is undocumented, and a new version may change it.
 */
function readSession(file: unknown, {pid}: {pid: number}): StateEvidence | undefined {
  const {success, output} = v.safeParse(sessionFormat, file)
  if (!success || output.pid !== pid) return
  const {status, waitingFor: reason, statusUpdatedAt: at} = output
  const state = stateOf(status, reason)
  return state && {source: 'own', state, value: [status, reason].filter(Boolean).join(': '), at}
}

function stateOf(status: string, reason: string): AgentState | undefined {
  if (status === 'idle' || status === 'busy') return status
  if (status !== 'waiting') return
  if (/permission|approv|sandbox|worker/i.test(reason)) return 'permission'
  return /dialog/i.test(reason) ? 'dialog' : 'question'
}
