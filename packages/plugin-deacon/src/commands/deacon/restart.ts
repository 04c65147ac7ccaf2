import {restartCommand} from '@gtown/sdk/commands'
import {deacon} from '../../role.js'
import {deaconView} from '../../view.js'

export default class DeaconRestart extends restartCommand(deacon, deaconView) {
  static override summary = 'Restart the Deacon session.'
  static override description = 'Stops the current session (if running) and starts a fresh one.'
  static override examples = ['gt deacon restart', 'gt deacon restart --agent codex']
}
