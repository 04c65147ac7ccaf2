import {Flags} from '@oclif/core'
import {parseDuration} from '../duration.js'
import {usageError} from '../errors.js'
import {RoleCommand} from './role-command.js'

const SHORTEST_INTERVAL_MS = 100

/**
 * The flags of a command that runs cycles.
 *
 * @param defaultInterval the interval where none is given, as help shows it
 */
export function cycleFlags(defaultInterval: string) {
  return {
    once: Flags.boolean({description: 'One cycle only'}),
    interval: Flags.custom<number>({
      description: 'Time from one cycle to the next, e.g. 30s or 2m',
      defaultHelp: async () => defaultInterval,
      parse: async (text) => parseInterval(text),
    })(),
    'dry-run': Flags.boolean({description: 'Print what one cycle would do, and change nothing'}),
  }
}

function parseInterval(text: string): number {
  const ms = parseDuration(text)
  if (ms >= SHORTEST_INTERVAL_MS) return ms
  throw usageError(`the shortest interval is ${SHORTEST_INTERVAL_MS}ms`)
}

/** What a watchdog does, and how its reports are shown. */
interface Cycles<Report> {
  flags: {once: boolean; 'dry-run': boolean}
  /** One cycle that changes nothing. */
  dryRun: (signal: AbortSignal) => Promise<Report>
  /** One cycle, or cycles until the signal ends them; returns how many. */
  run: (report: (report: Report) => void, signal: AbortSignal) => Promise<number>
  text: (report: Report) => string
  json: (report: Report) => Record<string, unknown>
  /** Keys of the document that tells the end of the cycles. */
  subject?: Record<string, unknown>
}

/** A command that looks, decides and acts, once or again and again until it is interrupted. */
export abstract class CycleCommand extends RoleCommand {
  static override enableJsonFlag = true

  #isLoop = false

  /** Runs the cycles that the flags ask for. Returns what `--json` prints last. */
  protected async runCycles<Report>(cycles: Cycles<Report>): Promise<Record<string, unknown>> {
    const {flags, dryRun, text, json, subject} = cycles
    if (flags['dry-run']) {
      const report = await this.interruptible(dryRun)
      this.say(text(report))
      return json(report)
    }
    this.#isLoop = !flags.once
    let last: Record<string, unknown> = {}
    const show = (report: Report) => {
      this.say(text(report))
      last = json(report)
      if (this.#isLoop && this.jsonEnabled()) this.logJson(last)
    }
    const count = await this.interruptible((signal) => cycles.run(show, signal))
    return this.#isLoop ? {outcome: 'ended', ...subject, cycles: count} : last
  }

  /** In a loop every line is a document of its own. */
  protected override logJson(json: unknown): void {
    if (this.#isLoop) process.stdout.write(`${JSON.stringify(json)}\n`)
    else super.logJson(json)
  }
}
