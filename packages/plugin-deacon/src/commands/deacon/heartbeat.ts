import {GtError} from '@gtown/sdk'
import {RoleCommand} from '@gtown/sdk/commands'
import {readPause} from '@gtown/sdk/watchdog'
import {Args} from '@oclif/core'
import {readHealth} from '../../health/state.js'
import {beat} from '../../heartbeat.js'
import {pauseFile} from '../../pause.js'
import {deacon} from '../../role.js'

export default class DeaconHeartbeat extends RoleCommand {
  static override summary = 'Update the Deacon heartbeat.'
  static override description =
    'The Deacon calls this at the start of each cycle to show that it is alive and working. Fails if the Deacon is paused.'
  static override examples = ['gt deacon heartbeat', 'gt deacon heartbeat "checking witnesses"']
  static override args = {
    action: Args.string({description: 'What it does in this cycle, in one or more words', ignoreStdin: true}),
  }
  static override strict = false

  async run(): Promise<unknown> {
    const {argv} = await this.parse(DeaconHeartbeat)
    const action = argv.join(' ')
    const host = await this.host()
    const {town} = await this.findAgent(host, deacon)
    const pause = await readPause(pauseFile(town))
    if (pause) {
      throw new GtError('Deacon is paused', {
        code: 'PAUSED',
        hint: `${pause.reason ? `Reason: ${pause.reason}\n` : ''}Resume with: gt deacon resume`,
      })
    }
    const warn = (message: string) => this.warn(message)
    const health = await readHealth(town, warn)
    const unhealthy = [...health.agents.values()].filter((agent) => agent.consecutive_failures > 0).length
    const heartbeat = await beat(town, {action, healthy: health.agents.size - unhealthy, unhealthy}, warn)
    const what = action ? `Heartbeat updated: ${action}` : 'Heartbeat updated'
    return this.show(host, ({bold}) => ({text: `${bold('✓')} ${what}`, json: {...heartbeat}}))
  }
}
