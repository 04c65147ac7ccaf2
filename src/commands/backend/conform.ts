import {GtCommand, interruptible} from '@gtown/sdk/commands'
import {type ConformanceResult, runConformance} from '@gtown/sdk/conformance'
import {Args} from '@oclif/core'
import {openBackends} from '../../registry/backends.js'
import {conformanceRow, conformanceSummary, conforms} from '../../render/conformance.js'

export default class BackendConform extends GtCommand {
  static override summary = 'Test whether a session backend keeps its promises.'
  static override description =
    `Starts real sessions on the backend as it is configured here, and ends them again. For tmux, it uses the server that GT_TMUX_SOCKET names, or else the default one. The names of its sessions begin with gt-conform-; it touches no other session. Takes about ten seconds; Ctrl-C ends it after the current case.

Exits with 1 if a case of level 'must' fails.`
  static override examples = ['gt backend conform tmux', 'GT_TMUX_SOCKET=try gt backend conform tmux --json']
  static override args = {
    name: Args.string({description: 'Name of the backend', required: true, ignoreStdin: true}),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(BackendConform)
    const backends = openBackends(this.config)
    const backend = await backends.named(args.name)
    const diagnose = await backends.diagnosis(args.name)
    const results: ConformanceResult[] = []
    await interruptible(async (signal) => {
      for await (const result of runConformance({backend, diagnose, signal})) {
        results.push(result)
        this.say(conformanceRow(result))
      }
    })
    this.say(`\n${conformanceSummary(backend.name, results)}`)
    // Not thrown as an error: the answer is complete, and --json must print it.
    if (!conforms(results)) process.exitCode = 1
    return {backend: backend.name, conforms: conforms(results), cases: results}
  }
}
