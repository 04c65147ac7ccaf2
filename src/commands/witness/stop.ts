import {stopCommand} from '@gtown/sdk/commands'
import {witnessView} from '../../render/witness.js'
import {witness} from '../../roles/witness.js'

export default class WitnessStop extends stopCommand(witness, witnessView) {
  static override summary = 'Stop a running Witness.'
  static override description = 'Gracefully stops the witness monitoring agent.'
  static override examples = ['gt witness stop greenplace']
}
