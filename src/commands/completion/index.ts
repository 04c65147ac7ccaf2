import {GtCommand} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'
import {scripts} from '../../completion/scripts/index.js'
import {type Shell, shells} from '../../completion/shells.js'

export default class CompletionScript extends GtCommand {
  static override summary = 'Print the completion script for your shell.'
  static override description =
    `Completes commands, flags and their values: rigs, addresses, agents, roles and backends, including those of plugins. You need not print the script again when plugins or rigs come and go.

- bash: put 'eval "$(gt completion bash)"' into ~/.bashrc
- zsh: put 'eval "$(gt completion zsh)"' into ~/.zshrc, after compinit
- fish: run 'gt completion fish > ~/.config/fish/completions/gt.fish'
- powershell: put 'gt completion powershell | Out-String | Invoke-Expression' into $PROFILE`
  static override examples = ['gt completion bash', 'gt completion fish > ~/.config/fish/completions/gt.fish']
  static override args = {
    shell: Args.string({
      description: 'Your shell',
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
