import type {RoleDefinition, RoleRef} from '../role.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {bearerArguments} from './role-flags.js'
import type {RoleView} from './role-view.js'

/** The command class that says whether a role's session runs. */
export function statusCommand<Ref extends RoleRef>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
): RoleCommandClass {
  const args = bearerArguments(role)
  return class extends RoleCommand {
    static override args = args

    async run(): Promise<unknown> {
      const {args: given} = await this.parse({args, enableJsonFlag: true})
      const host = await this.host()
      const ref = await this.bearer(host, role, given.rig)
      const status = await host.status(role, ref)
      return this.show(host, (style) => view.status(ref, status, style))
    }
  }
}
