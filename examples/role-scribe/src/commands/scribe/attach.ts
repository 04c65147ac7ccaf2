import {attachCommand} from '@gtown/sdk/commands'
import {scribe} from '../../role.js'
import {scribeView} from '../../view.js'

export default class ScribeAttach extends attachCommand(scribe, scribeView) {
  static override summary = 'Attach to the scribe of a rig.'
}
