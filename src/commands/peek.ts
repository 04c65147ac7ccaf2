import {hostOf, usageError} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {peekJson, peekText} from '../render/nudge.js'

export default class PeekCommand extends GtCommand {
  static override summary = "Show an agent's screen, or what the agent is doing."
  static override description =
    "Shows the last lines of the screen of an agent's session. With --state, shows instead what the agent is doing (starting, idle, draft, menu, busy, permission, question, dialog, limit, shell, dead, unknown) and the evidence for it. Types nothing and changes nothing."
  static override examples = [
    'gt peek greenplace/witness',
    'gt peek greenplace/furiosa --lines 20',
    'gt peek deacon --state',
    'gt peek greenplace/witness --json',
  ]
  static override args = {
    address: Args.string({
      description: 'rig/witness, rig/worker, rig/crew/name or deacon',
      required: true,
      ignoreStdin: true,
    }),
    count: Args.string({description: 'Number of lines, as --lines', ignoreStdin: true, hidden: true}),
  }
  static override flags = {
    lines: Flags.integer({char: 'n', description: 'Number of lines', min: 1, defaultHelp: async () => '100'}),
    state: Flags.boolean({description: 'Show what the agent is doing instead'}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(PeekCommand)
    const lines = flags.lines ?? countOf(args.count) ?? 100
    const host = await hostOf(this.config)
    const peek = await host.sessions.peek(args.address, {lines: flags.state ? undefined : lines})
    this.say(peekText(peek))
    return peekJson(peek, Date.now())
  }
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw usageError(`invalid line count: ${text}`)
}
