import {startCommand} from '@gtown/sdk/commands'
import {deacon} from '../../role.js'
import {deaconView} from '../../view.js'

export default class DeaconStart extends startCommand(deacon, deaconView) {
  static override aliases = ['deacon:spawn']
  static override summary = 'Start the Deacon session.'
  static override description =
    "Starts the configured agent as the town's watchdog, in <town>/deacon. Fails if it already runs."
  static override examples = ['gt deacon start', 'gt deacon start --agent codex']
}
