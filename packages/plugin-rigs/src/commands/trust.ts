import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {changeTrust} from '../workspace/change-trust.js'
import {readTrusted} from '../workspace/trusted-directories.js'

export default class Trust extends GtCommand {
  static override description =
    "Trust another user's workspace: its settings then decide which programs run on your behalf."
  static override examples = [
    '<%= config.bin %> trust /srv/town',
    '<%= config.bin %> trust --list',
    '<%= config.bin %> trust --remove /srv/town',
  ]
  static override args = {
    dir: Args.string({description: 'The workspace; by default the current one', ignoreStdin: true}),
  }
  static override flags = {
    list: Flags.boolean({description: 'Show the trusted workspaces', exclusive: ['remove']}),
    remove: Flags.boolean({description: 'Stop trusting it'}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(Trust)
    const place = (await hostOf(this.config)).place()
    if (flags.list) return this.list(await readTrusted(place.env))
    const {directory, trusted, changed} = await changeTrust(args.dir, !flags.remove, place)
    this.say(`${directory} is ${changed ? 'now' : 'already'} ${trusted ? 'trusted' : 'not trusted'}`)
    return {directory, trusted, changed}
  }

  private list(directories: readonly string[]): unknown {
    this.say(directories.length > 0 ? directories.join('\n') : 'No workspaces of other users are trusted')
    return {directories}
  }
}
