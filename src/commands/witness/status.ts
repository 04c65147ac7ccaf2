import {statusCommand} from '@gtown/sdk/commands'
import {witnessView} from '../../render/witness.js'
import {witness} from '../../roles/witness.js'

export default class WitnessStatus extends statusCommand(witness, witnessView) {
  static override summary = "Show the status of a rig's Witness."
  static override description = 'Displays running state, monitored polecats, and statistics.'
  static override examples = ['gt witness status greenplace', 'gt witness status greenplace --json']
}
