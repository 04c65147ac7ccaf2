import type {Interfaces} from '@oclif/core'
import {prefixed} from '../errors.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {parseEnvironment} from './environment.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {bearerArguments, startFlags, startOptions} from './role-flags.js'
import type {RoleView} from './role-view.js'

export interface StartCommandOptions {
  /** Flags that only this role's start has. */
  flags?: Interfaces.FlagInput
  /** Throws when those flags ask for what cannot be done; runs right before the start. */
  check?(flags: Record<string, unknown>): void
}

/** The command class that starts a role's session. */
export function startCommand<Ref extends RoleRef>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
  options: StartCommandOptions = {},
): RoleCommandClass {
  const args = bearerArguments(role)
  return class extends RoleCommand {
    static override args = args
    static override flags: Interfaces.FlagInput = {...startFlags, ...options.flags}

    async run(): Promise<unknown> {
      const {args: given, flags} = await this.parse({
        args,
        flags: {...options.flags, ...startFlags},
        enableJsonFlag: true,
      })
      const env = parseEnvironment(flags.env ?? [])
      const host = await this.host()
      const ref = await this.bearer(host, role, given.rig)
      this.say(view.starting(ref))
      try {
        options.check?.(flags)
        const result = await this.interruptible((signal) =>
          host.start(role, ref, {...startOptions(flags, env), signal}),
        )
        return await this.show(host, (style) => view.started(ref, result, style))
      } catch (error) {
        throw prefixed(view.startFailed, error)
      }
    }
  }
}
