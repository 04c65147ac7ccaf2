import {Args} from '@oclif/core'
import {listWorkers} from '../../inspect.js'
import {PolecatCommand} from '../../polecat-command.js'
import {polecatView} from '../../view.js'

export default class PolecatList extends PolecatCommand {
  static override summary = 'List the polecats of a rig.'
  static override description = 'Shows for each polecat whether it runs, its branch, and its task.'
  static override examples = ['gt polecat list greenplace', 'gt polecat list greenplace --json']
  static override args = {
    rig: Args.string({
      description: 'Name of the rig; inferred from the current directory when absent',
      ignoreStdin: true,
    }),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(PolecatList)
    const {host, warn} = await this.services()
    const rig = await host.find(args.rig)
    const workers = await listWorkers(host, rig, warn)
    return this.show(host, (style) => polecatView.list(rig.rig.name, workers, style))
  }
}
