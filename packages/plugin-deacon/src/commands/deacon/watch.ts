import {type Host, parseDuration, usageError} from '@gtown/sdk'
import {RoleCommand} from '@gtown/sdk/commands'
import {Flags} from '@oclif/core'
import {deacon} from '../../role.js'
import {runCycle} from '../../watch/cycle.js'
import {watchTown} from '../../watch/loop.js'
import {cycleJson, cycleText} from '../../watch/view.js'
import {openWatch, type Watch} from '../../watch/watch.js'
import {duration, WATCHING} from '../../words.js'

const DEFAULT_INTERVAL_MS = 30_000
const SHORTEST_INTERVAL_MS = 100

export default class DeaconWatch extends RoleCommand {
  static override summary = "Watch over the town's witnesses, without any AI."
  static override description =
    'Looks at the witness of every rig. One that should run is restarted when its session or its process is gone or frozen, or when its patrol has not come to the end of a cycle for five intervals. Restarts back off, from 30 seconds to ten minutes; after five a person is told. What was stopped on purpose, a paused rig and every other agent is left alone. Goes on until it is interrupted.'
  static override examples = [
    'gt deacon watch',
    'gt deacon watch --once --dry-run',
    'gt deacon watch --interval 1m --json',
    'gt deacon start --agent watch',
  ]
  static override flags = {
    once: Flags.boolean({description: 'One cycle only'}),
    interval: Flags.custom<number>({
      description: 'Time from one cycle to the next, e.g. 30s or 2m',
      defaultHelp: async () => '30s',
      parse: async (text) => parseInterval(text),
    })(),
    'dry-run': Flags.boolean({description: 'Print what one cycle would do, and change nothing'}),
  }

  #isLoop = false

  async run(): Promise<unknown> {
    const {flags} = await this.parse(DeaconWatch)
    const host: Host = await this.host()
    const {town} = await this.bearer(host, deacon)
    const watch = await openWatch(host, town, (message) => this.warn(message))
    if (flags['dry-run']) {
      const report = await this.interruptible((signal) => runCycle(watch, {dryRun: true, signal}))
      this.say(cycleText(report))
      return cycleJson(report)
    }
    return await this.#watch(watch, {intervalMs: flags.interval ?? DEFAULT_INTERVAL_MS, once: flags.once})
  }

  async #watch(watch: Watch, {intervalMs, once}: {intervalMs: number; once: boolean}): Promise<unknown> {
    this.#isLoop = !once
    let last: Record<string, unknown> = {}
    const cycles = await this.interruptible((signal) =>
      watchTown(watch, {
        intervalMs,
        once,
        signal,
        begin: () => {
          if (this.#isLoop) this.say(`${WATCHING}over the witnesses, every ${duration(intervalMs)}`)
        },
        tell: (report) => {
          this.say(cycleText(report))
          last = cycleJson(report)
          if (this.#isLoop && this.jsonEnabled()) this.logJson(last)
        },
      }),
    )
    return this.#isLoop ? {outcome: 'ended', cycles} : last
  }

  /** Of a watch that goes on, every line is a document of its own. */
  protected override logJson(json: unknown): void {
    if (this.#isLoop) process.stdout.write(`${JSON.stringify(json)}\n`)
    else super.logJson(json)
  }
}

function parseInterval(text: string): number {
  const ms = parseDuration(text)
  if (ms >= SHORTEST_INTERVAL_MS) return ms
  throw usageError(`the shortest interval is ${SHORTEST_INTERVAL_MS}ms`)
}
