import {GtError, hostOf, shorten} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'
import {cycleJson, whyText} from '../../render/patrol.js'

export default class WitnessWhy extends GtCommand {
  static override summary = "Show the patrol's last verdicts, and the evidence for them."
  static override description =
    "Shows what the last cycle of a rig's patrol found about each worker: the verdict, every signal that it rests on with its source and age, and what the patrol did."
  static override examples = ['gt witness why greenplace', 'gt witness why greenplace furiosa --json']
  static override args = {
    rig: Args.string({description: 'Name of the rig', required: true, ignoreStdin: true}),
    polecat: Args.string({description: 'Name of the worker; all workers when absent', ignoreStdin: true}),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(WitnessWhy)
    const {readReport} = await import('../../patrol/report/report.js')
    const host = await hostOf(this.config)
    const {rig} = await host.find(args.rig)
    const report = await readReport(rig.path)
    if (!report) {
      throw new GtError(`rig '${rig.name}' has not been patrolled yet`, {
        code: 'NOT_PATROLLED',
        hint: `Run gt witness patrol ${rig.name} --once, or gt witness start ${rig.name} --agent patrol.`,
      })
    }
    const polecats = report.polecats.filter(({name}) => args.polecat === undefined || name === args.polecat)
    if (args.polecat !== undefined && polecats.length === 0) {
      throw new GtError(`the last cycle found no worker '${shorten(args.polecat)}' in rig '${rig.name}'`, {
        code: 'WORKER_NOT_FOUND',
        hint: `It found ${report.polecats.map(({name}) => name).join(', ') || 'none'}.`,
      })
    }
    const shown = {...report, polecats}
    this.say(whyText(shown, await host.style()))
    return cycleJson(shown)
  }
}
