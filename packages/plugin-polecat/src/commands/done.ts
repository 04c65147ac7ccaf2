import {relative} from 'node:path'
import {type Place, type RigRef, usageError} from '@gtown/sdk'
import {EXITS} from '@gtown/workers'
import {Flags} from '@oclif/core'
import {finishWork, tellDone} from '../done.js'
import {polecatNamed} from '../name.js'
import {PolecatCommand} from '../polecat-command.js'
import {polecatRole} from '../role.js'
import {polecatView} from '../view.js'

export default class Done extends PolecatCommand {
  static override summary = 'Say that the work is finished, as a polecat.'
  static override description =
    `For a polecat, inside its sandbox. Pushes its branch, records how the work ended, and ends its session. What
is not committed is refused, unless the work was given up (ESCALATED, DEFERRED): then it stays in the sandbox.`
  static override examples = ['gt done', 'gt done --exit ESCALATED']
  static override flags = {
    exit: Flags.option({
      description: 'How the work ended',
      options: EXITS,
      default: 'COMPLETED',
    })(),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(Done)
    const services = await this.services()
    const {host} = services
    const place = host.place()
    const rig = await host.find(place.env.GT_POLECAT ? place.env.GT_RIG || undefined : undefined)
    const ref = await polecatNamed(rig, callerName(place, rig))
    const record = await finishWork(services, ref, flags.exit)
    const shown = await this.show(host, (style) => polecatView.done(ref, record, style))
    await host.sessions.stop(polecatRole(), ref)
    // Not before: from inside the session all of this is run once more, outside of it.
    await tellDone(services, ref, record)
    return shown
  }
}

/** Who calls: a session's own variable says it, or else the directory. */
function callerName({cwd, env}: Place, {rig}: RigRef): string {
  if (env.GT_POLECAT) return env.GT_POLECAT
  const [polecats, name] = cwd === undefined ? [] : relative(rig.path, cwd).split('/')
  if (polecats === 'polecats' && name) return name
  throw usageError('gt done is for polecats: this is not the sandbox of one', 'Call it inside the sandbox.')
}
