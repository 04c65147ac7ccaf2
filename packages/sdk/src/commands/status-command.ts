import {Flags, type Interfaces} from '@oclif/core'
import {parseDuration} from '../duration.js'
import {usageError} from '../errors.js'
import type {Host} from '../host.js'
import type {RigRef, RoleDefinition, RoleRef} from '../role.js'
import type {RoleStatus} from '../role-status.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {agentArguments, type FleetFlags, fleetArguments, fleetFlags} from './role-flags.js'
import type {FlagValues, NoFlags, RenderedCommandOptions} from './role-options.js'
import type {RoleView} from './role-view.js'
import type {StatusEntry} from './status-entry.js'
import type {StatusQuestion, StatusView} from './status-report.js'

const DEFAULT_INTERVAL_MS = 2000
const MIN_INTERVAL_MS = 100

const statusFlags = {
  jsonl: Flags.boolean({description: 'Print one JSON object per line', exclusive: ['json', 'format']}),
  format: Flags.string({
    description:
      'One line for a prompt or a status line, such as "{running}/{total}"; with a rig "{rig} {state}"',
    exclusive: ['json'],
  }),
  watch: Flags.boolean({char: 'w', description: 'Keep running and show each change', exclusive: ['json']}),
  interval: Flags.custom<number>({
    description: 'Time from one check to the next, e.g. 5s',
    defaultHelp: async () => '2s',
    dependsOn: ['watch'],
    parse: async (text) => parseInterval(text),
  })(),
}

type StatusFlags = Interfaces.InferredFlags<typeof statusFlags> & FleetFlags

/**
 * Options of a role for its status command. `render` is used for every form that shows a single session, including
 * JSON.
 */
export type StatusCommandOptions<
  Ref extends RoleRef,
  Own extends FlagValues = NoFlags,
> = RenderedCommandOptions<Ref, RoleStatus, StatusFlags, Own>

/**
 * Makes the command class that shows whether a role's session runs; for a rig role without a rig argument, all its
 * sessions.
 */
export function statusCommand<Ref extends RoleRef, Own extends FlagValues = NoFlags>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
  options: StatusCommandOptions<Ref, Own> = {},
): RoleCommandClass {
  const args = fleetArguments(role)
  const flags = {...statusFlags, ...fleetFlags(role), ...options.flags}
  const {render = (...[ref, status, {style}]) => view.status(ref, status, style)} = options
  return class extends RoleCommand {
    static override args = args
    static override flags: Interfaces.FlagInput = flags

    async run(): Promise<unknown> {
      const {rig, flags: chosen} = await this.parseRole<StatusFlags & Own>({args, flags})
      const many = role.scope === 'rig' && rig === undefined
      this.checkRig(role, rig, {all: chosen.all === true, needed: false})
      options.check?.(chosen)
      const instead = options.instead?.({command: this, rig, flags: chosen})
      if (instead) return await instead
      const host = await this.host()
      if (many || chosen.jsonl || chosen.watch || chosen.format !== undefined) {
        return await this.report(host, {rig, many}, chosen)
      }
      const ref = await this.findAgent(host, role, rig)
      const status = await host.sessions.status(role, ref)
      return this.show(host, (style) => render(ref, status, {flags: chosen, style}))
    }

    /** Keeps the original's wording for too many arguments, although the argument is optional here. */
    protected override countedArguments() {
      return agentArguments(role)
    }

    private async report(
      host: Host,
      {rig, many}: {rig: string | undefined; many: boolean},
      chosen: StatusFlags & Own,
    ): Promise<unknown> {
      const {entryJson, statusText, watchStatus} = await import('./status-report.js')
      const look = many ? () => lookAtAll(host) : await this.lookAtOne(host, rig)
      const shown: StatusView<Ref> = {
        status: (ref, status, style) => render(ref, status, {flags: chosen, style}),
      }
      const isText = !(this.jsonEnabled() || chosen.jsonl || chosen.format !== undefined)
      const question: StatusQuestion<Ref> = {look, view: shown, many, style: await this.style(host, isText)}
      if (chosen.watch) {
        const {interval: intervalMs = DEFAULT_INTERVAL_MS} = chosen
        return await this.whileRead((signal) => watchStatus(question, chosen, {intervalMs, signal}))
      }
      const text = statusText(question, chosen)
      const entries = await look()
      if (entries.some((entry) => 'error' in entry)) process.exitCode = 1
      if (!this.jsonEnabled()) this.say(text(entries))
      return entries.map((entry) => entryJson(entry, shown))
    }

    private async lookAtOne(host: Host, rig: string | undefined): Promise<() => Promise<StatusEntry<Ref>[]>> {
      const ref = await this.findAgent(host, role, rig)
      return async () => [{ref, status: await host.sessions.status(role, ref)}]
    }
  }

  async function lookAtAll(host: Host): Promise<StatusEntry<Ref>[]> {
    const entries = await host.sessions.fleetStatus(role, await host.rigs())
    // The role's scope determines the type of ref.
    return entries as StatusEntry<RigRef & Ref>[]
  }
}

function parseInterval(text: string): number {
  const ms = parseDuration(text)
  if (ms >= MIN_INTERVAL_MS) return ms
  throw usageError(`the shortest interval is ${MIN_INTERVAL_MS}ms`)
}
