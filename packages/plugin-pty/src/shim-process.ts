import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {INFRA_MARKER} from '@gtown/sdk'
import {parseJson} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import type {Birth, BirthReply} from './birth.js'
import {unavailable} from './errors.js'

/** The built program, even when this file runs from source. */
const PROGRAM = fileURLToPath(new URL('../dist/shim/main.js', import.meta.url))

const replyFormat: v.GenericSchema<unknown, BirthReply> = v.union([
  v.objectOf({failure: v.text}),
  v.objectOf({owner: v.text, agent: v.text, pid: v.count}),
])

/** Overrides the program and the times of a shim. */
export interface ShimOptions {
  program?: string
  /** Milliseconds within which it must create the session. */
  birthMs?: number
  /** Milliseconds to end by itself before it is killed. */
  endMs?: number
}

/** A shim that is being started. Until its starter has committed the session, the shim ends with its starter. */
export class ShimProcess {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #birthMs: number
  readonly #endMs: number

  constructor(env: NodeJS.ProcessEnv, {program = PROGRAM, birthMs = 20_000, endMs = 5000}: ShimOptions = {}) {
    this.#birthMs = birthMs
    this.#endMs = endMs
    // Debugging options of this process are not for one that outlives it.
    const {NODE_OPTIONS: _, ...inherited} = env
    this.#child = spawn(process.execPath, [program], {
      cwd: '/',
      // Set, not just unset: otherwise ending the session in which gt runs could end this shim.
      env: {...inherited, GT_SESSION_ID: INFRA_MARKER},
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#ended = once(this.#child, 'exit').catch((error: unknown) => error)
    this.#child.stdin?.on('error', () => {
      // The shim has ended; `#ended` reports that.
    })
  }

  /** Makes the shim create the session, and returns the pid and stamps of what it created. */
  async createSession(birth: Birth, signal?: AbortSignal): Promise<Exclude<BirthReply, {failure: string}>> {
    this.#child.stdin?.write(`${JSON.stringify(birth)}\n`)
    const {success, output: reply} = v.safeParse(replyFormat, parseJson(await this.#firstLine(signal)))
    const answer = success ? reply : {failure: 'invalid answer'}
    if ('failure' in answer)
      throw unavailable(`session '${birth.record.name}' cannot be held: ${answer.failure}`)
    return answer
  }

  /** Releases a shim whose session is on record, so that it lives on by itself. */
  release(): void {
    this.#child.stdin?.end()
    this.#child.stdout?.destroy()
    this.#child.unref()
  }

  /** Ends an uncommitted shim, together with its session's first process. */
  async end(): Promise<void> {
    this.#child.stdin?.destroy()
    const inTime = await Promise.race([this.#ended.then(() => true), sleep(this.#endMs, false, {ref: false})])
    if (!inTime) this.#child.kill('SIGKILL')
    await this.#ended
    this.#child.stdout?.destroy()
  }

  #firstLine(signal: AbortSignal | undefined): Promise<string> {
    return new Promise((resolve, reject) => {
      const silent = () => reject(unavailable(`no session was created within ${this.#birthMs} ms`))
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
