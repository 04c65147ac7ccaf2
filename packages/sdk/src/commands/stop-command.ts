import type {Interfaces} from '@oclif/core'
import {GtError} from '../errors.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {bearerArguments, fleetFlags, stopFlags, stopOptions} from './role-flags.js'
import type {RoleView} from './role-view.js'

/** The command class that stops a role's session. */
export function stopCommand<Ref extends RoleRef>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
): RoleCommandClass {
  // What help and messages say; with --all there is none.
  const args = bearerArguments(role)
  const parsed = bearerArguments(role, {optional: true})
  const all = fleetFlags(role)
  return class extends RoleCommand {
    static override args = args
    static override flags: Interfaces.FlagInput = {...stopFlags, ...all}

    async run(): Promise<unknown> {
      const {args: given, flags} = await this.parse({
        args: parsed,
        flags: {...all, ...stopFlags},
        enableJsonFlag: true,
      })
      this.checkRig(role, given.rig, {all: flags.all === true})
      const host = await this.host()
      if (flags.all)
        return await this.forAll(host, (ref) => host.sessions.stop(role, ref, stopOptions(flags)))
      const ref = await this.bearer(host, role, given.rig)
      const result = await host.sessions.stop(role, ref, stopOptions(flags))
      if (result.outcome === 'not_running' && view.notRunning !== undefined) {
        throw new GtError(view.notRunning, {code: 'NOT_RUNNING'})
      }
      return this.show(host, (style) => view.stopped(ref, result, style))
    }
  }
}
