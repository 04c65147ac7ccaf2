import {addressArgument, PolecatCommand} from '../../polecat-command.js'
import {removeWorker} from '../../remove.js'
import {polecatView} from '../../view.js'

export default class PolecatNuke extends PolecatCommand {
  static override summary = 'Remove a polecat: end its session and put its sandbox away.'
  static override description =
    `Moves the whole sandbox out of the way, with its branch. Nothing of it is deleted: gt polecat restore brings it back.
Names the work that may exist only there. Leaves the sandbox as it is if something is mounted in it, if its worktree is
locked, or if other processes run in it.`
  static override examples = ['gt polecat nuke greenplace/nux']
  static override args = {address: addressArgument}

  async run(): Promise<unknown> {
    const {args} = await this.parse(PolecatNuke)
    const services = await this.services()
    const ref = await this.polecat(services.host, args.address)
    const removed = await removeWorker(services, ref)
    return this.show(services.host, (style) => polecatView.removed(ref, removed, style))
  }
}
