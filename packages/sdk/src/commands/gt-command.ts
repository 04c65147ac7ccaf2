import {Command, type Config, type Interfaces} from '@oclif/core'
import {GtError} from '../errors.js'
import {errorToJson, errorToText} from './error-output.js'
import {interruptible, whileRead} from './interrupt.js'
import {toUsageError} from './usage-errors.js'

/** A question that the user answers with yes or no. */
export interface Question {
  question: string
  /** The sentence of the error if the answer is no, or if nobody can be asked. */
  refusal: string
  /** What was left as it is. */
  hint: string
}

/**
 * Base class of every command of gt and its plugins. With `--json`, stdout has only what `run` returns, or the error.
 * An error is always shown on stderr too.
 */
export abstract class GtCommand extends Command {
  static override enableJsonFlag = true

  constructor(argv: string[], config: Config) {
    super(argv, config)
    this.argv = withoutBooleanValues(argv, this.ctor.flags ?? {})
  }

  protected override async init(): Promise<void> {
    const {debug} = this
    // oclif logs the whole command line here, including the values of --env.
    this.debug = () => {}
    await super.init()
    this.debug = debug
  }

  /** Prints one or more lines to stdout; nothing with `--json`. */
  protected say(text: string): void {
    if (!this.jsonEnabled()) process.stdout.write(`${text}\n`)
  }

  /** Prints one line to stderr, also with `--json`. */
  override warn(input: string | Error): string | Error {
    process.stderr.write(`warning: ${typeof input === 'string' ? input : input.message}\n`)
    return input
  }

  /**
   * Asks the user before something that is not undone easily; the command must have a flag `--yes`. Rejects with
   * `NOT_CONFIRMED` after a no. Rejects without asking if there is no terminal, and with `--json`.
   */
  protected async confirm({question, refusal, hint}: Question): Promise<void> {
    const mayAsk = process.stdin.isTTY && process.stderr.isTTY && !this.jsonEnabled()
    if (mayAsk && (await (await import('./ask.js')).askYesNo(question))) return
    const way = mayAsk ? undefined : `To do it all the same, add --yes.`
    throw new GtError(refusal, {
      code: 'NOT_CONFIRMED',
      hint: [hint, way].filter((line) => line !== undefined).join('\n'),
    })
  }

  /** Runs work that the user can interrupt; see `interruptible`. */
  protected interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return interruptible(work)
  }

  /** Runs work until the user or the reader of its output ends it; see `whileRead`. */
  protected whileRead<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return whileRead(work)
  }

  /** The arguments that a usage error refers to. */
  protected countedArguments(): Interfaces.ArgInput {
    return this.ctor.args
  }

  protected override async catch(error: Error): Promise<unknown> {
    const shown = toUsageError(error, {id: this.id ?? '', args: this.countedArguments()}) as Error
    // Without --json, the launcher shows the error.
    if (this.jsonEnabled()) process.stderr.write(errorToText(shown))
    return super.catch(shown)
  }

  /** Two-space indent and no colours, even on a terminal, so that people and scripts see the same. */
  protected override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`)
  }

  protected override toErrorJson(error: unknown): unknown {
    return errorToJson(error)
  }
}

/**
 * Rewrites `--json=true` and `--foreground=false`, which the original accepts, into a form that oclif's parser
 * accepts.
 */
function withoutBooleanValues(argv: string[], flags: Interfaces.FlagInput): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  return argv.flatMap((word, index) => {
    const [, name = '', value] = /^--(\w+)=(true|false)$/.exec(word) ?? []
    if (index > end || (name !== 'json' && flags[name]?.type !== 'boolean')) return [word]
    return value === 'true' ? [`--${name}`] : []
  })
}
