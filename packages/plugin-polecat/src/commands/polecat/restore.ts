import {Flags} from '@oclif/core'
import {polecatNamed} from '../../name.js'
import {addressArgument, PolecatCommand} from '../../polecat-command.js'
import {restoreWorker} from '../../removed.js'
import {removedView} from '../../removed-view.js'

export default class PolecatRestore extends PolecatCommand {
  static override summary = 'Restore the sandbox of a removed polecat.'
  static override description =
    `Restores the whole sandbox, with its branch and its task: the one that was put away last, or the one of --id. If
the name is in use, choose another one with --as. Start its agent with gt polecat spawn.`
  static override examples = [
    'gt polecat restore greenplace/nux',
    'gt polecat restore greenplace/nux --id nux-1a2b3c --as slit',
  ]
  static override args = {address: addressArgument}
  static override flags = {
    id: Flags.string({description: 'Id of the sandbox, from gt polecat list --removed'}),
    as: Flags.string({description: 'New name of the polecat'}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(PolecatRestore)
    const services = await this.services()
    const ref = await this.polecat(services.host, args.address)
    const as = flags.as === undefined ? ref : await polecatNamed(ref, flags.as)
    const restored = await restoreWorker(services, ref, {id: flags.id, as})
    return this.show(services.host, (style) => removedView.restored(as, restored, style))
  }
}
