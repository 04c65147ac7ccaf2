import {addressArgument, PolecatCommand} from '../../polecat-command.js'
import {removeWorker} from '../../remove.js'
import {polecatView} from '../../view.js'

export default class PolecatNuke extends PolecatCommand {
  static override summary = 'Remove a polecat: end its session, and put its sandbox away.'
  static override description =
    `The sandbox is moved out of the way whole, with its branch, and can be brought back: gt
polecat restore. Nothing of it is deleted. What is in it and nowhere else is named. It is refused, and all stays as it
was, where something is mounted in the sandbox, somebody has locked it, or processes of others are at work there.`
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
