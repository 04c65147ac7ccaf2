import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'

export default class NudgeDeliver extends GtCommand {
  static override hidden = true
  static override summary = 'Deliver the nudges that wait for an agent, and end when none does.'
  static override description = 'gt nudge starts this in the background for what it leaves queued.'
  static override args = {
    address: Args.string({description: 'As for gt nudge', required: true, ignoreStdin: true}),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(NudgeDeliver)
    await (await hostOf(this.config)).nudges.deliver(args.address)
    return {}
  }
}
