import type {Interfaces} from '@oclif/core'
import {GtError, prefixed} from '../errors.js'
import type {StartResult} from '../host-sessions.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {parseEnvironment} from './environment.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {agentArguments, type FleetFlags, fleetFlags, startFlags, startOptions} from './role-flags.js'
import type {FlagValues, NoFlags, RenderedCommandOptions} from './role-options.js'
import type {RoleView} from './role-view.js'

type StartFlags = Interfaces.InferredFlags<typeof startFlags> & FleetFlags

/**
 * Options of a role for its start command. Without `--all`, `check` runs right before the start, and its error looks
 * like that of a failed start.
 */
export type StartCommandOptions<
  Ref extends RoleRef,
  Own extends FlagValues = NoFlags,
> = RenderedCommandOptions<Ref, StartResult, StartFlags, Own>

/** Makes the command class that starts a role's session. */
export function startCommand<Ref extends RoleRef, Own extends FlagValues = NoFlags>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
  options: StartCommandOptions<Ref, Own> = {},
): RoleCommandClass {
  const flags = {...startFlags, ...fleetFlags(role), ...options.flags}
  const args = agentArguments(role, {optional: true})
  return class extends RoleCommand {
    // For help and usage errors. With --all there is no argument.
    static override args = agentArguments(role)
    static override flags: Interfaces.FlagInput = flags

    async run(): Promise<unknown> {
      const {rig, flags: chosen} = await this.parseRole<StartFlags & Own>({args, flags})
      this.checkRig(role, rig, {all: chosen.all === true})
      const instead = options.instead?.({command: this, rig, flags: chosen})
      if (instead) return await instead
      const env = parseEnvironment(chosen.env ?? [])
      return chosen.all ? await this.startAll(chosen, env) : await this.startOne(rig, chosen, env)
    }

    private async startAll(chosen: StartFlags & Own, env: Record<string, string>): Promise<unknown> {
      options.check?.(chosen)
      const host = await this.host()
      return await this.interruptible((signal) =>
        this.forAll(host, (ref) => host.sessions.start(role, ref, {...startOptions(chosen, env), signal})),
      )
    }

    private async startOne(
      rig: string | undefined,
      chosen: StartFlags & Own,
      env: Record<string, string>,
    ): Promise<unknown> {
      const host = await this.host()
      const ref = await this.findAgent(host, role, rig)
      this.say(view.starting(ref))
      let result: StartResult
      try {
        options.check?.(chosen)
        result = await this.interruptible((signal) =>
          host.sessions.start(role, ref, {...startOptions(chosen, env), signal}),
        )
      } catch (error) {
        throw prefixed(view.startFailed, error)
      }
      if (result.outcome === 'already_running' && view.alreadyRunning !== undefined) {
        throw new GtError(view.alreadyRunning, {code: 'ALREADY_RUNNING'})
      }
      const {render = (...[of, found, {style}]) => view.started(of, found, style)} = options
      return this.show(host, (style) => render(ref, result, {flags: chosen, style}))
    }
  }
}
