import {type Exit, hasCode, type Session, type TerminalView} from '@gtown/sdk'
import {makeStamp} from '@gtown/sdk/files'
import type {Birth} from '../birth.js'
import type {Answers, Size} from '../protocol.js'
import {readPtyRecord, type SessionRecord, writePtyRecord} from '../record.js'
import {Agent} from './agent.js'
import {isSameScreen} from './keys.js'
import {Refused} from './refused.js'
import {Screen} from './screen.js'
import {Viewers} from './viewers.js'

const SIZE: Size = {columns: 80, rows: 24}

/** One session: its first process, its screen, its viewers and its record. */
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
      current: () => ({view: this.view(), modes: this.screen.modes.on}),
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

  /** Stamps of this shim and of the first process, for the record. */
  async stamps(): Promise<{owner: string; agent: string; pid: number}> {
    const {pid} = this.agent
    const [owner, agent] = await Promise.all([makeStamp(), makeStamp(pid)])
    this.#record = {...this.#record, phase: 'running', owner, agent}
    return {owner, agent, pid}
  }

  /** Takes over the record. False when the starter ended before it committed the session. */
  async commit(): Promise<boolean> {
    const {directory, record} = this.#birth
    const found = await readPtyRecord(directory, record.name)
    this.#committed = found?.phase === 'running' && found.id === record.id
    // Changes from before the commit are not on record yet.
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

  view(): TerminalView {
    return this.screen.view(this.agent.command)
  }

  /** Writes to the first process. Rejects when it has ended, or when its screen is no longer as `seen`. */
  async write(text: string, seen: TerminalView | undefined): Promise<void> {
    await this.screen.drawn()
    if (this.agent.exit) throw new Refused('ended')
    if (seen && !isSameScreen(this.view(), seen)) throw new Refused('screenChanged')
    this.agent.write(text)
  }

  /** Marks the session as stopping, so that after an interrupted stop the next command knows to finish it. */
  async prepareStop(): Promise<Answers['stop']> {
    this.#record = {...this.#record, stopping: true}
    await this.save()
    const {marker} = this.#record
    return {roots: this.agent.exit ? [] : [this.agent.pid], ...(marker !== undefined && {marker})}
  }

  /** Writes the record, after any earlier write. Before the commit it writes nothing: the record is the starter's. */
  save(): Promise<void> {
    const save = async () => {
      if (this.#committed) await writePtyRecord(this.#birth.directory, this.#record)
    }
    this.#saved = this.#saved.then(save, save)
    return this.#saved
  }

  /** Resolves when no write of the record is pending, whether the last one succeeded or failed. */
  async saved(): Promise<void> {
    await Promise.allSettled([this.#saved])
  }

  #draw(text: string): void {
    this.#lastActivityAt = Date.now()
    void this.screen.write(text).then(() => {
      // Back pressure for a program that writes faster than the screen is drawn.
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
      // Others need the record only after this process has ended. Until then it answers from memory.
      if (!hasCode(error, 'UNWRITABLE')) throw error
    }
  }
}
