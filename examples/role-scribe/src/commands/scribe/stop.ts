import {stopCommand} from '@gtown/sdk/commands'
import {scribe} from '../../role.js'
import {scribeView} from '../../view.js'

export default class ScribeStop extends stopCommand(scribe, scribeView) {
  static override summary = 'Stop the scribe of a rig.'
}
