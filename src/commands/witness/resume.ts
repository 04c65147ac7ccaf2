import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'

export default class WitnessResume extends GtCommand {
  static override summary = "Let a rig's patrol act again."
  static override description = 'Undoes gt witness pause. Does nothing if the patrol is not paused.'
  static override examples = ['gt witness resume greenplace']
  static override args = {
    rig: Args.string({description: 'Name of the rig', required: true, ignoreStdin: true}),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(WitnessResume)
    const {readPause, resume} = await import('@gtown/sdk/watchdog')
    const {pauseFile} = await import('../../patrol/pause.js')
    const host = await hostOf(this.config)
    const {rig} = await host.find(args.rig)
    const file = pauseFile(rig.path)
    const was = await readPause(file)
    await resume(file)
    this.say(was ? `Patrol of ${rig.name} resumed` : `Patrol of ${rig.name} was not paused`)
    return {outcome: was ? 'resumed' : 'not_paused', rig_name: rig.name}
  }
}
