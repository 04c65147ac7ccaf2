import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'
import {nudgeExitCodes, receiptJson, receiptText} from '../../render/nudge.js'

export default class NudgeReceipt extends GtCommand {
  static override summary = 'Show the outcome of a nudge.'
  static override description = 'Exits as gt nudge does: 0 delivered, 3 queued, 4 expired, 1 failed.'
  static override examples = ['gt nudge receipt 0mi8z1a2b-5f3e9c0d1a2b']
  static override args = {
    id: Args.string({description: 'The id that gt nudge printed', required: true, ignoreStdin: true}),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(NudgeReceipt)
    const receipt = await (await hostOf(this.config)).nudges.receipt(args.id)
    process.exitCode = nudgeExitCodes[receipt.state]
    this.say(receiptText(receipt))
    return receiptJson(receipt)
  }
}
