import {
  GtError,
  type Key,
  type Session,
  type SessionBackend,
  type SessionHandle,
  type TerminalView,
  type TypeOptions,
} from '@gtown/sdk'
import type {PromptTarget} from '../../../../src/typing/prompt-target.js'
import {paperTimer} from '../../../support/paper-timer.js'
import {aSession} from '../../../support/refs.js'

/** A step at which something can happen, or fail. */
export type Step = 'look' | 'type' | 'press'

/** A dialog that covers the prompt, in which a stray key would confirm something unread. */
export const DIALOG = ['a file is to be removed', 'Do you want to proceed? (y/n)']

/** A simulated agent: a prompt `> `, and what gt and a person typed into it. */
export class FakeAgent {
  /** The prompt's content, whoever typed it. */
  draft = ''
  /** Columns by which a person has moved the cursor back from its end. */
  back = 0
  /** The rows above its prompt, and below. */
  above: readonly string[] = []
  below: readonly string[] = []
  sign = '> '
  /** The foreground process. */
  command = 'fake'
  /** Rows shown instead of its prompt. */
  covered: readonly string[] | undefined
  /** A person scrolls back in its terminal. */
  scrolled = false
  readonly submitted: string[] = []
  /** Received texts and keys in order. */
  readonly keys: string[] = []
  /** Those received while its prompt was covered. */
  readonly astray: string[] = []
  session: Session | undefined = aSession({
    labels: {...aSession().labels, agent: 'fake', prompt: '> ', paste: 'bracketed'},
  })
  /** Runs before a step, and may throw. */
  before: (step: Step) => void | Promise<void> = () => {}
  /** Number of Enters that it ignores. */
  swallows = 0
  /** Milliseconds after a paste in which it takes Enter for part of the paste, as some agents do. */
  readonly pasteMs = 100
  #pastedAt = Number.NEGATIVE_INFINITY
  readonly timer = paperTimer()

  readonly backend = {
    name: 'paper',
    local: false,
    inspect: () => this.look(),
    view: async () => this.#view(),
    capture: async () => [...this.#view().rows],
    type: (handle: SessionHandle, text: string, {seen}: TypeOptions = {}) =>
      this.#take(handle, 'type', text, seen, () => this.#paste(text)),
    press: (handle: SessionHandle, key: Key, {seen}: TypeOptions = {}) =>
      this.#take(handle, 'press', key, seen, () => this.#enter()),
  } as unknown as PromptTarget['backend'] & SessionBackend

  target(more: Partial<PromptTarget> = {}): PromptTarget {
    const services = {env: {}, timer: this.timer}
    const look = () => this.look()
    return {services, backend: this.backend, look, force: false, afterLimit: false, ...more}
  }

  async look(): Promise<Session | undefined> {
    await this.before('look')
    return this.session && {...this.session, view: this.#view()}
  }

  /** Changes its session. */
  change(more: Partial<Session>): void {
    if (this.session) this.session = {...this.session, ...more}
  }

  async #take(
    {incarnation}: SessionHandle,
    step: Step,
    key: string,
    seen: TerminalView | undefined,
    effect: () => void,
  ) {
    await this.before(step)
    if (this.session?.liveness === 'dead' || this.session?.incarnation !== incarnation)
      throw fault('SESSION_LOST')
    if (seen && !looksAs(this.#view(), seen)) throw fault('SCREEN_CHANGED')
    this.keys.push(key)
    if (this.covered) this.astray.push(key)
    else effect()
  }

  #paste(text: string) {
    this.draft += text
    this.#pastedAt = this.timer.now()
  }

  #enter() {
    if (this.timer.now() - this.#pastedAt < this.pasteMs) return this.#paste('\n')
    if (this.swallows-- > 0) return
    this.submitted.push(this.draft)
    this.draft = ''
  }

  #view(): TerminalView {
    const rows = this.covered ?? [...this.above, `${this.sign}${this.draft}`.trimEnd(), ...this.below]
    const row = rows.length - 1 - (this.covered ? 0 : this.below.length)
    const column = this.covered ? (rows[row] ?? '').length : this.sign.length + this.draft.length - this.back
    return {
      at: Date.now(),
      columns: 200,
      rows,
      styledRows: rows.map((text) => `\u001b[39m${text}`),
      cursor: {column, row, visible: true},
      title: '',
      command: this.command,
      alternateScreen: false,
      inMode: this.scrolled,
    }
  }
}

/** A simulated Claude Code with a usage limit above its prompt. */
export function limitedClaude(): FakeAgent {
  const rule = '─'.repeat(80)
  const agent = new FakeAgent()
  agent.change({labels: {...aSession().labels, kind: 'claude', agent_version: '2.1.330'}})
  agent.above = ['● Hello.', "  ⎿  You've hit your session limit · resets 6pm", '', rule]
  agent.sign = '❯\u00a0'
  agent.below = [rule, '  manual mode on']
  return agent
}

/** The facts that a backend compares before it types: see `TypeOptions`. */
function looksAs(now: TerminalView, seen: TerminalView): boolean {
  const compared = ({cursor: {column, row, visible}, alternateScreen, inMode}: TerminalView) =>
    [column, row, visible, alternateScreen, inMode].join()
  return compared(now) === compared(seen)
}

export function fault(code: string): GtError {
  return new GtError(`a forced fault: ${code}`, {code})
}

/** Throws once, at the first step of that name. */
export function once(step: Step, code: string): (now: Step) => void {
  let thrown = false
  return (now) => {
    if (now !== step || thrown) return
    thrown = true
    throw fault(code)
  }
}

/**
 * Repeats the work, each time with a new agent: something happens right before its first step, then before
 * its second, and so on to the last. Yields each of these agents.
 */
export async function atEachStep(
  work: (agent: FakeAgent) => Promise<unknown>,
  happen: (agent: FakeAgent, step: Step) => void,
): Promise<FakeAgent[]> {
  const agents: FakeAgent[] = []
  for (let moment = 1; ; moment++) {
    const agent = new FakeAgent()
    let steps = 0
    agent.before = (step) => {
      if (++steps === moment) happen(agent, step)
    }
    await work(agent)
    if (steps < moment) return agents
    agents.push(agent)
  }
}
