import {Command, type Config, type Interfaces} from '@oclif/core'
import {errorToJson, errorToText} from './error-output.js'
import {interruptible, whileRead} from './interrupt.js'
import {toUsageError} from './usage-errors.js'

/**
 * What every command of gt and its plugins is made from: `--json` prints what `run` returns, or the error, and
 * nothing else on stdout. An error is always one sentence on stderr too.
 */
export abstract class GtCommand extends Command {
  static override enableJsonFlag = true

  constructor(argv: string[], config: Config) {
    super(argv, config)
    this.argv = withoutBooleanValues(argv, this.ctor.flags ?? {})
  }

  protected override async init(): Promise<void> {
    const {debug} = this
    // oclif writes the whole command line to the debug log here, and with it the values of --env.
    this.debug = () => {}
    await super.init()
    this.debug = debug
  }

  /** One or more lines on stdout; nothing under `--json`. */
  protected say(text: string): void {
    if (!this.jsonEnabled()) process.stdout.write(`${text}\n`)
  }

  /** One line on stderr, under `--json` too. */
  override warn(input: string | Error): string | Error {
    process.stderr.write(`warning: ${typeof input === 'string' ? input : input.message}\n`)
    return input
  }

  /** Runs work that the user may interrupt; see `interruptible`. */
  protected interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return interruptible(work)
  }

  /** Runs work that the user ends, or who reads its output; see `whileRead`. */
  protected whileRead<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return whileRead(work)
  }

  /** The arguments that a usage error counts. */
  protected countedArguments(): Interfaces.ArgInput {
    return this.ctor.args
  }

  protected override async catch(error: Error): Promise<unknown> {
    const shown = toUsageError(error, {id: this.id ?? '', args: this.countedArguments()}) as Error
    // Without --json the launcher shows it.
    if (this.jsonEnabled()) process.stderr.write(errorToText(shown))
    return super.catch(shown)
  }

  /** Two-space indent and no colours on a terminal either: what a script sees is what a person sees. */
  protected override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`)
  }

  protected override toErrorJson(error: unknown): unknown {
    return errorToJson(error)
  }
}

/** `--json=true` and `--foreground=false`, which the original accepts, in the form that oclif's parser accepts. */
function withoutBooleanValues(argv: string[], flags: Interfaces.FlagInput): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  return argv.flatMap((word, index) => {
    const [, name = '', value] = /^--(\w+)=(true|false)$/.exec(word) ?? []
    if (index > end || (name !== 'json' && flags[name]?.type !== 'boolean')) return [word]
    return value === 'true' ? [`--${name}`] : []
  })
}
