import type {RoleDefinition} from '../role.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {rigArgument, stopFlags, stopOptions} from './role-flags.js'
import type {RoleView} from './role-view.js'

/** The command class that stops a role's session. */
export function stopCommand(role: RoleDefinition, view: RoleView): RoleCommandClass {
  return class extends RoleCommand {
    static override args = {rig: rigArgument}
    static override flags = stopFlags

    async run(): Promise<unknown> {
      const {args, flags} = await this.parse({
        args: {rig: rigArgument},
        flags: stopFlags,
        enableJsonFlag: true,
      })
      const host = await this.host()
      const ref = await host.find(args.rig)
      const result = await host.stop(role, ref, stopOptions(flags))
      return this.show(host, (style) => view.stopped(ref, result, style))
    }
  }
}
