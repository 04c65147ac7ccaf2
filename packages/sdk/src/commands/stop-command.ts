import type {Interfaces} from '@oclif/core'
import {GtError} from '../errors.js'
import type {StopResult} from '../host-sessions.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {agentArguments, type FleetFlags, fleetFlags, stopFlags, stopOptions} from './role-flags.js'
import type {FlagValues, NoFlags, RenderedCommandOptions} from './role-options.js'
import type {RoleView} from './role-view.js'

type StopFlags = Interfaces.InferredFlags<typeof stopFlags> & FleetFlags

/** Options of a role for its stop command. */
export type StopCommandOptions<
  Ref extends RoleRef,
  Own extends FlagValues = NoFlags,
> = RenderedCommandOptions<Ref, StopResult, StopFlags, Own>

/** Makes the command class that stops a role's session. */
export function stopCommand<Ref extends RoleRef, Own extends FlagValues = NoFlags>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
  options: StopCommandOptions<Ref, Own> = {},
): RoleCommandClass {
  const flags = {...stopFlags, ...fleetFlags(role), ...options.flags}
  const args = agentArguments(role, {optional: true})
  const {render = (...[ref, result, {style}]) => view.stopped(ref, result, style)} = options
  return class extends RoleCommand {
    // For help and usage errors. With --all there is no argument.
    static override args = agentArguments(role)
    static override flags: Interfaces.FlagInput = flags

    async run(): Promise<unknown> {
      const {rig, flags: chosen} = await this.parseRole<StopFlags & Own>({args, flags})
      this.checkRig(role, rig, {all: chosen.all === true})
      options.check?.(chosen)
      const instead = options.instead?.({command: this, rig, flags: chosen})
      if (instead) return await instead
      const host = await this.host()
      const how = stopOptions(chosen)
      if (chosen.all) return await this.forAll(host, (ref) => host.sessions.stop(role, ref, how))
      const ref = await this.findAgent(host, role, rig)
      const result = await host.sessions.stop(role, ref, how)
      if (result.outcome === 'not_running' && view.notRunning !== undefined) {
        throw new GtError(view.notRunning, {code: 'NOT_RUNNING'})
      }
      return this.show(host, (style) => render(ref, result, {flags: chosen, style}))
    }
  }
}
