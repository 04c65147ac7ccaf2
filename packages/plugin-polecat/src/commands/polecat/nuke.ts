import {addressArgument, PolecatCommand} from '../../polecat-command.js'
import {removeWorker} from '../../remove.js'
import {polecatView} from '../../view.js'

export default class PolecatNuke extends PolecatCommand {
  static override summary = 'Remove a polecat: its session, its sandbox and its local branch.'
  static override description =
    `Ends the session first. Removes the sandbox only if nothing would be lost: everything is committed, and the
origin confirms that it has the commits. Otherwise the sandbox stays as it is, and the reasons are shown. There is
no way to force it. The branch at the origin stays, and so do its commits in the rig's repository.`
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
