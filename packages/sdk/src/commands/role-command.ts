import type {Config, Interfaces} from '@oclif/core'
import {usageError} from '../errors.js'
import {type Host, hostOf} from '../host.js'
import type {RigRef, RoleDefinition, RoleRef} from '../role.js'
import type {Style} from '../style.js'
import {GtCommand} from './gt-command.js'
import type {FlagValues} from './role-options.js'
import type {Rendered} from './role-view.js'

/** A command class made by a factory: extend it, and add the texts that help shows. */
export type RoleCommandClass = Omit<typeof GtCommand, 'prototype'> &
  (new (
    argv: string[],
    config: Config,
  ) => RunnableCommand)

declare class RunnableCommand extends GtCommand {
  run(): Promise<unknown>
}

/** What the commands of a role have in common. */
export abstract class RoleCommand extends GtCommand {
  // Said again: oclif stops looking for inherited statics at the first class that has none of its own.
  static override enableJsonFlag = true

  protected host(): Promise<Host> {
    return hostOf(this.config)
  }

  /** The rig that is named, where one is, and what the flags stand for. */
  protected async parseRole<Flags extends FlagValues>(input: {
    args: Interfaces.ArgInput
    flags: Interfaces.FlagInput
  }): Promise<{rig: string | undefined; flags: Flags}> {
    const {args, flags} = await this.parse({...input, enableJsonFlag: true})
    // The values of a role's own flags are a type parameter, for which the types of oclif's parser give nothing.
    return {rig: args.rig, flags: flags as Flags}
  }

  /** The bearer that the command is about: the rig's that is named, or the town's that the user is in. */
  protected async bearer<Ref extends RoleRef>(
    host: Host,
    role: RoleDefinition<Ref>,
    rigName?: string,
  ): Promise<Ref> {
    // What a role's functions are given is as its scope says.
    return (await (role.scope === 'rig' ? host.find(rigName) : host.findTown())) as Ref
  }

  /** Either the rig is named or all are meant; where neither is needed, at most one of the two. */
  protected checkRig(
    role: Pick<RoleDefinition, 'scope'>,
    rigName: string | undefined,
    {all, needed = true}: {all: boolean; needed?: boolean},
  ): void {
    const isNamed = rigName !== undefined
    if (role.scope === 'town' || isNamed !== all || !(isNamed || needed)) return
    const id = (this.id ?? '').replaceAll(':', ' ')
    const message = all ? 'a rig and --all cannot be given together' : 'accepts 1 arg(s), received 0'
    throw usageError(message, `See 'gt ${id} --help'.`)
  }

  /**
   * Does the work for every rig of the town, a few at once, says of each what became of it, and sums it up. The exit
   * code is 1 where any failed.
   */
  protected async forAll<T extends {outcome: string}>(
    host: Host,
    work: (ref: RigRef) => Promise<T>,
  ): Promise<Record<string, unknown>[]> {
    const [{forEachRef, outcomeLine, outcomesJson, outcomeSummary}, {openProgress}] = await Promise.all([
      import('./outcomes.js'),
      import('./progress.js'),
    ])
    const [style, refs] = await Promise.all([host.style(), host.rigs()])
    const progress = openProgress(refs.length, (line) => this.say(line))
    const outcomes = await forEachRef(refs, work, {
      begun: ({rig}) => progress.begin(rig.name),
      done: (outcome) => {
        progress.end(outcome.ref.rig.name)
        progress.print(outcomeLine(outcome, style))
      },
    })
    progress.close()
    this.say(`\n${outcomeSummary(outcomes)}`)
    if (outcomes.some((outcome) => 'error' in outcome)) process.exitCode = 1
    return outcomesJson(outcomes)
  }

  protected async show(host: Host, render: (style: Style) => Rendered): Promise<Record<string, unknown>> {
    const {text, json} = render(await this.style(host, !this.jsonEnabled()))
    this.say(text)
    return json
  }

  /** The user's style is loaded only where text is printed: in JSON nobody sees it. */
  protected async style(host: Host, isText: boolean): Promise<Style> {
    return isText ? await host.style() : (await import('../style.js')).plainStyle
  }
}
