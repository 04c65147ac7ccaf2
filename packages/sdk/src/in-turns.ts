/** The results of work on each entry, in their order, with only so many at work at the same time. */
export async function inTurns<Entry, Result>(
  atOnce: number,
  entries: readonly Entry[],
  work: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const queue = entries.entries()
  const worker = async () => {
    // Shared: each takes what none of the others has taken.
    for (const [index, entry] of queue) results[index] = await work(entry)
  }
  await Promise.all(Array.from({length: Math.min(atOnce, entries.length)}, worker))
  return results
}
