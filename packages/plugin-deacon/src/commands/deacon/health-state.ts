import {RoleCommand} from '@gtown/sdk/commands'
import {DEFAULT_COOLDOWN_MS} from '../../health/defaults.js'
import {readHealth} from '../../health/state.js'
import {renderHealth} from '../../health/view.js'
import {deacon} from '../../role.js'

export default class DeaconHealthState extends RoleCommand {
  static override summary = 'Show health check state for all monitored agents.'
  static override description =
    'Shows for each agent its consecutive failures, its last check, and when it was force-killed.'
  static override examples = ['gt deacon health-state', 'gt deacon health-state --json']

  async run(): Promise<unknown> {
    await this.parse(DeaconHealthState)
    const host = await this.host()
    const {town} = await this.findAgent(host, deacon)
    const health = await readHealth(town, (message) => this.warn(message))
    const at = {cooldownMs: DEFAULT_COOLDOWN_MS, now: Date.now()}
    return this.show(host, (style) => renderHealth(health, at, style))
  }
}
