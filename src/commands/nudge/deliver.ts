import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'

export default class NudgeDeliver extends GtCommand {
  static override hidden = true
  static override summary = 'Deliver the nudges that wait for an agent, and end when none is left.'
  static override description = 'gt nudge starts this in the background for a text that stays queued.'
  static override args = {
    address: Args.string({
      description: 'The address of the agent, as for gt nudge',
      required: true,
      ignoreStdin: true,
    }),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(NudgeDeliver)
    await (await hostOf(this.config)).nudges.deliver(args.address)
    return {}
  }
}
