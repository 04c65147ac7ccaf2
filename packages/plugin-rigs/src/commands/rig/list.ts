import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {listRegisteredRigs} from '../../rigs/list-rigs.js'
import {rigTable} from '../../rigs/rig-table.js'

export default class RigList extends GtCommand {
  static override description = 'List the rigs of this town'
  static override examples = ['<%= config.bin %> rig list', '<%= config.bin %> rig list --json']

  async run(): Promise<unknown> {
    await this.parse(RigList)
    const host = await hostOf(this.config)
    const {town, rigs} = await listRegisteredRigs(host.place())
    this.say(rigTable(town, rigs, await host.style()))
    return {rigs}
  }
}
