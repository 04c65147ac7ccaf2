import {isGtError, type RigRef} from '@gtown/sdk'
import {nudge} from '../../nudge/nudge.js'
import {resolveAddress} from '../../supervisor/address.js'
import type {Action, Evidence} from '../actions.js'
import {done, type Outcome, refused} from '../report/outcome.js'
import type {PatrolServices} from '../services.js'
import type {Escalation} from '../settings/escalation.js'

/** How long a message to an agent may wait for it to be idle. */
const NUDGE_EXPIRES_MS = 30 * 60_000

/** The notification of an incident, sent at its beginning and at its end. */
export interface Incident {
  status: 'open' | 'resolved'
  /** The same in both notifications. */
  id: string
  cause: string
  detail?: string
  rig: string
  worker?: string
  incarnation?: string
  evidence: readonly Evidence[]
  /** ISO 8601. */
  at: string
}

export interface Notifier {
  services: PatrolServices
  ref: RigRef
  escalation: Escalation | undefined
  /** The notifier's name for a sentence; by default the rig's witness. */
  name?: string
}

/** The incident that an action begins or ends. */
export function incidentOf(
  action: Extract<Action, {kind: 'escalate' | 'resolve'}>,
  rig: string,
  of: {name?: string; incarnation?: string | undefined; evidence?: readonly Evidence[]} = {},
): Incident {
  return {
    status: action.kind === 'escalate' ? 'open' : 'resolved',
    id: action.key,
    cause: action.cause,
    ...(action.kind === 'escalate' && {detail: action.detail}),
    rig,
    ...(of.name !== undefined && {worker: of.name}),
    ...(of.incarnation !== undefined && {incarnation: of.incarnation}),
    evidence: of.evidence ?? [],
    at: new Date().toISOString(),
  }
}

/** Notifies everyone whom the settings name. Refused, and so retried, unless all notifications succeeded. */
export async function notifyIncident(notifier: Notifier, incident: Incident): Promise<Outcome> {
  const {services, escalation} = notifier
  if (!escalation) return done('nobody to notify: set "escalate" in the settings')
  const problems: string[] = []
  const attempt = async (whom: string, work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      if (!isGtError(error)) throw error
      problems.push(`${whom}: ${error.message}`)
    }
  }
  const {command, nudge: address, notify} = escalation
  if (command) {
    await attempt(command[0], () => services.notify(command, `${JSON.stringify(incident, null, 2)}\n`))
  }
  if (address) await attempt(address, () => nudgeAbout(notifier, address, incident))
  if (notify) {
    const [title, text] = [`gt: ${incident.rig}`, sentence(incident, notifier)]
    await attempt('the desktop', () => services.notify(['notify-send', '--', title, text], ''))
  }
  return problems.length > 0 ? refused(problems.join('; ')) : done()
}

async function nudgeAbout(notifier: Notifier, address: string, incident: Incident): Promise<void> {
  const {services, ref} = notifier
  const book = {find: async () => ref, findTown: async () => ({town: ref.town}), roles: async () => []}
  const agent = await resolveAddress(book, address)
  const text = sentence(incident, notifier)
  await nudge(services, agent, {text, waitMs: 0, expiresMs: NUDGE_EXPIRES_MS, force: false})
}

/** One line for a person or an agent. */
function sentence({status, rig, worker, cause, detail}: Incident, {name}: Pick<Notifier, 'name'>): string {
  const by = name ?? `Witness of ${rig}`
  const who = worker === undefined ? rig : `${rig}/${worker}`
  const what = detail === undefined ? cause : `${cause}: ${detail.split('\n', 1)[0]}`
  return status === 'open' ? `${by}: ${who} is ${what}` : `${by}: ${who} is no longer ${cause}`
}
