import {GtCommand} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'
import {scripts} from '../../completion/scripts/index.js'
import {type Shell, shells} from '../../completion/shells.js'

export default class CompletionScript extends GtCommand {
  static override summary = 'Print the script that completes gt in your shell.'
  static override description =
    `Completes commands, flags and their values: rigs, addresses, agents, roles and backends, those of plugins, too.
Nothing has to be run again when plugins or rigs come and go.

  bash        in ~/.bashrc:              eval "$(gt completion bash)"
  zsh         in ~/.zshrc, after compinit: eval "$(gt completion zsh)"
  fish        gt completion fish > ~/.config/fish/completions/gt.fish
  powershell  in $PROFILE:               gt completion powershell | Out-String | Invoke-Expression`
  static override examples = ['gt completion bash', 'gt completion fish > ~/.config/fish/completions/gt.fish']
  static override args = {
    shell: Args.string({
      description: 'The shell that is to read it',
      required: true,
      options: [...shells],
      ignoreStdin: true,
    }),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(CompletionScript)
    const script = scripts[args.shell as Shell]
    if (!this.jsonEnabled()) process.stdout.write(script)
    return {shell: args.shell, script}
  }
}
