import {GtError} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'

export default class Witness extends GtCommand {
  static override summary = 'Manage the Witness, the monitoring agent of a rig.'
  static override description =
    "The Witness watches a rig's polecats: it finds and nudges stalled ones, cleans up zombies, and removes the sandboxes of finished work. There is one per rig."

  async run(): Promise<never> {
    await this.parse(Witness)
    throw new GtError('requires a subcommand', {
      code: 'SUBCOMMAND_REQUIRED',
      hint: "\nRun 'gt witness --help' for usage",
    })
  }
}
