import {startCommand} from '@gtown/sdk/commands'
import {scribe} from '../../role.js'
import {scribeView} from '../../view.js'

export default class ScribeStart extends startCommand(scribe, scribeView) {
  static override summary = 'Start the scribe of a rig.'
}
