import type {Host} from '../host.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {bearerArguments, fleetFlags} from './role-flags.js'
import type {RoleView} from './role-view.js'

/** The command class that says whether a role's session runs. */
export function statusCommand<Ref extends RoleRef>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
): RoleCommandClass {
  // What help and messages say; with --all there is none.
  const args = bearerArguments(role)
  const parsed = bearerArguments(role, {optional: true})
  const flags = fleetFlags(role)
  return class extends RoleCommand {
    static override args = args
    static override flags = flags

    async run(): Promise<unknown> {
      const {args: given, flags: chosen} = await this.parse({args: parsed, flags, enableJsonFlag: true})
      this.checkRig(role, given.rig, chosen.all === true)
      const host = await this.host()
      if (chosen.all) return await this.showAll(host)
      const ref = await this.bearer(host, role, given.rig)
      const status = await host.status(role, ref)
      return this.show(host, (style) => view.status(ref, status, style))
    }

    private async showAll(host: Host): Promise<unknown> {
      const [{entryJson, fleetTable}, {plainStyle}] = await Promise.all([
        import('./fleet.js'),
        import('../style.js'),
      ])
      const entries = await host.fleetStatus(role, await host.rigs())
      if (entries.some((entry) => 'error' in entry)) process.exitCode = 1
      if (!this.jsonEnabled()) this.say(fleetTable(entries, await host.style()))
      // What a role's functions are given is as its scope says.
      return entries.map((entry) =>
        entryJson(entry, (ref, status) => view.status(ref as RoleRef as Ref, status, plainStyle)),
      )
    }
  }
}
