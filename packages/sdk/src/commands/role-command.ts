import type {Config} from '@oclif/core'
import {type Host, hostOf} from '../host.js'
import type {RoleDefinition, RoleRef} from '../role.js'
import type {Style} from '../style.js'
import {GtCommand} from './gt-command.js'
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

  /** The bearer that the command is about: the rig's that is named, or the town's that the user is in. */
  protected async bearer<Ref extends RoleRef>(
    host: Host,
    role: RoleDefinition<Ref>,
    rigName?: string,
  ): Promise<Ref> {
    // What a role's functions are given is as its scope says.
    return (await (role.scope === 'rig' ? host.find(rigName) : host.findTown())) as Ref
  }

  /** Loads the style only where text is printed: with `--json` nobody sees it. */
  protected async show(host: Host, render: (style: Style) => Rendered): Promise<Record<string, unknown>> {
    const {plainStyle} = await import('../style.js')
    const {text, json} = render(this.jsonEnabled() ? plainStyle : await host.style())
    this.say(text)
    return json
  }
}
