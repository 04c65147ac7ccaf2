import {relative} from 'node:path'
import {type Place, type RigRef, usageError} from '@gtown/sdk'
import {EXITS} from '@gtown/workers'
import {Flags} from '@oclif/core'
import {finishWork, notifyDone} from '../done.js'
import {polecatNamed} from '../name.js'
import {PolecatCommand} from '../polecat-command.js'
import {polecatRole} from '../role.js'
import {polecatView} from '../view.js'

export default class Done extends PolecatCommand {
  static override summary = 'Report that your work is finished (run by the worker).'
  static override description =
    `For a polecat, inside its sandbox. Pushes its branch, records how the work ended, and ends its session. Names
what it does not push. Fails if work is uncommitted, unless it was given up (ESCALATED, DEFERRED): then it stays
in the sandbox.`
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
    const {exit} = flags
    const finished = await this.interruptible((signal) => finishWork(services, ref, {exit, signal}))
    const shown = await this.show(host, (style) => polecatView.done(ref, finished, style))
    await host.sessions.stop(polecatRole(), ref)
    // Notify last: from inside the session, the stop runs this whole command again outside of it.
    await notifyDone(services, ref, finished.record)
    return shown
  }
}

/** The name of the calling worker, from the session's variable, or else from the directory. */
function callerName({cwd, env}: Place, {rig}: RigRef): string {
  if (env.GT_POLECAT) return env.GT_POLECAT
  const [polecats, name] = cwd === undefined ? [] : relative(rig.path, cwd).split('/')
  if (polecats === 'polecats' && name) return name
  throw usageError('gt done is for polecats: this is not a sandbox', 'Run it inside the sandbox.')
}
