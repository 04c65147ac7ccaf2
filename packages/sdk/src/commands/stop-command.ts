import type {RoleDefinition, RoleRef} from '../role.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {bearerArguments, stopFlags, stopOptions} from './role-flags.js'
import type {RoleView} from './role-view.js'

/** The command class that stops a role's session. */
export function stopCommand<Ref extends RoleRef>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
): RoleCommandClass {
  const args = bearerArguments(role)
  return class extends RoleCommand {
    static override args = args
    static override flags = stopFlags

    async run(): Promise<unknown> {
      const {args: given, flags} = await this.parse({
        args,
        flags: stopFlags,
        enableJsonFlag: true,
      })
      const host = await this.host()
      const ref = await this.bearer(host, role, given.rig)
      const result = await host.stop(role, ref, stopOptions(flags))
      return this.show(host, (style) => view.stopped(ref, result, style))
    }
  }
}
