import {API_VERSION, type Versioned} from '@gtown/sdk'
import type {Config, Interfaces} from '@oclif/core'

/** How long a plugin's hook may take. They only name what they offer. */
const HOOK_TIMEOUT_MS = 5000

interface Named extends Versioned {
  name: string
  /** Without priorities, order by name. */
  priority?: number
}

export interface Collected<T> {
  /** The highest priority first; of equal ones, by name. */
  entries: T[]
  /** What is wrong with which plugin, one sentence each. Such a plugin's entries are left out. */
  problems: string[]
}

/** The hooks that plugins answer with what they offer. */
interface OfferHooks extends Interfaces.Hooks {
  'gt:backends': {options: Record<string, never>; return: unknown}
  'gt:rigs': {options: Record<string, never>; return: unknown}
  'gt:roles': {options: Record<string, never>; return: unknown}
  'gt:work': {options: Record<string, never>; return: unknown}
}

/**
 * Asks every plugin what it offers. A plugin that throws, hangs or answers nonsense becomes a problem and takes
 * nobody else down; of two entries of one name gt's own is used, and of two plugins' neither, for which was meant
 * cannot be told.
 *
 * @param guard what is used in the place of an entry of the plugin of that name
 */
export async function collect<T extends Named>(
  config: Config,
  event: keyof OfferHooks & `gt:${string}`,
  isEntry: (value: unknown) => value is T,
  guard: (entry: T, plugin: string) => T = (entry) => entry,
): Promise<Collected<T>> {
  const {successes, failures} = await config.runHook<typeof event, OfferHooks>(
    event,
    {},
    HOOK_TIMEOUT_MS,
    true,
  )
  const problems = failures.map(
    ({plugin, error}) => `plugin ${plugin.name} failed in ${event}: ${firstLine(error)}`,
  )
  const offers: Offer<T>[] = []
  for (const {plugin, result} of successes) {
    if (!Array.isArray(result) || !result.every(isEntry)) {
      problems.push(`plugin ${plugin.name} answered ${event} with something else than was asked for`)
    } else if (result.some(isOfOtherVersion)) {
      problems.push(`plugin ${plugin.name} is made for another version of gt's contracts than ${API_VERSION}`)
    } else {
      const {name, type} = plugin
      const entries = result.map((entry) => guard(entry, name))
      offers.push(...entries.map((entry) => ({plugin: name, isCore: type === 'core', entry})))
    }
  }
  const {unique, clashes} = withoutRivals(offers)
  problems.push(...clashes.map((clash) => `${clash} in ${event}`))
  return {entries: unique.sort(byPriority), problems}
}

interface Offer<T> {
  plugin: string
  isCore: boolean
  entry: T
}

function isOfOtherVersion({apiVersion = API_VERSION}: Versioned): boolean {
  return apiVersion !== API_VERSION
}

/** What gt brings itself goes before what a user has installed. */
function withoutRivals<T extends Named>(offers: readonly Offer<T>[]): {unique: T[]; clashes: string[]} {
  const clashes: string[] = []
  const unique = offers.filter((offer) => {
    const {plugin, isCore, entry} = offer
    const rivals = offers.filter((other) => other !== offer && other.entry.name === entry.name)
    const winner = rivals.find((rival) => isCore === rival.isCore || rival.isCore)
    if (winner) clashes.push(`plugin ${plugin} offers '${entry.name}', and so does ${winner.plugin},`)
    return !winner
  })
  return {unique: unique.map(({entry}) => entry), clashes}
}

/** Results come in the order in which plugins finish: sort, or the choice depends on the weather. */
function byPriority(a: Named, b: Named): number {
  return (b.priority ?? 0) - (a.priority ?? 0) || (a.name < b.name ? -1 : 1)
}

function firstLine(error: Error): string {
  return error.message.split('\n', 1)[0] ?? ''
}
