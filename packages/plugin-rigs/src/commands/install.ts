import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {layOutTown} from '../town-layout.js'
import {requireAbsolutePath} from '../workspace/absolute-path.js'

export default class Install extends GtCommand {
  static override description =
    'Turn a directory into a town, the workspace that holds rigs. Existing files are kept.'
  static override examples = ['<%= config.bin %> install ~/town', '<%= config.bin %> install --name acme']
  static override args = {
    dir: Args.string({
      description: 'The directory; created if it does not exist',
      default: '.',
      ignoreStdin: true,
    }),
  }
  static override flags = {
    name: Flags.string({description: "The town's name; by default the directory's name"}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(Install)
    const host = await hostOf(this.config)
    const place = host.place()
    const town = await layOutTown(requireAbsolutePath(args.dir, place), flags.name, place.env)
    const {bold, dim} = await host.style()
    this.say(
      town.created.length > 0
        ? `${bold('✓')} Town laid out in ${town.root}`
        : `${dim('⚠')} ${town.root} is already a town`,
    )
    for (const path of town.created) this.say(dim(`  created ${path}`))
    this.say(dim(`  Add a rig there with 'gt rig add <name> <git-url>'`))
    return town
  }
}
