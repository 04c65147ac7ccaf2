import {randomBytes} from 'node:crypto'
import {setImmediate} from 'node:timers/promises'
import type {ConformanceCase, ConformanceContext} from '../conformance-case.js'
import {equal} from '../expect.js'
import {processesWithArgument} from '../processes.js'

/**
 * Number of starts. A process that shows a value may live for milliseconds only, so repeated starts help to catch it.
 */
const STARTS = 3

export const secretCases: ConformanceCase[] = [
  {
    name: 'env: no value of it stands in any argument list, while the session starts and afterwards',
    level: 'must',
    async run(context) {
      for (let count = 0; count < STARTS; count++) {
        equal([...(await showing(context))], [], 'the processes that showed it')
      }
    },
  },
]

/** Starts a session with a secret and returns the processes whose arguments showed it. */
async function showing({backend, spec}: ConformanceContext): Promise<Set<number>> {
  const secret = randomBytes(16).toString('hex')
  const seen: number[] = []
  let isStarting = true
  const starting = backend.start(spec({env: {GT_CONFORM_TOKEN: secret}}))
  const settled = Promise.allSettled([starting]).then(() => {
    isStarting = false
  })
  while (isStarting) {
    seen.push(...processesWithArgument(secret))
    await setImmediate()
  }
  await settled
  await starting
  return new Set([...seen, ...processesWithArgument(secret)])
}
