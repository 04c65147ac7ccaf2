import {inspectWorker} from '../../inspect.js'
import {addressArgument, PolecatCommand} from '../../polecat-command.js'
import {polecatView} from '../../view.js'

export default class PolecatStatus extends PolecatCommand {
  static override summary = 'Check the status of a polecat.'
  static override description = 'Shows its session, its sandbox, and its task in full.'
  static override examples = ['gt polecat status greenplace/nux', 'gt polecat status greenplace/nux --json']
  static override args = {address: addressArgument}

  async run(): Promise<unknown> {
    const {args} = await this.parse(PolecatStatus)
    const {host, warn} = await this.services()
    const facts = await inspectWorker(host, await this.polecat(host, args.address), warn)
    return this.show(host, (style) => polecatView.status(facts, style))
  }
}
