import type {RoleDefinition} from '../role.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {rigArgument} from './role-flags.js'
import type {RoleView} from './role-view.js'

/** The command class that says whether a role's session runs. */
export function statusCommand(role: RoleDefinition, view: RoleView): RoleCommandClass {
  return class extends RoleCommand {
    static override args = {rig: rigArgument}

    async run(): Promise<unknown> {
      const {args} = await this.parse({args: {rig: rigArgument}, enableJsonFlag: true})
      const host = await this.host()
      const ref = await host.find(args.rig)
      const status = await host.status(role, ref)
      return this.show(host, (style) => view.status(ref, status, style))
    }
  }
}
