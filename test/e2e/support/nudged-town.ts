import type {TestContext} from 'vitest'
import {until} from '../../support/until.js'
import {type CarefulTown, carefulTown} from './careful-town.js'

type Given = Parameters<typeof carefulTown>

/** A careful town with its witness at rest; of a test that runs beside others. */
export async function startedTown(
  {onTestFinished}: Pick<TestContext, 'onTestFinished'>,
  look: Given[0],
  more?: Given[1],
): Promise<CarefulTown> {
  const town = carefulTown(look, more, onTestFinished)
  await town.started()
  return town
}

/** The receipt as soon as it says this. */
export async function settled(town: CarefulTown, id: unknown, state: string) {
  await until(`the receipt to say ${state}`, async () => (await town.receipt(id)).state === state, 20_000)
  return await town.receipt(id)
}
