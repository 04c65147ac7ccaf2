import type {Config, Interfaces} from '@oclif/core'
import {usageError} from '../errors.js'
import {type Host, hostOf} from '../host.js'
import type {RigRef, RoleDefinition, RoleRef} from '../role.js'
import type {Style} from '../style.js'
import {GtCommand} from './gt-command.js'
import type {FlagValues} from './role-options.js'
import type {Rendered} from './role-view.js'

/** A command class made by a factory. Extend it and add the help texts. */
export type RoleCommandClass = Omit<typeof GtCommand, 'prototype'> &
  (new (
    argv: string[],
    config: Config,
  ) => RunnableCommand)

declare class RunnableCommand extends GtCommand {
  run(): Promise<unknown>
}

/** Base class of the commands of a role. */
export abstract class RoleCommand extends GtCommand {
  // Repeated, because oclif stops searching for inherited statics at the first class without statics of its own.
  static override enableJsonFlag = true

  protected host(): Promise<Host> {
    return hostOf(this.config)
  }

  /** Returns the named rig, if any, and the values of the flags. */
  protected async parseRole<Flags extends FlagValues>(input: {
    args: Interfaces.ArgInput
    flags: Interfaces.FlagInput
  }): Promise<{rig: string | undefined; flags: Flags}> {
    const {args, flags} = await this.parse({...input, enableJsonFlag: true})
    // The types of oclif's parser cannot express a role's own flags.
    return {rig: args.rig, flags: flags as Flags}
  }

  /** Finds the agent that the command is about: that of the named rig or of the current town. */
  protected async findAgent<Ref extends RoleRef>(
    host: Host,
    role: RoleDefinition<Ref>,
    rigName?: string,
  ): Promise<Ref> {
    // The role's scope determines the type of ref.
    return (await (role.scope === 'rig' ? host.find(rigName) : host.findTown())) as Ref
  }

  /** Throws unless exactly one of rig and --all is given; if neither is needed, unless at most one is. */
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
   * Runs work for every rig of the town, a few at once. Prints the outcome of each and a summary. The exit code is 1
   * if any failed.
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

  /** Loads the user's style only if text is printed, because JSON has none. */
  protected async style(host: Host, isText: boolean): Promise<Style> {
    return isText ? await host.style() : (await import('../style.js')).plainStyle
  }
}
