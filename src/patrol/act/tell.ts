import {isGtError, type RigRef} from '@gtown/sdk'
import {nudge} from '../../nudge/nudge.js'
import {resolveAddress} from '../../supervisor/address.js'
import type {Action, Evidence} from '../actions.js'
import {done, type Outcome, refused} from '../report/outcome.js'
import type {PatrolServices} from '../services.js'
import type {Escalation} from '../settings/escalation.js'

/** How long a message to an agent may wait for it to be idle. */
const NUDGE_EXPIRES_MS = 30 * 60_000

/** What is told of an incident, at its beginning and at its end. */
export interface Incident {
  status: 'open' | 'resolved'
  /** The same at both. */
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

export interface Teller {
  services: PatrolServices
  ref: RigRef
  escalation: Escalation | undefined
  /** Who tells it, in a sentence; the rig's witness when absent. */
  name?: string
}

/** The incident of an action that begins or ends one. */
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

/** Tells whom the settings name. Refused, so that it is tried again, unless every one of them could be told. */
export async function tellIncident(teller: Teller, incident: Incident): Promise<Outcome> {
  const {services, escalation} = teller
  if (!escalation) return done('nobody is named to be told: see "escalate" in the settings')
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
    await attempt(command[0], () => services.tell(command, `${JSON.stringify(incident, null, 2)}\n`))
  }
  if (address) await attempt(address, () => nudgeAbout(teller, address, incident))
  if (notify) {
    const [title, text] = [`gt: ${incident.rig}`, sentence(incident, teller)]
    await attempt('the desktop', () => services.tell(['notify-send', '--', title, text], ''))
  }
  return problems.length > 0 ? refused(problems.join('; ')) : done()
}

async function nudgeAbout(teller: Teller, address: string, incident: Incident): Promise<void> {
  const {services, ref} = teller
  const book = {find: async () => ref, findTown: async () => ({town: ref.town}), roles: async () => []}
  const agent = await resolveAddress(book, address)
  const text = sentence(incident, teller)
  await nudge(services, agent, {text, waitMs: 0, expiresMs: NUDGE_EXPIRES_MS, force: false})
}

/** One line for a person or an agent. */
function sentence({status, rig, worker, cause, detail}: Incident, {name}: Pick<Teller, 'name'>): string {
  const by = name ?? `Witness of ${rig}`
  const who = worker === undefined ? rig : `${rig}/${worker}`
  const what = detail === undefined ? cause : `${cause}: ${detail.split('\n', 1)[0]}`
  return status === 'open' ? `${by}: ${who} is ${what}` : `${by}: ${who} is no longer ${cause}`
}
