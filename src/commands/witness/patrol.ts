import {CycleCommand, cycleFlags} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'
import {findRig, patrolServices} from '../../host/patrol.js'
import {cycleJson, cycleText} from '../../render/patrol.js'

export default class WitnessPatrol extends CycleCommand {
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
  static override flags = cycleFlags('as in the settings, 30s')

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(WitnessPatrol)
    const [{runCycle, openPatrol}, {patrolRig}] = await Promise.all([
      import('../../patrol/cycle.js'),
      import('../../patrol/loop.js'),
    ])
    const services = await patrolServices(this.config)
    const ref = await findRig(this.config, args.rig)
    const {interval: intervalMs, once} = flags
    return await this.runCycles({
      flags,
      dryRun: (signal) => runCycle(openPatrol(services, ref), {dryRun: true, signal}),
      run: (tell, signal) => patrolRig({services, ref}, {intervalMs, once, signal, tell}),
      text: cycleText,
      json: cycleJson,
      subject: {rig_name: ref.rig.name},
    })
  }
}
