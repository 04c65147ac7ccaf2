import {Flags} from '@oclif/core'
import {polecatNamed} from '../../name.js'
import {addressArgument, PolecatCommand} from '../../polecat-command.js'
import {restoreWorker} from '../../removed.js'
import {removedView} from '../../removed-view.js'

export default class PolecatRestore extends PolecatCommand {
  static override summary = 'Bring back the sandbox of a polecat that was removed.'
  static override description =
    `All of it comes back as it was, with its branch and its task: the sandbox that was put away last, or the one of
--id. Where the name is taken by now, give it another one with --as. Its agent is started by: gt polecat spawn.`
  static override examples = [
    'gt polecat restore greenplace/nux',
    'gt polecat restore greenplace/nux --id nux-1a2b3c --as slit',
  ]
  static override args = {address: addressArgument}
  static override flags = {
    id: Flags.string({description: 'Which one, as gt polecat list --removed shows it'}),
    as: Flags.string({description: 'The name that it gets, instead of its own'}),
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
