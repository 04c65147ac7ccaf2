import {attachCommand} from '@gtown/sdk/commands'
import {deacon} from '../../role.js'
import {deaconView} from '../../view.js'

export default class DeaconAttach extends attachCommand(deacon, deaconView) {
  static override aliases = ['deacon:at']
  static override summary = 'Attach to the Deacon session.'
  static override description = 'Shows the session in this terminal. Starts it first if it does not run.'
  static override examples = ['gt deacon attach']
}
