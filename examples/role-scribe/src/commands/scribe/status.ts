import {statusCommand} from '@gtown/sdk/commands'
import {scribe} from '../../role.js'
import {scribeView} from '../../view.js'

export default class ScribeStatus extends statusCommand(scribe, scribeView) {
  static override summary = 'Show whether the scribe of a rig runs.'
}
