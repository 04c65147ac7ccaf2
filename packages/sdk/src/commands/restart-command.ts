import type {Interfaces} from '@oclif/core'
import {prefixed} from '../errors.js'
import type {RestartResult} from '../host-sessions.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {parseEnvironment} from './environment.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {
  agentArguments,
  type FleetFlags,
  fleetFlags,
  startFlags,
  startOptions,
  stopFlags,
  stopOptions,
} from './role-flags.js'
import type {FlagValues, NoFlags, RenderedCommandOptions} from './role-options.js'
import type {RoleView} from './role-view.js'

const restartFlags = {...startFlags, ...stopFlags}

type RestartFlags = Interfaces.InferredFlags<typeof restartFlags> & FleetFlags

/** Options of a role for its restart command. */
export type RestartCommandOptions<
  Ref extends RoleRef,
  Own extends FlagValues = NoFlags,
> = RenderedCommandOptions<Ref, RestartResult, RestartFlags, Own>

/** Makes the command class that stops a role's session, if any, and starts a fresh one. */
export function restartCommand<Ref extends RoleRef, Own extends FlagValues = NoFlags>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
  options: RestartCommandOptions<Ref, Own> = {},
): RoleCommandClass {
  const flags = {...restartFlags, ...fleetFlags(role), ...options.flags}
  const args = agentArguments(role, {optional: true})
  const {render = (...[ref, result, {style}]) => view.restarted(ref, result, style)} = options
  return class extends RoleCommand {
    // For help and usage errors. With --all there is no argument.
    static override args = agentArguments(role)
    static override flags: Interfaces.FlagInput = flags

    async run(): Promise<unknown> {
      const {rig, flags: chosen} = await this.parseRole<RestartFlags & Own>({args, flags})
      this.checkRig(role, rig, {all: chosen.all === true})
      options.check?.(chosen)
      const instead = options.instead?.({command: this, rig, flags: chosen})
      if (instead) return await instead
      const env = parseEnvironment(chosen.env ?? [])
      const how = {...startOptions(chosen, env), ...stopOptions(chosen)}
      const host = await this.host()
      if (chosen.all) {
        return await this.interruptible((signal) =>
          this.forAll(host, (ref) => host.sessions.restart(role, ref, {...how, signal})),
        )
      }
      const ref = await this.findAgent(host, role, rig)
      this.say(view.restarting(ref))
      try {
        const result = await this.interruptible((signal) =>
          host.sessions.restart(role, ref, {...how, signal}),
        )
        return await this.show(host, (style) => render(ref, result, {flags: chosen, style}))
      } catch (error) {
        throw prefixed(view.startFailed, error)
      }
    }
  }
}
