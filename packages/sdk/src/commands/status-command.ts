import {Flags, type Interfaces} from '@oclif/core'
import {parseDuration} from '../duration.js'
import {usageError} from '../errors.js'
import type {Host} from '../host.js'
import type {RigRef, RoleDefinition, RoleRef} from '../role.js'
import {RoleCommand, type RoleCommandClass} from './role-command.js'
import {bearerArguments, fleetArguments, fleetFlags} from './role-flags.js'
import type {RoleView} from './role-view.js'
import type {StatusEntry} from './status-entry.js'
import type {StatusForm, StatusQuestion} from './status-report.js'

const DEFAULT_INTERVAL_MS = 2000
const SHORTEST_INTERVAL_MS = 100

const statusFlags = {
  jsonl: Flags.boolean({description: 'One JSON object a line', exclusive: ['json', 'format']}),
  format: Flags.string({
    description:
      'One line for a prompt or a status line, such as "{running}/{total}"; with a rig "{rig} {state}"',
    exclusive: ['json'],
  }),
  watch: Flags.boolean({char: 'w', description: 'Go on, and show each change', exclusive: ['json']}),
  interval: Flags.custom<number>({
    description: 'Time from one look to the next, e.g. 5s',
    defaultHelp: async () => '2s',
    dependsOn: ['watch'],
    parse: async (text) => parseInterval(text),
  })(),
}

/** The command class that says whether a role's session runs, and of a role of rigs, without a rig, all sessions. */
export function statusCommand<Ref extends RoleRef>(
  role: RoleDefinition<Ref>,
  view: RoleView<Ref>,
): RoleCommandClass {
  const args = fleetArguments(role)
  const all = fleetFlags(role)
  return class extends RoleCommand {
    static override args = args
    static override flags: Interfaces.FlagInput = {...all, ...statusFlags}

    async run(): Promise<unknown> {
      const {args: given, flags: chosen} = await this.parse({
        args,
        flags: {...all, ...statusFlags},
        enableJsonFlag: true,
      })
      const many = role.scope === 'rig' && given.rig === undefined
      this.checkRig(role, given.rig, {all: chosen.all === true, needed: false})
      const host = await this.host()
      if (many || chosen.jsonl || chosen.watch || chosen.format !== undefined) {
        return await this.report(host, {rig: given.rig, many}, chosen)
      }
      const ref = await this.bearer(host, role, given.rig)
      const status = await host.sessions.status(role, ref)
      return this.show(host, (style) => view.status(ref, status, style))
    }

    /** The original's words for too many, though it may be none here. */
    protected override countedArguments() {
      return bearerArguments(role)
    }

    private async report(
      host: Host,
      {rig, many}: {rig: string | undefined; many: boolean},
      chosen: StatusForm & {watch: boolean; interval?: number | undefined},
    ): Promise<unknown> {
      const {entryJson, statusText, watchStatus} = await import('./status-report.js')
      const look = many ? () => lookAtAll(host) : await this.lookAtOne(host, rig)
      const isText = !(this.jsonEnabled() || chosen.jsonl || chosen.format !== undefined)
      const question: StatusQuestion<Ref> = {look, view, many, style: await this.style(host, isText)}
      if (chosen.watch) {
        const {interval: intervalMs = DEFAULT_INTERVAL_MS} = chosen
        return await this.whileRead((signal) => watchStatus(question, chosen, {intervalMs, signal}))
      }
      const text = statusText(question, chosen)
      const entries = await look()
      if (entries.some((entry) => 'error' in entry)) process.exitCode = 1
      if (!this.jsonEnabled()) this.say(text(entries))
      return entries.map((entry) => entryJson(entry, view))
    }

    private async lookAtOne(host: Host, rig: string | undefined): Promise<() => Promise<StatusEntry<Ref>[]>> {
      const ref = await this.bearer(host, role, rig)
      return async () => [{ref, status: await host.sessions.status(role, ref)}]
    }
  }

  async function lookAtAll(host: Host): Promise<StatusEntry<Ref>[]> {
    const entries = await host.sessions.fleetStatus(role, await host.rigs())
    // What a role's functions are given is as its scope says.
    return entries as StatusEntry<RigRef & Ref>[]
  }
}

function parseInterval(text: string): number {
  const ms = parseDuration(text)
  if (ms >= SHORTEST_INTERVAL_MS) return ms
  throw usageError(`the shortest interval is ${SHORTEST_INTERVAL_MS}ms`)
}
