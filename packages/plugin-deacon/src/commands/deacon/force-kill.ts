import {GtError} from '@gtown/sdk'
import {RoleCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {DEFAULT_COOLDOWN_MS} from '../../health/defaults.js'
import {cooldownLeft, healthOf, readHealth, updateHealth} from '../../health/state.js'
import {deacon} from '../../role.js'
import {duration} from '../../words.js'

export default class DeaconForceKill extends RoleCommand {
  static override summary = 'Force-kill an unresponsive agent session.'
  static override description =
    'Ends the session of an agent and all its processes at once. Does nothing if it does not run. Fails if the agent was force-killed less than five minutes ago.'
  static override examples = [
    'gt deacon force-kill greenplace/witness',
    'gt deacon force-kill greenplace/furiosa --reason "silent for 90s"',
  ]
  static override args = {
    address: Args.string({
      description: 'rig/witness, rig/worker, rig/crew/name or deacon',
      required: true,
      ignoreStdin: true,
    }),
  }
  static override flags = {reason: Flags.string({description: "Why; shown by 'gt deacon health-state'"})}

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(DeaconForceKill)
    const agent = args.address
    const host = await this.host()
    const {town} = await this.findAgent(host, deacon)
    const warn = (message: string) => this.warn(message)
    const known = healthOf(await readHealth(town, warn), agent)
    refuseInCooldown(agent, cooldownLeft(known, DEFAULT_COOLDOWN_MS, Date.now()))
    const {outcome, sessionName: session} = await host.sessions.stopAddress(agent, {graceMs: 0})
    if (outcome === 'not_running') {
      return this.show(host, ({dim}) => ({
        text: `${dim('○')} Agent ${agent} session not running`,
        json: {agent, outcome, session},
      }))
    }
    const failed = known.consecutive_failures
    const reason = flags.reason ?? `unresponsive after ${failed} consecutive health check failures`
    const {force_kill_count: kills} = await updateHealth(town, agent, killed(reason), warn)
    return this.show(host, ({bold}) => ({
      text: `${bold('✓')} Force-killed agent ${agent} (total kills: ${kills})`,
      json: {agent, outcome: 'force_killed', session, reason, force_kill_count: kills},
    }))
  }
}

function killed(reason: string) {
  return ({force_kill_count}: {force_kill_count: number}, now: string) => ({
    last_force_kill_time: now,
    last_force_kill_reason: reason,
    force_kill_count: force_kill_count + 1,
    consecutive_failures: 0,
  })
}

function refuseInCooldown(agent: string, left: number): void {
  if (left === 0) return
  throw new GtError(`agent ${agent} is in cooldown (remaining: ${duration(left)}) - cannot force-kill yet`, {
    code: 'IN_COOLDOWN',
    hint: 'It was force-killed already. See: gt deacon health-state',
  })
}
