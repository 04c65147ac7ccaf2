import {API_VERSION, type Versioned} from '@gtown/sdk'
import type {Config, Interfaces} from '@oclif/core'

/** Time limit for a plugin's hook, which only has to list its offers. */
const HOOK_TIMEOUT_MS = 5000

interface Named extends Versioned {
  name: string
  /** Without priorities, order by name. */
  priority?: number
}

export interface Collected<T> {
  /** Ordered by priority, the highest first, then by name. */
  entries: T[]
  /** One sentence for each faulty plugin, whose entries are left out. */
  problems: string[]
}

/** The hooks by which plugins offer entries. */
interface OfferHooks extends Interfaces.Hooks {
  'gt:backends': {options: Record<string, never>; return: unknown}
  'gt:rigs': {options: Record<string, never>; return: unknown}
  'gt:roles': {options: Record<string, never>; return: unknown}
  'gt:work': {options: Record<string, never>; return: unknown}
}

/**
 * Collects the entries that plugins offer for a hook. A plugin that throws, hangs or answers nonsense becomes a problem
 * and does not affect the others. When two entries have one name, gt's own is used; of two plugins' neither is, since it
 * is unknown which was meant.
 *
 * @param guard wraps each entry; gets the name of its plugin
 */
export async function collectOffers<T extends Named>(
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
      problems.push(`plugin ${plugin.name} answered ${event} with an invalid value`)
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

/** Removes entries with the same name; gt's own entry wins over a plugin's. */
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

/** Sorting makes the choice deterministic: results arrive in the order in which plugins finish. */
function byPriority(a: Named, b: Named): number {
  return (b.priority ?? 0) - (a.priority ?? 0) || (a.name < b.name ? -1 : 1)
}

function firstLine(error: Error): string {
  return error.message.split('\n', 1)[0] ?? ''
}
