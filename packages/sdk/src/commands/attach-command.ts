import type {Interfaces} from '@oclif/core'
import {amended, hasCode, isGtError} from '../errors.js'
import type {Host} from '../host.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {agentArguments, startOptions} from './role-flags.js'
import type {FlagValues, NoFlags, RoleCommandOptions} from './role-options.js'
import type {RoleView} from './role-view.js'

/** Options of a role for its attach command. */
export type AttachCommandOptions<Own extends FlagValues = NoFlags> = RoleCommandOptions<NoFlags, Own>

/** Makes the command class that shows a role's session in this terminal and starts it first if needed. */
export function attachCommand<Ref extends RoleRef, Own extends FlagValues = NoFlags>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
  options: AttachCommandOptions<Own> = {},
): RoleCommandClass {
  const flags: Interfaces.FlagInput = {...options.flags}
  const args = agentArguments(role, {optional: true})
  return class AttachCommand extends RoleCommand {
    static override args = args
    static override flags = flags

    async run(): Promise<unknown> {
      const {rig, flags: chosen} = await this.parseRole<Own>({args, flags})
      options.check?.(chosen)
      const instead = options.instead?.({command: this, rig, flags: chosen})
      if (instead) return await instead
      const host = await this.host()
      const ref = await this.find(host, rig)
      await host.sessions.checkAttach(role, ref)
      const result = await this.interruptible((signal) =>
        host.sessions.start(role, ref, {...startOptions({}, {}), signal}),
      )
      if (result.outcome === 'started') this.say(view.startedForAttach(ref, result))
      await host.sessions.attach(role, ref)
      return view.attached(ref, result.session.name, result.outcome === 'started')
    }

    private async find(host: Host, name: string | undefined): Promise<Ref> {
      try {
        return await this.findAgent(host, role, name)
      } catch (error) {
        if (!hasCode(error, 'RIG_NOT_INFERRED') || !isGtError(error)) throw error
        const command = (this.id ?? '').replaceAll(':', ' ')
        throw amended(error, {
          message: `could not determine rig: ${error.message}`,
          hint: `Usage: gt ${command} <rig>`,
        })
      }
    }
  }
}
