import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'

export default class WitnessPause extends GtCommand {
  static override summary = "Let a rig's patrol look, but not act."
  static override description =
    'From its next cycle on, the patrol of the rig only looks, until gt witness resume. A running patrol keeps running. Pausing again replaces the reason.'
  static override examples = ['gt witness pause greenplace --reason "moving the origin"']
  static override args = {
    rig: Args.string({description: 'Name of the rig', required: true, ignoreStdin: true}),
  }
  static override flags = {
    reason: Flags.string({description: 'The reason, shown by gt witness why', default: ''}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(WitnessPause)
    const {pause} = await import('@gtown/sdk/watchdog')
    const {pauseFile} = await import('../../patrol/pause.js')
    const host = await hostOf(this.config)
    const {rig} = await host.find(args.rig)
    const by = host.place().env.BD_ACTOR || host.place().env.USER || 'unknown'
    const {reason, paused_at} = await pause(pauseFile(rig.path), {reason: flags.reason, by})
    this.say(`Patrol of ${rig.name} paused${reason && `: ${reason}`}`)
    return {outcome: 'paused', rig_name: rig.name, reason, paused_at, paused_by: by}
  }
}
