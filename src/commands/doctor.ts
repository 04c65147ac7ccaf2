import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {diagnosticsOf} from '../cli/diagnostics.js'
import {examine} from '../doctor/examine.js'
import {doctorText} from '../render/doctor.js'

export default class Doctor extends GtCommand {
  static override summary = 'Look for what is wrong with gt, its plugins and this town.'
  static override description =
    `Looks at the versions, the workspace with its rigs and settings, plugins, session backends, roles, agents, sockets
and leftovers. Each line says ok, warn or FAIL; below what is not ok stands what to do. Nothing is changed.

The exit code is 1 when something has failed.`
  static override examples = ['gt doctor', 'gt doctor --json']

  async run(): Promise<unknown> {
    await this.parse(Doctor)
    const host = await hostOf(this.config)
    const checks = await examine(diagnosticsOf(this.config, host))
    this.say(doctorText(checks, await host.style()))
    // No error: the answer is complete, and under --json it is the answer that is printed.
    if (checks.some(({status}) => status === 'fail')) process.exitCode = 1
    return checks
  }
}
