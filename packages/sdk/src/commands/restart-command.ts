import type {Interfaces} from '@oclif/core'
import {prefixed} from '../errors.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {parseEnvironment} from './environment.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {bearerArguments, fleetFlags, startFlags, startOptions, stopFlags, stopOptions} from './role-flags.js'
import type {RoleView} from './role-view.js'

const restartFlags = {...startFlags, ...stopFlags}

/** The command class that stops a role's session, if there is one, and starts a fresh one. */
export function restartCommand<Ref extends RoleRef>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
): RoleCommandClass {
  // What help and messages say; with --all there is none.
  const args = bearerArguments(role)
  const parsed = bearerArguments(role, {optional: true})
  const all = fleetFlags(role)
  return class extends RoleCommand {
    static override args = args
    static override flags: Interfaces.FlagInput = {...restartFlags, ...all}

    async run(): Promise<unknown> {
      const {args: given, flags} = await this.parse({
        args: parsed,
        flags: {...all, ...restartFlags},
        enableJsonFlag: true,
      })
      this.checkRig(role, given.rig, {all: flags.all === true})
      const env = parseEnvironment(flags.env ?? [])
      const options = {...startOptions(flags, env), ...stopOptions(flags)}
      const host = await this.host()
      if (flags.all) {
        return await this.interruptible((signal) =>
          this.forAll(host, (ref) => host.sessions.restart(role, ref, {...options, signal})),
        )
      }
      const ref = await this.bearer(host, role, given.rig)
      this.say(view.restarting(ref))
      try {
        const result = await this.interruptible((signal) =>
          host.sessions.restart(role, ref, {...options, signal}),
        )
        return await this.show(host, (style) => view.restarted(ref, result, style))
      } catch (error) {
        throw prefixed(view.startFailed, error)
      }
    }
  }
}
