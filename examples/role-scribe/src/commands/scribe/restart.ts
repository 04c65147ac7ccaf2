import {restartCommand} from '@gtown/sdk/commands'
import {scribe} from '../../role.js'
import {scribeView} from '../../view.js'

export default class ScribeRestart extends restartCommand(scribe, scribeView) {
  static override summary = 'Restart the scribe of a rig.'
}
