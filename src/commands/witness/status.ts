import {statusCommand} from '@gtown/sdk/commands'
import {witnessView} from '../../render/witness.js'
import {witness} from '../../roles/witness.js'

export default class WitnessStatus extends statusCommand(witness, witnessView) {
  static override summary = "Show the status of a rig's Witness."
  static override description =
    'Displays running state, monitored polecats, and statistics. Without a rig, shows all rigs of the town, for the cost of one. Exits with 1 if the state of any is unknown.'
  static override examples = [
    'gt witness status greenplace',
    'gt witness status greenplace --json',
    'gt witness status --watch',
    "gt witness status --format '{running}/{total}'",
  ]
}
