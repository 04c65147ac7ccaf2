import {RoleCommand} from '@gtown/sdk/commands'
import {readPause} from '@gtown/sdk/watchdog'
import {readHeartbeat} from '../../heartbeat.js'
import {pauseFile} from '../../pause.js'
import {deacon} from '../../role.js'
import {renderStatus} from '../../status-view.js'
import {peekWatchState} from '../../watch/state.js'

export default class DeaconStatus extends RoleCommand {
  static override summary = 'Check Deacon session status.'
  static override description =
    'Shows whether the Deacon runs, whether it is paused, and its last sign of life.'
  static override examples = ['gt deacon status', 'gt deacon status --json']

  async run(): Promise<unknown> {
    await this.parse(DeaconStatus)
    const host = await this.host()
    const ref = await this.findAgent(host, deacon)
    const [status, pause, heartbeat, watch] = await Promise.all([
      host.sessions.status(deacon, ref),
      readPause(pauseFile(ref.town)),
      readHeartbeat(ref.town, (message) => this.warn(message)),
      peekWatchState(ref.town),
    ])
    return this.show(host, (style) => renderStatus(status, {pause, heartbeat, watch}, style))
  }
}
