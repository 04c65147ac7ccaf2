import type {AgentPreset, Key, Session, SessionBackend, TerminalView, TypeOptions} from '@gtown/sdk'
import {waitUntilReady} from '../../../../src/supervisor/readiness.js'
import type {ReadinessQuery} from '../../../../src/supervisor/readiness-query.js'
import {paperTimer} from '../../../support/paper-timer.js'
import {aSession} from '../../../support/refs.js'
import {fault} from '../../typing/support/fake-agent.js'

const rule = '─'.repeat(80)
const legend = ' Enter to confirm · Esc to cancel'

type Screen = 'trust' | 'sign-in' | 'prompt' | 'nothing'

/** Claude Code on paper: it asks whether it may trust the folder, with the wrong choice marked. */
export class StartingClaude {
  shows: Screen = 'trust'
  /** What follows when the dialog is confirmed. */
  next: Screen = 'prompt'
  question = ' Is this a project you created or one you trust?'
  choices = ['No, exit', 'Yes, I trust this folder']
  marked = 0
  /** Rows that the dialog is moved down by. */
  shift = 0
  /** Milliseconds after which a key has its effect. */
  takesMs = 0
  looks = 0
  readonly keys: Key[] = []
  /** The keys that had their effect on a dialog that nobody may answer. */
  readonly astray: Key[] = []
  /** Runs before a step, and may throw. */
  before: (step: 'look' | 'press') => void = () => {}
  readonly timer = paperTimer()
  readonly #waiting: {key: Key; at: number}[] = []
  #session: Session | undefined = aSession({
    labels: {...aSession().labels, kind: 'claude', agent_version: '2.1.330'},
  })

  readonly backend = {
    name: 'paper',
    local: false,
    inspect: async () => {
      this.before('look')
      this.looks++
      return this.#session && {...this.#session, view: this.#view()}
    },
    capture: async () => [...this.#view().rows],
    press: async (_: unknown, key: Key, {seen}: TypeOptions = {}) => {
      this.before('press')
      if (seen && JSON.stringify(seen.cursor) !== JSON.stringify(this.#view().cursor))
        throw fault('SCREEN_CHANGED')
      this.keys.push(key)
      this.#waiting.push({key, at: this.timer.now() + this.takesMs})
    },
  } as unknown as SessionBackend

  /** Changes its session; undefined: there is none any more. */
  change(more: Partial<Session> | undefined): void {
    this.#session = this.#session && more && {...this.#session, ...more}
  }

  query(more: Partial<ReadinessQuery>): ReadinessQuery {
    const preset: AgentPreset = {command: 'claude', args: [], processNames: [], promptMode: 'arg', env: {}}
    return {
      backend: this.backend,
      session: aSession(),
      chosen: {name: 'claude', preset},
      timeoutMs: 5000,
      acceptDialogs: false,
      ...more,
    }
  }

  wait(more: Partial<ReadinessQuery>): Promise<Session> {
    return waitUntilReady({env: {}, warn: () => {}, timer: this.timer}, this.query(more))
  }

  #take(key: Key) {
    if (this.shows !== 'trust') this.astray.push(key)
    else if (key === 'Down') this.marked = 1
    else if (key === 'Enter') this.shows = this.next
  }

  #view(): TerminalView {
    while (this.#waiting[0] && this.#waiting[0].at <= this.timer.now())
      this.#take(this.#waiting.shift()?.key ?? 'Up')
    const {rows, cursor} = this.#screen()
    return {
      at: Date.now(),
      columns: 80,
      rows,
      styledRows: rows.map((row) => `\u001b[39m${row}`),
      cursor: {...cursor, visible: false},
      title: '',
      command: 'claude',
      alternateScreen: true,
      inMode: false,
    }
  }

  #screen() {
    const top = Array.from({length: this.shift}, () => '')
    switch (this.shows) {
      case 'trust':
        return dialog([...top, rule, ' Accessing workspace:', this.question, ''], this.marked, this.choices)
      case 'sign-in':
        return dialog([rule, ' Select login method:', ''], 0, ['Claude account', 'Console account'])
      case 'prompt':
        return {
          rows: ['Claude Code', '', rule, '❯\u00a0', rule, '  manual mode on'],
          cursor: {column: 2, row: 3},
        }
      case 'nothing':
        return {rows: ['Claude Code', ''], cursor: {column: 0, row: 1}}
    }
  }
}

function dialog(above: string[], marked: number, labels: string[]) {
  const choices = labels.map((label, index) => ` ${marked === index ? '❯' : ' '} ${label}`)
  return {rows: [...above, ...choices, '', legend], cursor: {column: 1, row: above.length + marked}}
}
