import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import type {Birth, BirthReply} from './birth.js'
import {unavailable} from './errors.js'
import {INFRA_MARKER} from './run-outside.js'

/** The built program, from the source as well. */
const PROGRAM = fileURLToPath(new URL('../dist/shim/main.js', import.meta.url))

/** Another program, and other times, than those that every shim has. */
export interface ShimOptions {
  program?: string
  /** Milliseconds within which it makes the session. */
  birthMs?: number
  /** Milliseconds within which it ends by itself. */
  endMs?: number
}

/** A shim that is being started. As long as its starter has not committed it, it ends with its starter. */
export class ShimProcess {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #birthMs: number
  readonly #endMs: number

  constructor(env: NodeJS.ProcessEnv, {program = PROGRAM, birthMs = 20_000, endMs = 5000}: ShimOptions = {}) {
    this.#birthMs = birthMs
    this.#endMs = endMs
    // What somebody debugs gt with is not for a process that outlives it.
    const {NODE_OPTIONS: _, ...inherited} = env
    this.#child = spawn(process.execPath, [program], {
      cwd: '/',
      // Set, not just unset: a session's killer must never take it for one of the session that gt runs in.
      env: {...inherited, GT_SESSION_ID: INFRA_MARKER},
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#ended = once(this.#child, 'exit').catch((error: unknown) => error)
    this.#child.stdin?.on('error', () => {
      // It has ended, and that is what everybody here waits for or is told.
    })
  }

  /** Hands over what the session is made of, and returns what was made. */
  async bear(birth: Birth, signal?: AbortSignal): Promise<Exclude<BirthReply, {failure: string}>> {
    this.#child.stdin?.write(`${JSON.stringify(birth)}\n`)
    const reply = JSON.parse(await this.#firstLine(signal)) as BirthReply
    if ('failure' in reply)
      throw unavailable(`session '${birth.record.name}' cannot be held: ${reply.failure}`)
    return reply
  }

  /** Lets go of a shim whose session is on record: it goes on by itself. */
  release(): void {
    this.#child.stdin?.end()
    this.#child.stdout?.destroy()
    this.#child.unref()
  }

  /** Ends a shim that was not committed, with the first process if there is one. */
  async end(): Promise<void> {
    this.#child.stdin?.destroy()
    const inTime = await Promise.race([this.#ended.then(() => true), sleep(this.#endMs, false, {ref: false})])
    if (!inTime) this.#child.kill('SIGKILL')
    await this.#ended
    this.#child.stdout?.destroy()
  }

  #firstLine(signal: AbortSignal | undefined): Promise<string> {
    return new Promise((resolve, reject) => {
      const silent = () => reject(unavailable(`no session was made within ${this.#birthMs} ms`))
      const timer = setTimeout(silent, this.#birthMs)
      signal?.addEventListener('abort', () => reject(signal.reason), {once: true})
      let text = ''
      this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        if (!text.includes('\n')) return
        clearTimeout(timer)
        resolve(text)
      })
      void this.#ended.then((how) => {
        clearTimeout(timer)
        reject(unavailable(`the process that holds sessions ended at once: ${how}`))
      })
    })
  }
}
