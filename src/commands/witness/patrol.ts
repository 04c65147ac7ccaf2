import {parseDuration, usageError} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {findRig, patrolServices} from '../../host/patrol.js'
import {cycleJson, cycleText} from '../../render/patrol.js'

export default class WitnessPatrol extends GtCommand {
  static override summary = "Patrol a rig's workers, without any AI."
  static override description =
    'Looks at every worker of the rig, decides from the facts what it needs, and does it: a stalled one is nudged, a crashed one restarted, the sandbox of finished work removed once everything in it is certainly somewhere else; what needs a person is told to one. Goes on until it is interrupted. The first cycle only looks.'
  static override examples = [
    'gt witness patrol greenplace',
    'gt witness patrol greenplace --once --dry-run',
    'gt witness patrol greenplace --interval 1m --json',
  ]
  static override args = {
    rig: Args.string({
      description: 'Name of the rig; inferred from the current directory when absent',
      ignoreStdin: true,
    }),
  }
  static override flags = {
    once: Flags.boolean({description: 'One cycle only'}),
    interval: Flags.custom<number>({
      description: 'Time from one cycle to the next, e.g. 30s or 2m',
      defaultHelp: async () => 'as in the settings, 30s',
      parse: async (text) => parseInterval(text),
    })(),
    'dry-run': Flags.boolean({description: 'Print what one cycle would do, and change nothing'}),
  }

  #isLoop = false

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(WitnessPatrol)
    const {runCycle, openPatrol} = await import('../../patrol/cycle.js')
    const services = await patrolServices(this.config)
    const ref = await findRig(this.config, args.rig)
    if (flags['dry-run']) {
      const report = await this.interruptible((signal) =>
        runCycle(openPatrol(services, ref), {dryRun: true, signal}),
      )
      this.say(cycleText(report))
      return cycleJson(report)
    }
    const {patrolRig} = await import('../../patrol/loop.js')
    this.#isLoop = !flags.once
    let last: Record<string, unknown> = {}
    const cycles = await this.interruptible((signal) =>
      patrolRig(
        {services, ref},
        {
          intervalMs: flags.interval,
          once: flags.once,
          signal,
          tell: (report) => {
            this.say(cycleText(report))
            last = cycleJson(report)
            if (this.#isLoop && this.jsonEnabled()) this.logJson(last)
          },
        },
      ),
    )
    return this.#isLoop ? {outcome: 'ended', rig_name: ref.rig.name, cycles} : last
  }

  /** Of a patrol that goes on, every line is a document of its own. */
  protected override logJson(json: unknown): void {
    if (this.#isLoop) process.stdout.write(`${JSON.stringify(json)}\n`)
    else super.logJson(json)
  }
}

function parseInterval(text: string): number {
  const ms = parseDuration(text)
  if (ms >= 100) return ms
  throw usageError('the shortest interval is 100ms')
}
