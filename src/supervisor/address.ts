import {
  isSafeName,
  type RigRef,
  type RoleDefinition,
  type RoleRef,
  rigSessionName,
  shorten,
  usageError,
} from '@gtown/sdk'
import {type AgentRef, agentOf} from './agent-ref.js'
import {workerSession} from './worker-session.js'

/** Finds the rig of that name, or of the current directory; and the town. */
export interface AddressBook {
  find(rigName?: string): Promise<RigRef>
  findTown(): Promise<RoleRef>
  /** The roles that plugins offer. */
  roles(): Promise<readonly RoleDefinition[]>
}

/** Built-in roles of a town and of a rig. Any other name in a rig is a worker. */
export const TOWN_ROLES = ['mayor', 'deacon', 'boot']
export const RIG_ROLES = ['witness', 'refinery']

/**
 * Finds the agent for an address: `rig/witness`, `rig/worker` (also `rig/polecats/worker`), `rig/crew/name`, `deacon`
 * (also `hq/deacon`), or `witness` for the rig of the current directory. Does not check whether it runs.
 */
export async function resolveAddress(book: AddressBook, text: string): Promise<AgentRef> {
  const words = text.split('/')
  if (words.length > 3 || !words.every((word) => isSafeName(word))) throw unknownAddress(text)
  const [first = '', second, third] = words
  if (second === undefined) return await resolveShort(book, first)
  if (first === 'hq' && third === undefined && TOWN_ROLES.includes(second))
    return await townRole(book, second)
  const ref = await book.find(first)
  if (third === undefined) return (await pluginAgent(book, ref, second)) ?? rigAgent(ref, second)
  if (second === 'polecats') return worker(ref, third)
  if (second === 'crew') return crew(ref, third)
  throw unknownAddress(text)
}

async function resolveShort(book: AddressBook, name: string): Promise<AgentRef> {
  if (TOWN_ROLES.includes(name)) return await townRole(book, name)
  if (RIG_ROLES.includes(name)) return rigAgent(await book.find(), name)
  const role = (await book.roles()).find((candidate) => candidate.name === name)
  if (!role) throw unknownAddress(name)
  return agentOf(role, role.scope === 'town' ? await book.findTown() : await book.find())
}

/** The agent for a rig role from a plugin; undefined if no plugin offers a rig role of that name. */
async function pluginAgent(book: AddressBook, ref: RigRef, name: string): Promise<AgentRef | undefined> {
  if (RIG_ROLES.includes(name)) return undefined
  const role = (await book.roles()).find((candidate) => candidate.name === name && candidate.scope === 'rig')
  return role && agentOf(role, ref)
}

async function townRole(book: AddressBook, name: string): Promise<AgentRef> {
  return agentOf({name, sessionName: () => `hq-${name}`}, await book.findTown())
}

function rigAgent(ref: RigRef, name: string): AgentRef {
  if (!RIG_ROLES.includes(name)) return worker(ref, name)
  return agentOf({name, sessionName: () => rigSessionName(ref.rig.name, name)}, ref)
}

function worker({rig, town}: RigRef, name: string): AgentRef {
  return agentOf(workerSession(name), {rig, town, name})
}

function crew({rig, town}: RigRef, name: string): AgentRef {
  const role = {name: 'crew', sessionName: () => rigSessionName(rig.name, `crew-${name}`)}
  return {...agentOf(role, {rig, town, name}), address: `${rig.name}/crew/${name}`}
}

function unknownAddress(text: string) {
  return usageError(
    `'${shorten(text)}' is not an address`,
    'An address is rig/witness, rig/worker, rig/crew/name, or deacon; witness alone means the rig of this directory.',
  )
}
