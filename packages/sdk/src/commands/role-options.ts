import type {Interfaces} from '@oclif/core'
import type {RoleRef} from '../role.js'
import type {Style} from '../style.js'
import type {GtCommand} from './gt-command.js'
import type {Rendered} from './role-view.js'

/** Values of parsed flags, by name. */
export type FlagValues = Record<string, unknown>

export type NoFlags = Record<never, never>

/**
 * Options of a role for a command made by a factory. `Common`: values of the flags of every role. `Own`: values of
 * `flags`, as oclif infers them.
 */
export interface RoleCommandOptions<Common, Own extends FlagValues> {
  /** Flags of this role only. They must not reuse a name of the common flags. */
  flags?: Interfaces.FlagInput<Own> & {[Name in keyof Common]?: never}
  /** Throws if the flags ask for something impossible. Called before anything is done. */
  check?(flags: Common & NoInfer<Own>): void
  /** Does something else if the flags ask for it; otherwise returns undefined. */
  instead?(request: RoleRequest<Common & NoInfer<Own>>): Promise<unknown> | undefined
}

export interface RoleRequest<Flags> {
  command: GtCommand
  /** As typed; undefined if not given. */
  rig: string | undefined
  flags: Flags
}

/** Options of a role for a command that shows a result. */
export interface RenderedCommandOptions<Ref extends RoleRef, Result, Common, Own extends FlagValues>
  extends RoleCommandOptions<Common, Own> {
  /** Shows the result instead of the view, so that the role's own flags can change it. */
  render?(ref: Ref, result: Result, shown: {flags: Common & NoInfer<Own>; style: Style}): Rendered
}
