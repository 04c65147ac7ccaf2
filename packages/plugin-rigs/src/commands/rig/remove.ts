import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {removeRig} from '../../rigs/remove-rig.js'

export default class RigRemove extends GtCommand {
  static override description =
    "Remove a rig from this town's registry; its files stay unless --delete-files is given"
  static override examples = [
    '<%= config.bin %> rig remove alpha',
    '<%= config.bin %> rig remove alpha --delete-files',
  ]
  static override args = {
    name: Args.string({description: "The rig's name", required: true, ignoreStdin: true}),
  }
  static override flags = {
    'delete-files': Flags.boolean({
      description: "Also delete the rig's directory, if no work would be lost",
    }),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(RigRemove)
    const host = await hostOf(this.config)
    const removed = await this.interruptible((signal) =>
      removeRig({
        name: args.name,
        deleteFiles: flags['delete-files'],
        place: host.place(),
        sessionsOf: (rig) => host.sessions.list({rig, town: rig.town}),
        git: {mayAsk: process.stdin.isTTY === true, signal},
      }),
    )
    const {bold, dim} = await host.style()
    this.say(`${bold('✓')} Rig ${removed.name} removed`)
    if (removed.files === 'kept') this.say(dim(`  Its files are still in ${removed.path}`))
    if (removed.files === 'deleted') this.say(dim(`  Deleted ${removed.path}`))
    return removed
  }
}
