import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import type {ReadEvent} from '../../events/event.js'
import {eventText} from '../../render/patrol.js'

export default class WitnessLog extends GtCommand {
  static override summary = 'Show the events of a rig.'
  static override description =
    "Shows what the rig's witness, its deacon and its users did, from the town's .events.jsonl, the newest last. With --json, every line is an event."
  static override examples = [
    'gt witness log greenplace',
    'gt witness log greenplace -n 5 --json',
    'gt witness log greenplace --follow',
  ]
  static override args = {
    rig: Args.string({description: 'Name of the rig', required: true, ignoreStdin: true}),
  }
  static override flags = {
    follow: Flags.boolean({char: 'f', description: 'Keep running, and print each event as it happens'}),
    lines: Flags.integer({char: 'n', description: 'Number of events', min: 0, default: 20}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(WitnessLog)
    const {followEvents, readEvents} = await import('../../events/read-events.js')
    const host = await hostOf(this.config)
    const {rig, town} = await host.find(args.rig)
    const fits = ({actor}: ReadEvent) => actor.startsWith(`${rig.name}/`)
    const print = (event: ReadEvent) => {
      process.stdout.write(`${this.jsonEnabled() ? JSON.stringify(event) : eventText(event)}\n`)
    }
    for (const event of await readEvents(town.root, fits, flags.lines)) print(event)
    if (flags.follow) {
      await this.whileRead((signal) => followEvents(town.root, fits, {tell: print, signal}))
    }
    return undefined
  }

  /** The events were printed line by line already. */
  protected override logJson(): void {}
}
