/** All that the run yields. */
export async function collect<T>(run: AsyncIterable<T>): Promise<T[]> {
  const results: T[] = []
  for await (const result of run) results.push(result)
  return results
}
