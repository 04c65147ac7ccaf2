import {GtError} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'

export default class Deacon extends GtCommand {
  static override summary = 'Manage the Deacon, the watchdog of a town.'
  static override description =
    'The Deacon watches over the Witnesses of all rigs of a town, as a Witness watches over the workers of one rig. There is one per town. In addresses, "deacon" means this agent.'

  async run(): Promise<never> {
    await this.parse(Deacon)
    throw new GtError('requires a subcommand', {
      code: 'SUBCOMMAND_REQUIRED',
      hint: "\nRun 'gt deacon --help' for usage",
    })
  }
}
