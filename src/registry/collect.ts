import type {Config, Interfaces} from '@oclif/core'

/** How long a plugin's hook may take. They only name what they offer. */
const HOOK_TIMEOUT_MS = 5000

interface Named {
  name: string
  priority: number
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
}

/**
 * Asks every plugin what it offers. A plugin that throws, hangs or answers nonsense becomes a problem and takes
 * nobody else down; of two entries of one name neither is used, for which was meant cannot be told.
 */
export async function collect<T extends Named>(
  config: Config,
  event: 'gt:backends' | 'gt:rigs',
  isEntry: (value: unknown) => value is T,
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
  const offers: {plugin: string; entry: T}[] = []
  for (const {plugin, result} of successes) {
    if (Array.isArray(result) && result.every(isEntry)) {
      offers.push(...result.map((entry) => ({plugin: plugin.name, entry})))
    } else {
      problems.push(`plugin ${plugin.name} answered ${event} with something else than was asked for`)
    }
  }
  const unique = offers.filter(({entry, plugin}) => {
    const rival = offers.find((other) => other.entry !== entry && other.entry.name === entry.name)
    if (rival)
      problems.push(`plugin ${plugin} offers '${entry.name}' in ${event}, and so does ${rival.plugin}`)
    return !rival
  })
  return {entries: unique.map(({entry}) => entry).sort(byPriority), problems}
}

/** Results come in the order in which plugins finish: sort, or the choice depends on the weather. */
function byPriority(a: Named, b: Named): number {
  return b.priority - a.priority || (a.name < b.name ? -1 : 1)
}

function firstLine(error: Error): string {
  return error.message.split('\n', 1)[0] ?? ''
}
