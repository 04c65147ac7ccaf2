import {restartCommand} from '@gtown/sdk/commands'
import {witnessView} from '../../render/witness.js'
import {witness} from '../../roles/witness.js'

export default class WitnessRestart extends restartCommand(witness, witnessView) {
  static override summary = 'Restart the Witness for a rig.'
  static override description = 'Stops the current session (if running) and starts a fresh one.'
  static override examples = [
    'gt witness restart greenplace',
    'gt witness restart greenplace --agent codex',
    'gt witness restart greenplace --env ANTHROPIC_MODEL=claude-3-haiku',
  ]
}
