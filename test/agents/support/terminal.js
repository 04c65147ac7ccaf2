// What a person sees and does at the terminal of a session.
import {setTimeout as sleep} from 'node:timers/promises'
import {ANSWER} from './stub-model.js'
import {until} from './until.js'

/** The session of gt. */
export const SESSION = 'gt-alpha-witness'

/** Longer than any agent needs for one answer, on a busy computer too. */
export const TURN_MS = 90_000

/** Several agents take an Enter that comes at once for a part of what was pasted. */
const ENTER_MS = 300

/** Between two keys of a person. */
const KEY_MS = 50

/** Gives the agent a line, whatever it shows. */
export async function submit(world, session, text) {
  world.tmux('set-buffer', '-b', 'prompt', text)
  world.tmux('paste-buffer', '-p', '-d', '-b', 'prompt', '-t', `=${session}:`)
  await sleep(ENTER_MS)
  world.tmux('send-keys', '-t', `=${session}:`, 'Enter')
}

export async function type(world, session, text) {
  for (const character of text) {
    world.tmux('send-keys', '-l', '-t', `=${session}:`, character)
    await sleep(KEY_MS)
  }
}

/** Waits until the model's answer shows; undefined if it does not. */
export function answered(world, session) {
  return until(() => world.screen(session).some((line) => line.includes(ANSWER)), TURN_MS)
}

/** Waits until the screen shows it; undefined if it does not. */
export function shows(world, session, pattern) {
  return until(() => pattern.test(world.screen(session).join('\n')), TURN_MS)
}

export function lastLines(world, session) {
  const lines = world.screen(session).filter((line) => line.trim() !== '')
  return lines.slice(-15).join('\n')
}

/** What an agent moves though nobody touches it: its figure, and a tip that comes and goes. */
const MOVING = /[\u2580-\u259f]|Claude Code v|^ +◐/

/** The rows that change only when somebody presses a key. */
export function stillLines(world, session) {
  const lines = world.screen(session).filter((line) => line.trim() !== '' && !MOVING.test(line))
  return lines.slice(-15).join('\n')
}
