import {CycleCommand, cycleFlags} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'
import {findRig, patrolServices} from '../../host/patrol.js'
import {cycleJson, cycleText} from '../../render/patrol.js'

export default class WitnessPatrol extends CycleCommand {
  static override summary = "Patrol a rig's workers, without any AI."
  static override description =
    'Checks every worker of the rig, decides from the facts what it needs, and does it. Nudges a stalled worker and restarts a crashed one. Removes the sandbox of finished work once everything in it is certainly stored elsewhere. Tells a person what needs one. Runs until it is interrupted. The first cycle only looks.'
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
  static override flags = cycleFlags('from the settings, else 30s')

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
