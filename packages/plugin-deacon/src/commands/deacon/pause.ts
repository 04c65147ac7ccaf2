import {dirname} from 'node:path'
import {RoleCommand} from '@gtown/sdk/commands'
import {pause, readPause} from '@gtown/sdk/watchdog'
import {Flags} from '@oclif/core'
import {pauseFile} from '../../pause.js'
import {deacon} from '../../role.js'

export default class DeaconPause extends RoleCommand {
  static override summary = 'Pause the Deacon to prevent patrol actions.'
  static override description =
    "A paused Deacon gives no heartbeat and takes no action of its own. The pause survives the session; 'gt deacon resume' ends it. Pausing again changes nothing."
  static override examples = ['gt deacon pause', 'gt deacon pause --reason "testing"']
  static override flags = {reason: Flags.string({description: 'Why it is paused', default: ''})}

  async run(): Promise<unknown> {
    const {flags} = await this.parse(DeaconPause)
    const host = await this.host()
    const {town} = await this.findAgent(host, deacon)
    const earlier = await readPause(pauseFile(town))
    const file = pauseFile(town)
    const by = host.place().env.BD_ACTOR || 'human'
    const parents = [dirname(dirname(file))]
    const state = earlier ?? (await pause(file, {reason: flags.reason, by, parents}))
    return this.show(host, ({bold, dim}) => ({
      text: (earlier
        ? [
            `${dim('○')} Deacon is already paused`,
            `  Reason: ${state.reason}`,
            ...(state.paused_at ? [`  Paused at: ${state.paused_at}`] : []),
            `  Paused by: ${state.paused_by}`,
          ]
        : [
            `${bold('⏸️')} Deacon paused`,
            ...(state.reason ? [`  Reason: ${state.reason}`] : []),
            `  Pause file: ${file}`,
            '',
            'The Deacon will not perform any patrol actions until resumed.',
            `Resume with: ${dim('gt deacon resume')}`,
          ]
      ).join('\n'),
      json: {outcome: earlier ? 'already_paused' : 'paused', ...state},
    }))
  }
}
