import {prefixed} from '../errors.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {parseEnvironment} from './environment.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {bearerArguments, startFlags, startOptions, stopFlags, stopOptions} from './role-flags.js'
import type {RoleView} from './role-view.js'

const restartFlags = {...startFlags, ...stopFlags}

/** The command class that stops a role's session, if there is one, and starts a fresh one. */
export function restartCommand<Ref extends RoleRef>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
): RoleCommandClass {
  const args = bearerArguments(role)
  return class extends RoleCommand {
    static override args = args
    static override flags = restartFlags

    async run(): Promise<unknown> {
      const {args: given, flags} = await this.parse({
        args,
        flags: restartFlags,
        enableJsonFlag: true,
      })
      const env = parseEnvironment(flags.env ?? [])
      const host = await this.host()
      const ref = await this.bearer(host, role, given.rig)
      this.say(view.restarting(ref))
      try {
        const result = await this.interruptible((signal) =>
          host.restart(role, ref, {...startOptions(flags, env), ...stopOptions(flags), signal}),
        )
        return await this.show(host, (style) => view.restarted(ref, result, style))
      } catch (error) {
        throw prefixed(view.startFailed, error)
      }
    }
  }
}
