import {GtError} from '@gtown/sdk'
import {addressOfWorker} from '@gtown/workers'
import {inspectWorker} from '../../inspect.js'
import {addressArgument, PolecatCommand} from '../../polecat-command.js'
import {polecatRole} from '../../role.js'

export default class PolecatAttach extends PolecatCommand {
  static override summary = 'Attach to the session of a polecat.'
  static override description =
    'Shows the session in this terminal until you detach. Fails if it does not run.'
  static override examples = ['gt polecat attach greenplace/nux']
  static override args = {address: addressArgument}

  async run(): Promise<unknown> {
    const {args} = await this.parse(PolecatAttach)
    const {host, warn} = await this.services()
    const ref = await this.polecat(host, args.address)
    const role = polecatRole()
    const {status} = await inspectWorker(host, ref, warn)
    if (!status.session) {
      throw new GtError(`polecat ${addressOfWorker(ref)} does not run`, {
        code: 'NOT_RUNNING',
        hint: `Start it with: gt polecat spawn ${ref.rig.name} ${ref.name}`,
      })
    }
    await host.sessions.checkAttach(role, ref)
    await host.sessions.attach(role, ref)
    return {outcome: 'detached', session: status.sessionName}
  }
}
