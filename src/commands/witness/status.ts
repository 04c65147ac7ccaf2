import {statusCommand} from '@gtown/sdk/commands'
import {witnessView} from '../../render/witness.js'
import {witness} from '../../roles/witness.js'

export default class WitnessStatus extends statusCommand(witness, witnessView) {
  static override summary = "Show the status of a rig's Witness."
  static override description =
    'Displays running state, monitored polecats, and statistics. Without a rig: all rigs of the town, at the price of one. The exit code is 1 where the state of any cannot be told.'
  static override examples = [
    'gt witness status greenplace',
    'gt witness status greenplace --json',
    'gt witness status --watch',
    "gt witness status --format '{running}/{total}'",
  ]
}
