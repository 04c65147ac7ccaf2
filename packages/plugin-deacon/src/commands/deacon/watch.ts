import type {Host} from '@gtown/sdk'
import {CycleCommand, cycleFlags} from '@gtown/sdk/commands'
import {deacon} from '../../role.js'
import {runCycle} from '../../watch/cycle.js'
import {watchTown} from '../../watch/loop.js'
import {cycleJson, cycleText} from '../../watch/view.js'
import {openWatch} from '../../watch/watch.js'
import {duration, WATCHING} from '../../words.js'

const DEFAULT_INTERVAL_MS = 30_000

export default class DeaconWatch extends CycleCommand {
  static override summary = "Watch over the town's witnesses, without any AI."
  static override description =
    'Checks the witness of every rig. Restarts a witness that should run if its session or process is gone or frozen, or if its patrol has completed no cycle for five intervals. Restarts back off from 30 seconds to ten minutes; after five a person is notified. Leaves alone sessions stopped on purpose, paused rigs and all other agents. Runs until interrupted.'
  static override examples = [
    'gt deacon watch',
    'gt deacon watch --once --dry-run',
    'gt deacon watch --interval 1m --json',
    'gt deacon start --agent watch',
  ]
  static override flags = cycleFlags('30s')

  async run(): Promise<unknown> {
    const {flags} = await this.parse(DeaconWatch)
    const host: Host = await this.host()
    const {town} = await this.findAgent(host, deacon)
    const watch = await openWatch(host, town, (message) => this.warn(message))
    const {once, interval: intervalMs = DEFAULT_INTERVAL_MS} = flags
    const begin = () => {
      if (!once) this.say(`${WATCHING}over the witnesses, every ${duration(intervalMs)}`)
    }
    return await this.runCycles({
      flags,
      dryRun: (signal) => runCycle(watch, {dryRun: true, signal}),
      run: (tell, signal) => watchTown(watch, {intervalMs, once, begin, tell, signal}),
      text: cycleText,
      json: cycleJson,
    })
  }
}
