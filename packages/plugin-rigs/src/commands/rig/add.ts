import {hostOf} from '@gtown/sdk'
import {GtCommand, showGitProgress, silentGitProgress} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'
import {withoutCredentials} from '../../git/source.js'
import {addRig} from '../../rigs/add-rig.js'

export default class RigAdd extends GtCommand {
  static override description = 'Clone a repository and register it as a rig of this town'
  static override examples = [
    '<%= config.bin %> rig add alpha https://github.com/acme/alpha.git',
    '<%= config.bin %> rig add beta ../beta',
  ]
  static override args = {
    name: Args.string({description: "The rig's name", required: true, ignoreStdin: true}),
    source: Args.string({
      description: 'Where to clone from: a URL, or the path of a repository',
      required: true,
      ignoreStdin: true,
    }),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(RigAdd)
    const host = await hostOf(this.config)
    const progress = this.jsonEnabled() ? silentGitProgress : showGitProgress(process.stderr)
    const mayAsk = process.stdin.isTTY === true
    const rig = await this.interruptible((signal) =>
      addRig({
        ...args,
        place: host.place(),
        git: {mayAsk, signal, onStderr: progress.read},
        onClone: (source) => this.say(`Cloning ${source}...`),
      }),
    ).finally(progress.end)
    const {bold, dim} = await host.style()
    this.say(`${bold('✓')} Rig ${rig.name} added`)
    this.say(dim(`  Use 'gt witness start ${rig.name}' to watch it`))
    return {
      name: rig.name,
      path: rig.path,
      git_url: withoutCredentials(rig.gitUrl),
      default_branch: rig.defaultBranch,
    }
  }
}
