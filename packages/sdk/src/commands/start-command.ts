import type {Interfaces} from '@oclif/core'
import {GtError, prefixed} from '../errors.js'
import type {StartResult} from '../host-sessions.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {parseEnvironment} from './environment.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {bearerArguments, fleetFlags, startFlags, startOptions} from './role-flags.js'
import type {RoleView} from './role-view.js'

export interface StartCommandOptions {
  /** Flags that only this role's start has. */
  flags?: Interfaces.FlagInput
  /** Does something else than a start where those flags ask for it; returns undefined where they do not. */
  instead?(
    command: RoleCommand,
    rigName: string,
    flags: Record<string, unknown>,
  ): Promise<unknown> | undefined
  /** Throws when those flags ask for what cannot be done; runs right before the start. */
  check?(flags: Record<string, unknown>): void
}

/** The command class that starts a role's session. */
export function startCommand<Ref extends RoleRef>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
  options: StartCommandOptions = {},
): RoleCommandClass {
  // What help and messages say; with --all there is none.
  const args = bearerArguments(role)
  const parsed = bearerArguments(role, {optional: true})
  const all = fleetFlags(role)
  return class extends RoleCommand {
    static override args = args
    static override flags: Interfaces.FlagInput = {...startFlags, ...all, ...options.flags}

    async run(): Promise<unknown> {
      const {args: given, flags} = await this.parse({
        args: parsed,
        flags: {...options.flags, ...all, ...startFlags},
        enableJsonFlag: true,
      })
      this.checkRig(role, given.rig, {all: flags.all === true})
      const instead = flags.all ? undefined : options.instead?.(this, given.rig, flags)
      if (instead) return await instead
      const env = parseEnvironment(flags.env ?? [])
      const host = await this.host()
      if (flags.all) {
        return await this.interruptible((signal) =>
          this.forAll(host, (ref) => host.sessions.start(role, ref, {...startOptions(flags, env), signal})),
        )
      }
      const ref = await this.bearer(host, role, given.rig)
      this.say(view.starting(ref))
      let result: StartResult
      try {
        options.check?.(flags)
        result = await this.interruptible((signal) =>
          host.sessions.start(role, ref, {...startOptions(flags, env), signal}),
        )
      } catch (error) {
        throw prefixed(view.startFailed, error)
      }
      if (result.outcome === 'already_running' && view.alreadyRunning !== undefined) {
        throw new GtError(view.alreadyRunning, {code: 'ALREADY_RUNNING'})
      }
      return this.show(host, (style) => view.started(ref, result, style))
    }
  }
}
