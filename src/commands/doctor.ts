import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {diagnosticsOf} from '../cli/diagnostics.js'
import {examine} from '../doctor/examine.js'
import {doctorText} from '../render/doctor.js'

export default class Doctor extends GtCommand {
  static override summary = 'Check gt, its plugins and this town for problems.'
  static override description =
    `Checks versions, the workspace with its rigs and settings, plugins, session backends, roles, agents, sockets and leftovers. Each line says ok, warn or FAIL; a line below a warning or failure says what to do. Changes nothing.

Exits with 1 if a check has failed.`
  static override examples = ['gt doctor', 'gt doctor --json']

  async run(): Promise<unknown> {
    await this.parse(Doctor)
    const host = await hostOf(this.config)
    const checks = await examine(diagnosticsOf(this.config, host))
    this.say(doctorText(checks, await host.style()))
    // Not thrown as an error: the answer is complete, and --json must print it.
    if (checks.some(({status}) => status === 'fail')) process.exitCode = 1
    return checks
  }
}
