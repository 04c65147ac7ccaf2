import {GtCommand} from '@gtown/sdk/commands'
import {exitCodes} from '../../cli/exit-codes.js'

export default class HelpExitCodes extends GtCommand {
  static override summary = 'Show what the exit codes of gt mean.'

  async run(): Promise<unknown> {
    await this.parse(HelpExitCodes)
    for (const {code, meaning} of exitCodes) this.say(`${String(code).padStart(3)}  ${meaning}`)
    return {exit_codes: exitCodes}
  }
}
