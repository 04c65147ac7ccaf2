import {Args, Flags} from '@oclif/core'
import {listWorkers} from '../../inspect.js'
import {keptUntil} from '../../keep.js'
import {PolecatCommand} from '../../polecat-command.js'
import {removedOf} from '../../removed.js'
import {removedView} from '../../removed-view.js'
import {polecatView} from '../../view.js'

export default class PolecatList extends PolecatCommand {
  static override summary = 'List the polecats of a rig.'
  static override description = 'Shows for each polecat whether it runs, its branch, and its task.'
  static override examples = [
    'gt polecat list greenplace',
    'gt polecat list greenplace --json',
    'gt polecat list greenplace --removed',
  ]
  static override args = {
    rig: Args.string({
      description: 'Name of the rig; inferred from the current directory when absent',
      ignoreStdin: true,
    }),
  }

  static override flags = {
    removed: Flags.boolean({description: 'List the removed polecats that can be restored, instead'}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(PolecatList)
    const services = await this.services()
    const {host, warn} = services
    const rig = await host.find(args.rig)
    if (flags.removed) {
      const [{sandboxes}, until] = [await removedOf(services, rig), await keptUntil(services, rig)]
      return this.show(host, (style) => removedView.list(rig.rig.name, sandboxes, {until, style}))
    }
    const workers = await listWorkers(host, rig, warn)
    return this.show(host, (style) => polecatView.list(rig.rig.name, workers, style))
  }
}
