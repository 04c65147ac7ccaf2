import {RoleCommand} from '@gtown/sdk/commands'
import {readPause, resume} from '@gtown/sdk/watchdog'
import {pauseFile} from '../../pause.js'
import {deacon} from '../../role.js'

export default class DeaconResume extends RoleCommand {
  static override summary = 'Resume the Deacon to allow patrol actions.'
  static override description = 'Ends the pause. Does nothing if the Deacon is not paused.'
  static override examples = ['gt deacon resume']

  async run(): Promise<unknown> {
    await this.parse(DeaconResume)
    const host = await this.host()
    const {town} = await this.findAgent(host, deacon)
    const paused = (await readPause(pauseFile(town))) !== undefined
    await resume(pauseFile(town))
    return this.show(host, ({bold, dim}) => ({
      text: paused
        ? `${bold('▶️')} Deacon resumed\nThe Deacon can now perform patrol actions.`
        : `${dim('○')} Deacon is not paused`,
      json: {outcome: paused ? 'resumed' : 'not_paused'},
    }))
  }
}
