import {type Exit, hasCode, type Session, type TerminalView} from '@gtown/sdk'
import {makeStamp} from '@gtown/sdk/files'
import type {Birth} from '../birth.js'
import type {Answers, Size} from '../protocol.js'
import {readRecord, type SessionRecord, writeRecord} from '../record.js'
import {Agent} from './agent.js'
import {looksAs} from './keys.js'
import {Refused} from './refused.js'
import {Screen} from './screen.js'
import {Viewers} from './viewers.js'

const SIZE: Size = {columns: 80, rows: 24}

/** One session: its first process, its screen, its viewers, and what is on record of it. */
export class Shim {
  readonly #birth: Birth
  readonly agent: Agent
  readonly screen: Screen
  readonly viewers: Viewers
  #record: SessionRecord
  #committed = false
  #lastActivityAt: number
  #saved: Promise<void> = Promise.resolve()

  constructor(birth: Birth) {
    this.#birth = birth
    this.#record = birth.record
    this.#lastActivityAt = birth.record.createdAt
    this.screen = new Screen(SIZE, (text) => this.agent.write(text))
    this.agent = new Agent(birth, SIZE, {
      onOutput: (text) => this.#draw(text),
      onExit: (exit) => void this.#ended(exit),
    })
    this.viewers = new Viewers({
      look: () => ({view: this.look(), modes: this.screen.modes.on}),
      resize: (size) => this.#resize(size),
      write: (text) => this.agent.write(text),
    })
  }

  get incarnation(): string {
    return this.#record.incarnation
  }

  get environment(): Record<string, string> {
    return this.#birth.env
  }

  /** Who holds the session, and its first process, for the record. */
  async stamps(): Promise<{owner: string; agent: string; pid: number}> {
    const {pid} = this.agent
    const [owner, agent] = await Promise.all([makeStamp(), makeStamp(pid)])
    this.#record = {...this.#record, phase: 'running', owner, agent}
    return {owner, agent, pid}
  }

  /** True when the session is on record, and so the shim's own; false when its starter was ended before. */
  async commit(): Promise<boolean> {
    const {directory, record} = this.#birth
    const found = await readRecord(directory, record.name)
    this.#committed = found?.phase === 'running' && found.id === record.id
    // What came about before the commit is not on record yet.
    const {exit, stopping} = this.#record
    if (exit || stopping) await this.save()
    return this.#committed
  }

  session(): Session {
    const {name, id, incarnation, createdAt, stopping, labels, environmentRoot} = this.#record
    const {pid, exit} = this.agent
    return {
      name,
      id,
      incarnation,
      pid,
      createdAt,
      lastActivityAt: this.#lastActivityAt,
      liveness: exit ? 'dead' : 'alive',
      ...(exit && {exit}),
      attached: this.viewers.count,
      stopping,
      labels,
      ...(environmentRoot !== undefined && {environmentRoot}),
    }
  }

  look(): TerminalView {
    return this.screen.view(this.agent.command)
  }

  /** Writes to the first process, if it runs and its screen still is as it was seen. */
  async write(text: string, seen: TerminalView | undefined): Promise<void> {
    await this.screen.drawn()
    if (this.agent.exit) throw new Refused('ended')
    if (seen && !looksAs(this.look(), seen)) throw new Refused('screenChanged')
    this.agent.write(text)
  }

  /** Seen by whoever comes after a stop that was interrupted: what is left of the session is not to be kept. */
  async prepareStop(): Promise<Answers['stop']> {
    this.#record = {...this.#record, stopping: true}
    await this.save()
    const {marker} = this.#record
    return {roots: this.agent.exit ? [] : [this.agent.pid], ...(marker !== undefined && {marker})}
  }

  /** Writes the record, one version after the other. Before the commit it is the starter's, and stays as it is. */
  save(): Promise<void> {
    const save = async () => {
      if (this.#committed) await writeRecord(this.#birth.directory, this.#record)
    }
    this.#saved = this.#saved.then(save, save)
    return this.#saved
  }

  /** Resolves when nothing of the record is being written any more, whether it could be or not. */
  async saved(): Promise<void> {
    await Promise.allSettled([this.#saved])
  }

  #draw(text: string): void {
    this.#lastActivityAt = Date.now()
    void this.screen.write(text).then(() => {
      // A program that writes faster than its screen is drawn has to wait.
      if (!this.screen.isBehind) this.agent.resume()
      this.viewers.changed()
    })
    if (this.screen.isBehind) this.agent.pause()
  }

  #resize(size: Size): void {
    const {columns, rows} = this.screen.size
    if (columns === size.columns && rows === size.rows) return
    this.screen.resize(size)
    this.agent.resize(size)
  }

  async #ended(exit: Exit): Promise<void> {
    await this.screen.drawn()
    this.#record = {...this.#record, exit, screen: this.screen.lines()}
    this.viewers.changed()
    try {
      await this.save()
    } catch (error) {
      // The record is for those who come after this process, which knows it all as long as it lives.
      if (!hasCode(error, 'UNWRITABLE')) throw error
    }
  }
}
