/**
 * Some of the items, each as likely as any other. The same seed picks the same ones.
 *
 * @param {readonly T[]} items
 * @param {number} count
 * @param {number} seed a whole number
 * @returns {T[]}
 * @template T
 */
export function sample(items, count, seed) {
  const random = randomFrom(seed)
  return items
    .map((item) => ({item, order: random()}))
    .sort((left, right) => left.order - right.order)
    .slice(0, count)
    .map(({item}) => item)
}

/** Mulberry32: numbers from 0 up to, but not including, 1. */
function randomFrom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
