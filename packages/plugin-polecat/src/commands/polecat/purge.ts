import {shorten, usageError} from '@gtown/sdk'
import {Args, Flags} from '@oclif/core'
import {PolecatCommand} from '../../polecat-command.js'
import {type PurgeOutcome, parseAge, purgeOld, purgeWorker} from '../../purge.js'
import {removedView} from '../../removed-view.js'
import type {Services} from '../../services.js'

export default class PolecatPurge extends PolecatCommand {
  static override summary = 'Delete the sandbox of a removed polecat for good.'
  static override description =
    `Deletes the sandbox; its commits stay in the rig's repository. A sandbox with work that may exist nowhere else stays,
and the reasons are named, unless --unclean is given. Follows no link, and enters no mount.`
  static override examples = [
    'gt polecat purge greenplace/nux',
    'gt polecat purge greenplace --older-than 7d',
    'gt polecat purge greenplace/nux --unclean',
  ]
  static override args = {
    target: Args.string({
      description:
        'The polecat: rig/name; with --older-than the rig, inferred from the current directory when absent',
      ignoreStdin: true,
    }),
  }
  static override flags = {
    id: Flags.string({
      description: 'Id of the sandbox, from gt polecat list --removed',
      exclusive: ['older-than'],
    }),
    'older-than': Flags.string({
      description: 'Every sandbox of the rig that was put away at least this long ago, such as 7d or 12h',
    }),
    unclean: Flags.boolean({description: 'Also delete sandboxes with work that may exist nowhere else'}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(PolecatPurge)
    const services = await this.services()
    const outcomes = await this.purged(services, args.target, {
      id: flags.id,
      age: flags['older-than'],
      unclean: flags.unclean,
    })
    if (outcomes.some(({outcome}) => outcome !== 'purged')) process.exitCode = 1
    return this.show(services.host, (style) => removedView.purged(outcomes, style))
  }

  private async purged(
    services: Services,
    target: string | undefined,
    {id, age, unclean}: {id: string | undefined; age: string | undefined; unclean: boolean},
  ): Promise<PurgeOutcome[]> {
    if (age !== undefined) {
      const days = parseAge(age)
      return await purgeOld(services, await services.host.find(target), {days, unclean})
    }
    if (target === undefined || !target.includes('/')) {
      const rig = shorten(target ?? 'RIG')
      throw usageError(
        'purge needs a polecat, or a rig and --older-than',
        `For example: gt polecat purge ${rig}/NAME, or: gt polecat purge ${rig} --older-than 7d`,
      )
    }
    return await purgeWorker(services, await this.polecat(services.host, target), {id, unclean})
  }
}
