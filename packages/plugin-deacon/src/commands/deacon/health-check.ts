import {parseDuration} from '@gtown/sdk'
import {RoleCommand} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {
  DEFAULT_COOLDOWN_MS,
  DEFAULT_FAILURES,
  DEFAULT_TIMEOUT_MS,
  FORCE_KILL_EXIT_CODE,
} from '../../health/defaults.js'
import {signOfLife} from '../../health/sign-of-life.js'
import {cooldownLeft, healthOf, readHealth, updateHealth} from '../../health/state.js'
import {afterCheck, renderCooldown, renderVerdict, shouldForceKill} from '../../health/verdict.js'
import {deacon} from '../../role.js'

const durationFlag = (description: string, shown: string) =>
  Flags.custom<number>({
    description,
    defaultHelp: async () => shown,
    parse: async (text) => parseDuration(text),
  })()

const WHAT_IT_DOES =
  'An agent that waits for a task or an answer passes at once. A busy agent passes when something new appears on its screen. A dead agent, or one silent until the timeout, fails. Nothing is typed.'

export default class DeaconHealthCheck extends RoleCommand {
  static override summary = 'Check whether an agent gives a sign of life, and count its failures.'
  static override description = `${WHAT_IT_DOES}

Exit codes:
0  it passed, failed fewer times in a row than --failures, does not run,
   or was force-killed less than --cooldown ago
1  the check failed, so the result is unknown
2  the command was called wrongly
${FORCE_KILL_EXIT_CODE}  it should be force-killed`
  static override examples = [
    'gt deacon health-check greenplace/witness',
    'gt deacon health-check greenplace/furiosa --timeout 60s --failures 5',
  ]
  static override args = {
    address: Args.string({
      description: 'rig/witness, rig/worker, rig/crew/name or deacon',
      required: true,
      ignoreStdin: true,
    }),
  }
  static override flags = {
    timeout: durationFlag('How long a busy agent may show nothing new', '30s'),
    failures: Flags.integer({
      description: 'Failures in a row after which it should be force-killed',
      min: 1,
      default: DEFAULT_FAILURES,
    }),
    cooldown: durationFlag('How long an agent that was force-killed is left alone', '5m'),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(DeaconHealthCheck)
    const agent = args.address
    const host = await this.host()
    const {town} = await this.findAgent(host, deacon)
    const warn = (message: string) => this.warn(message)
    const known = healthOf(await readHealth(town, warn), agent)
    const left = cooldownLeft(known, flags.cooldown ?? DEFAULT_COOLDOWN_MS, Date.now())
    if (left > 0) return this.show(host, (style) => renderCooldown(agent, left, style))
    const sign = await this.interruptible((signal) =>
      signOfLife({
        look: () => host.sessions.peek(agent, {}),
        timeoutMs: flags.timeout ?? DEFAULT_TIMEOUT_MS,
        onWait: () => this.say(`→ Watching ${agent}...`),
        signal,
      }),
    )
    const runs = sign.outcome !== 'not_running'
    const health = runs ? await updateHealth(town, agent, afterCheck(sign), warn) : known
    const verdict = {agent, sign, failures: health.consecutive_failures, limit: flags.failures}
    if (shouldForceKill(verdict)) process.exitCode = FORCE_KILL_EXIT_CODE
    return this.show(host, (style) => renderVerdict(verdict, style))
  }
}
