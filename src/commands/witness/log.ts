import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import type {ReadEvent} from '../../events/event.js'
import {eventText} from '../../render/patrol.js'

export default class WitnessLog extends GtCommand {
  static override summary = "Show the events of a rig's patrol."
  static override description =
    "Shows the events of the rig's witness from the town's .events.jsonl, the newest last. With --json, every line is an event."
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
    const fits = ({actor}: ReadEvent) => actor === `${rig.name}/witness`
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
