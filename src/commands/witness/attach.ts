import {attachCommand} from '@gtown/sdk/commands'
import {witnessView} from '../../render/witness.js'
import {witness} from '../../roles/witness.js'

export default class WitnessAttach extends attachCommand(witness, witnessView) {
  static override aliases = ['witness:at']
  static override summary = 'Attach to the Witness tmux session for a rig.'
  static override description = `Attaches the current terminal to the witness's tmux session.
Detach with Ctrl-B D.

If the witness is not running, this will start it first.
If rig is not specified, infers it from the current directory.`
  static override examples = [
    'gt witness attach greenplace',
    'gt witness attach          # infer rig from cwd',
  ]
}
