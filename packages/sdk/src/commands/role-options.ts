import type {Interfaces} from '@oclif/core'
import type {RoleRef} from '../role.js'
import type {Style} from '../style.js'
import type {GtCommand} from './gt-command.js'
import type {Rendered} from './role-view.js'

/** What parsed flags stand for, by name. */
export type FlagValues = Record<string, unknown>

export type NoFlags = Record<never, never>

/**
 * What one role adds to the command that a factory makes. `Common` are the values of the flags that the command has for
 * every role, `Own` those of `flags`, as oclif infers them.
 */
export interface RoleCommandOptions<Common, Own extends FlagValues> {
  /** Flags that only this role's command has; none may be called as one of every role's. */
  flags?: Interfaces.FlagInput<Own> & {[Name in keyof Common]?: never}
  /** Throws when the flags ask for what cannot be done. Called before anything is done. */
  check?(flags: Common & NoInfer<Own>): void
  /** Does something else where the flags ask for it; returns undefined where they do not. */
  instead?(request: RoleRequest<Common & NoInfer<Own>>): Promise<unknown> | undefined
}

export interface RoleRequest<Flags> {
  command: GtCommand
  /** As it was typed; undefined where none was. */
  rig: string | undefined
  flags: Flags
}

/** The same of a command that shows a result. */
export interface RenderedCommandOptions<Ref extends RoleRef, Result, Common, Own extends FlagValues>
  extends RoleCommandOptions<Common, Own> {
  /** Shows the result in the place of the view, where the role's own flags have a say in it. */
  render?(ref: Ref, result: Result, shown: {flags: Common & NoInfer<Own>; style: Style}): Rendered
}
