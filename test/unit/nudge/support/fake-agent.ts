import {GtError, type Key, type Session, type SessionBackend, type TerminalView} from '@gtown/sdk'
import type {Desk} from '../../../../src/nudge/desk.js'
import {aSession} from '../../../support/refs.js'

/** A moment at which something goes wrong. */
export type Step = 'look' | 'type' | 'press'

/** An agent on paper: a prompt `> `, and what has been typed at it. */
export class FakeAgent {
  draft = ''
  /** What it shows instead of its prompt. */
  covered: readonly string[] | undefined
  readonly submitted: string[] = []
  /** Texts and keys in the order in which they came. */
  readonly keys: string[] = []
  session: Session | undefined = aSession({
    labels: {...aSession().labels, agent: 'fake', prompt: '> ', paste: 'bracketed'},
  })
  /** Runs before a step, and may throw. */
  before: (step: Step) => void = () => {}
  /** Enters that it takes no notice of. */
  swallows = 0

  readonly backend = {
    name: 'paper',
    local: false,
    inspect: async () => this.look(),
    type: async (_: unknown, text: string) => this.#take('type', text, () => (this.draft += text)),
    press: async (_: unknown, key: Key) => this.#take('press', key, () => this.#enter()),
  } as unknown as Desk['backend'] & SessionBackend

  desk(more: Partial<Desk> = {}): Desk {
    const look = async () => this.look()
    return {services: {env: {}}, backend: this.backend, look, force: false, afterLimit: false, ...more}
  }

  look(): Session | undefined {
    this.before('look')
    return this.session && {...this.session, view: this.#view()}
  }

  #take(step: Step, key: string, effect: () => void) {
    this.before(step)
    this.keys.push(key)
    effect()
  }

  #enter() {
    if (this.swallows-- > 0) return
    this.submitted.push(this.draft)
    this.draft = ''
  }

  #view(): TerminalView {
    const rows = this.covered ?? [`> ${this.draft}`.trimEnd()]
    const column = this.covered ? 0 : 2 + this.draft.length
    return {
      at: Date.now(),
      columns: 200,
      rows,
      styledRows: rows,
      cursor: {column, row: 0, visible: true},
      title: '',
      command: 'fake',
      alternateScreen: false,
      inMode: false,
    }
  }
}

export function fault(code: string): GtError {
  return new GtError(`a forced fault: ${code}`, {code})
}

/** Throws once, at the first such step. */
export function once(step: Step, code: string): (now: Step) => void {
  let thrown = false
  return (now) => {
    if (now !== step || thrown) return
    thrown = true
    throw fault(code)
  }
}
