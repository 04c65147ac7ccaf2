import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'
import {configJson, configText} from '../../render/patrol.js'

export default class WitnessConfig extends GtCommand {
  static override summary = "Show the thresholds of a rig's patrol, and where each comes from."
  static override description =
    'Thresholds come from the object "patrol" in settings/config.json of the rig or its town; the rig overrides the town. The object "escalate" in the same files says whom to tell about incidents.'
  static override examples = ['gt witness config greenplace', 'gt witness config greenplace --json']
  static override args = {
    rig: Args.string({description: 'Name of the rig', required: true, ignoreStdin: true}),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(WitnessConfig)
    const {readPatrolSettings} = await import('../../patrol/settings/settings.js')
    const host = await hostOf(this.config)
    const {rig} = await host.find(args.rig)
    const {thresholds, escalation} = await readPatrolSettings(rig)
    this.say(configText(thresholds, escalation))
    return {rig_name: rig.name, ...configJson(thresholds, escalation)}
  }
}
