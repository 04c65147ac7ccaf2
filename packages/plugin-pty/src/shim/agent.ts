import {constants} from 'node:os'
import {basename} from 'node:path'
import type {Exit} from '@gtown/sdk'
import {type IPty, spawn} from '@lydell/node-pty'
import type {Birth} from '../birth.js'
import type {Size} from '../protocol.js'

interface Listeners {
  onOutput(text: string): void
  /** Called once all output has been read. */
  onExit(exit: Exit): void
}

/** The library's TERM for an environment without one. */
const TERM = 'xterm-256color'

/** The first process of the session, and its terminal. */
export class Agent {
  readonly #pty: IPty
  #exit: Exit | undefined

  constructor(birth: Birth, {columns, rows}: Size, {onOutput, onExit}: Listeners) {
    const [file, ...args] = commandLine(birth)
    const {env, cwd} = birth
    this.#pty = spawn(file, args, {cols: columns, rows, cwd, env, name: env.TERM || TERM})
    this.#pty.onData(onOutput)
    this.#pty.onExit(({exitCode, signal}) => {
      this.#exit = signal ? {signal: signalName(signal)} : {code: exitCode}
      onExit(this.#exit)
    })
  }

  get pid(): number {
    return this.#pty.pid
  }

  /** How it ended; undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit
  }

  /** The descriptor of its terminal. */
  get descriptor(): number {
    return (this.#pty as IPty & {fd: number}).fd
  }

  /** Name of the foreground process; empty when the agent has ended. */
  get command(): string {
    return this.#exit ? '' : basename(this.#pty.process)
  }

  write(text: string): void {
    if (!this.#exit) this.#pty.write(text)
  }

  resize({columns, rows}: Size): void {
    if (this.#exit) return
    try {
      this.#pty.resize(columns, rows)
    } catch (error) {
      // Its terminal is already closed; `onExit` follows.
      if (!(error instanceof Error && error.message.startsWith('ioctl'))) throw error
    }
  }

  /** Stops reading its output until `resume`. */
  pause(): void {
    this.#pty.pause()
  }

  resume(): void {
    this.#pty.resume()
  }

  kill(): void {
    if (!this.#exit) this.#pty.kill('SIGKILL')
  }
}

/** The library overwrites TERM and PWD. env(1) corrects them and then becomes the program. */
function commandLine({command, cwd, env}: Birth): readonly [string, ...string[]] {
  const wrong = Object.entries({TERM: env.TERM || TERM, PWD: cwd}).filter(
    ([name, value]) => env[name] !== value,
  )
  if (wrong.length === 0) return command
  const names = wrong.map(([name]) => name)
  const unset = names.flatMap((name) => (env[name] === undefined ? ['-u', name] : []))
  const set = names.flatMap((name) => (env[name] === undefined ? [] : [`${name}=${env[name]}`]))
  return ['/usr/bin/env', ...unset, ...set, ...command]
}

function signalName(signal: number): string {
  return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0] ?? `SIG${signal}`
}
