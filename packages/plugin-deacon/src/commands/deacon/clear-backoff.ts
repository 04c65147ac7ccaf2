import {RoleCommand} from '@gtown/sdk/commands'
import {isThere} from '@gtown/sdk/files'
import {Args} from '@oclif/core'
import type {Restarts} from '../../restarts/back-off.js'
import {restartsFile, updateRestarts} from '../../restarts/file.js'
import {deacon} from '../../role.js'

export default class DeaconClearBackoff extends RoleCommand {
  static override summary = 'Reset the restart back-off of an agent, so that it may be restarted at once.'
  static override description =
    'Each repeated restart of an agent waits longer, and after five the agent is not restarted any more. This command resets the count. Does nothing if there is nothing to reset.'
  static override examples = ['gt deacon clear-backoff greenplace/witness']
  static override args = {
    agent: Args.string({
      description: 'The agent: rig/witness, or a name recorded by the original',
      required: true,
      ignoreStdin: true,
    }),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(DeaconClearBackoff)
    const {agent} = args
    const host = await this.host()
    const {town} = await this.findAgent(host, deacon)
    let cleared: Restarts | undefined
    const forget = (agents: Map<string, Restarts>) => {
      cleared = agents.get(agent)
      return agents.delete(agent)
    }
    if (await isThere(restartsFile(town))) await updateRestarts(town, forget, (text) => this.warn(text))
    return this.show(host, ({bold, dim}) => ({
      text: cleared
        ? `${bold('✓')} Cleared backoff for ${agent} (${wordsFor(cleared)})`
        : `${dim('○')} Nothing to clear for ${agent}`,
      json: {agent, outcome: cleared ? 'cleared' : 'nothing_to_clear', ...(cleared && {cleared})},
    }))
  }
}

function wordsFor({restart_count: count, crash_loop_since: since, backoff_until: until}: Restarts): string {
  const restarts = count === 1 ? '1 restart' : `${count} restarts`
  if (since !== undefined) return `${restarts}, in a crash loop since ${since}`
  return until === undefined ? restarts : `${restarts}, the next not before ${until}`
}
