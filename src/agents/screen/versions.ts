import type {Covers, VersionRules} from './rules.js'

/** The rules for a version: the newest if the version is unknown, none if no entry covers it. */
export function rulesFor(
  versions: readonly VersionRules[],
  version: string | undefined,
): VersionRules | undefined {
  if (version === undefined) return versions.at(-1)
  return versions.find(({covers}) => isCovered(version, covers))
}

/** The covered versions, for a message. */
export function coverage(versions: readonly VersionRules[]): string {
  return versions.map(({covers}) => `${covers.from} to below ${covers.below}`).join(', ')
}

function isCovered(version: string, {from, below}: Covers): boolean {
  const numbers = numbersOf(version)
  return (
    numbers !== undefined && compare(numbers, numbersOf(from)) >= 0 && compare(numbers, numbersOf(below)) < 0
  )
}

/** The version's three numbers. A pre-release counts as the release that it precedes. */
function numbersOf(version: string): number[] | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version)
  return match?.slice(1).map((part) => Number(part ?? 0))
}

function compare(left: readonly number[], right: readonly number[] = []): number {
  const index = left.findIndex((part, at) => part !== right[at])
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0)
}
