import {Flags} from '@oclif/core'
import {keptUntil} from '../../keep.js'
import {addressArgument, PolecatCommand} from '../../polecat-command.js'
import {removeWorker} from '../../remove.js'
import {polecatView} from '../../view.js'

export default class PolecatNuke extends PolecatCommand {
  static override summary = 'Remove a polecat: end its session and put its sandbox away.'
  static override description =
    `Moves the whole sandbox out of the way, with its branch. Nothing of it is deleted: gt polecat restore brings it back.
Names the work that exists only there. Asks before it ends an agent that works. Leaves all as it is if something is
mounted in the sandbox, if its worktree is locked, or if other processes run in it.

With --purge the sandbox is deleted at once if all of its work is at the origin; otherwise gt asks first.`
  static override examples = ['gt polecat nuke greenplace/nux', 'gt polecat nuke greenplace/nux --purge']
  static override args = {address: addressArgument}
  static override flags = {
    purge: Flags.boolean({description: 'Delete the sandbox at once, instead of keeping it'}),
    yes: Flags.boolean({char: 'y', description: 'Answer every question with yes'}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(PolecatNuke)
    const services = await this.services()
    const ref = await this.polecat(services.host, args.address)
    const removed = await removeWorker(services, ref, {
      purge: flags.purge,
      confirm: (question) => this.agree(question, flags.yes),
    })
    if (removed.purge && removed.purge.outcome !== 'purged') process.exitCode = 1
    const until = await keptUntil(services, ref)
    return this.show(services.host, (style) => polecatView.removed(ref, {...removed, until}, style))
  }
}
