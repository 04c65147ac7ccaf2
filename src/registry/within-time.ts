/**
 * Waits for a plugin's work up to the limit in milliseconds, then rejects with `late()` while the work continues. The
 * timer also keeps the process alive, since Node exits when it only waits for a promise.
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
