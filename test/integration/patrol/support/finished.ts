import {HOUR, MINUTE, makeWorld, type Polecat, type World} from './world.js'

/** A worker that said half an hour ago that it is done, and has no session any more. */
export function finished(more: Record<string, unknown> = {}): [World, Polecat] {
  const world = makeWorld()
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
  const done = {exit: 'COMPLETED', spawned_at: ago(HOUR), done_at: ago(HOUR / 2)}
  return [world, world.polecat('nux', {...done, ...more})]
}

/** The cycle in which such a worker is removed, if it may be. */
export async function whenDue(world: World) {
  await world.cycle()
  return await world.cycle(11 * MINUTE)
}

export const push = (nux: Polecat) => {
  nux.commit('work')
  nux.push()
}
