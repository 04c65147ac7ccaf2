import {stopCommand} from '@gtown/sdk/commands'
import {deacon} from '../../role.js'
import {deaconView} from '../../view.js'

export default class DeaconStop extends stopCommand(deacon, deaconView) {
  static override summary = 'Stop the Deacon session.'
  static override description = 'Ends the session and all its processes. Fails if it does not run.'
  static override examples = ['gt deacon stop']
}
