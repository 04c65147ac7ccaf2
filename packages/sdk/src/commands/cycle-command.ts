import {Flags} from '@oclif/core'
import {parseDuration} from '../duration.js'
import {usageError} from '../errors.js'
import {RoleCommand} from './role-command.js'

const MIN_INTERVAL_MS = 100

/**
 * The flags of a command that runs cycles.
 *
 * @param defaultInterval the default interval, as shown in help
 */
export function cycleFlags(defaultInterval: string) {
  return {
    once: Flags.boolean({description: 'Run one cycle only'}),
    interval: Flags.custom<number>({
      description: 'Time from one cycle to the next, e.g. 30s or 2m',
      defaultHelp: async () => defaultInterval,
      parse: async (text) => parseInterval(text),
    })(),
    'dry-run': Flags.boolean({description: 'Print what one cycle would do, without changing anything'}),
  }
}

function parseInterval(text: string): number {
  const ms = parseDuration(text)
  if (ms >= MIN_INTERVAL_MS) return ms
  throw usageError(`the shortest interval is ${MIN_INTERVAL_MS}ms`)
}

/** The work of a watchdog, and how to show its reports. */
interface Cycles<Report> {
  flags: {once: boolean; 'dry-run': boolean}
  /** One cycle that changes nothing. */
  dryRun: (signal: AbortSignal) => Promise<Report>
  /** Runs one cycle, or cycles until the signal is aborted. Returns their number. */
  run: (report: (report: Report) => void, signal: AbortSignal) => Promise<number>
  text: (report: Report) => string
  json: (report: Report) => Record<string, unknown>
  /** Additional keys of the final JSON document. */
  subject?: Record<string, unknown>
}

/** A command that observes, decides and acts, once or repeatedly until interrupted. */
export abstract class CycleCommand extends RoleCommand {
  static override enableJsonFlag = true

  #isLoop = false

  /** Runs cycles as the flags request. Returns the last JSON document. */
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

  /** In a loop, every line is a separate JSON document. */
  protected override logJson(json: unknown): void {
    if (this.#isLoop) process.stdout.write(`${JSON.stringify(json)}\n`)
    else super.logJson(json)
  }
}
