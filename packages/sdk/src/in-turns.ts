/** Runs work on each entry, at most `atOnce` at a time. Returns the results in order of the entries. */
export async function inTurns<Entry, Result>(
  atOnce: number,
  entries: readonly Entry[],
  work: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const queue = entries.entries()
  const worker = async () => {
    // All workers share this iterator, so each entry is taken once.
    for (const [index, entry] of queue) results[index] = await work(entry)
  }
  await Promise.all(Array.from({length: Math.min(atOnce, entries.length)}, worker))
  return results
}
