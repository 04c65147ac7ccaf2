import {GtError, usageError} from '@gtown/sdk'
import {startCommand} from '@gtown/sdk/commands'
import {Flags} from '@oclif/core'
import {witnessView} from '../../render/witness.js'
import {witness} from '../../roles/witness.js'

/** The agent that is gt itself. Unlike an AI agent, it may run in the foreground. */
const PATROL = 'patrol'

export default class WitnessStart extends startCommand(witness, witnessView, {
  flags: {foreground: Flags.boolean({description: 'Run in foreground (default: background)'})},
  instead({command, rig, flags}) {
    if (!flags.foreground || rig === undefined || flags.agent !== PATROL) return undefined
    if (!flags.json) return command.config.runCommand('witness:patrol', [rig])
    throw usageError('--foreground cannot be used with --json', 'Use gt witness patrol --json instead.')
  },
  check({foreground, all}) {
    if (!foreground || all) return
    throw new GtError('foreground mode is deprecated; use background mode (remove --foreground flag)', {
      code: 'FOREGROUND_REFUSED',
    })
  },
}) {
  static override aliases = ['witness:spawn']
  static override summary = 'Start the Witness for a rig.'
  static override description = `Launches the monitoring agent which watches for stuck polecats and orphaned
sandboxes, taking action to keep work flowing.

Self-Cleaning Model: Polecats nuke themselves after work. The Witness handles
crash recovery (restart with hooked work) and orphan cleanup (nuke abandoned
sandboxes). There is no "idle" state - polecats either have work or don't exist.`
  static override examples = [
    'gt witness start greenplace',
    'gt witness start greenplace --agent codex',
    'gt witness start greenplace --env ANTHROPIC_MODEL=claude-3-haiku',
    'gt witness start greenplace --foreground',
    'gt witness start greenplace --agent patrol',
    'gt witness start greenplace --agent patrol --foreground',
  ]
}
