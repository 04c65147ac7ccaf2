/**
 * Waits for work of a plugin, and no longer than the limit, in milliseconds; rejects with `late()` then, while the work
 * goes on. Its timer keeps the process meanwhile: Node ends one that only waits for a promise.
 */
export async function withinTime<T>(limitMs: number, late: () => Error, work: () => Promise<T>): Promise<T> {
  const {promise, reject} = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(late()), limitMs)
  try {
    return await Promise.race([work(), promise])
  } finally {
    clearTimeout(timer)
  }
}
