import {readFile} from 'node:fs/promises'
import {text as readAll} from 'node:stream/consumers'
import {GtError, hostOf, parseDuration, usageError} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {nudgeExitCodes, receiptJson, receiptText} from '../../render/nudge.js'

const duration = Flags.custom<number>({parse: async (text) => parseDuration(text)})

export default class Nudge extends GtCommand {
  static override summary = "Type a text into an agent's prompt, once the prompt is empty."
  static override description = [
    `Types a text into an agent's prompt and submits it, whole and once, but only when the agent is idle and its prompt is empty: a key pressed into an open dialog would answer it. A text that cannot be delivered within --wait stays queued. It is delivered as soon as the agent is idle, or expires. 'gt nudge receipt' shows the outcome.`,
    'Exit codes: 0 delivered, 3 queued, 4 expired, 1 failed.',
  ].join('\n\n')
  static override examples = [
    'gt nudge greenplace/furiosa "Check your mail and start working"',
    'gt nudge witness "Check polecat health" --wait 1m',
    'gt nudge deacon --file report.txt --expires 2h',
    'git log -3 | gt nudge greenplace/witness --file -',
  ]
  static override args = {
    address: Args.string({
      description: 'rig/witness, rig/worker, rig/crew/name or deacon',
      required: true,
      ignoreStdin: true,
    }),
    text: Args.string({description: 'The text', ignoreStdin: true}),
  }
  static override flags = {
    message: Flags.string({char: 'm', description: 'The text', exclusive: ['file', 'stdin']}),
    file: Flags.string({description: 'Read the text from a file; - means standard input'}),
    stdin: Flags.boolean({description: 'Read the text from standard input', exclusive: ['file']}),
    wait: duration({description: 'How long to wait for the delivery', defaultHelp: async () => '15s'}),
    expires: duration({description: 'How long the text may stay queued', defaultHelp: async () => '30m'}),
    force: Flags.boolean({char: 'f', description: "Type even while a person's terminal shows the session"}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(Nudge)
    const text = await textOf(args.text, flags)
    const host = await hostOf(this.config)
    const {wait: waitMs = 15_000, expires: expiresMs = 30 * 60_000, force = false} = flags
    const receipt = await this.interruptible((signal) =>
      host.nudges.send(args.address, text, {waitMs, expiresMs, force, signal}),
    )
    process.exitCode = nudgeExitCodes[receipt.state]
    this.say(receiptText(receipt))
    return receiptJson(receipt)
  }
}

interface Sources {
  message?: string | undefined
  file?: string | undefined
  stdin?: boolean | undefined
}

async function textOf(argument: string | undefined, {message, file, stdin}: Sources): Promise<string> {
  const given = [argument, message, file, stdin ? '-' : undefined].filter((source) => source !== undefined)
  if (given.length !== 1) {
    throw usageError(
      given.length === 0 ? 'no text is given' : 'more than one text is given',
      "Give it as the second argument, with --message, or with --file ('-' means standard input).",
    )
  }
  const direct = argument ?? message
  if (direct !== undefined) return direct
  return stdin || file === '-' ? await readAll(process.stdin) : await readText(file ?? '')
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const {code, message} = cause as NodeJS.ErrnoException
    throw new GtError(code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read: ${message}`, {
      code: 'UNREADABLE',
      cause,
    })
  }
}
