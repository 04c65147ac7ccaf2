// Many nudges at once, each by a process of its own.
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {finished} from '../support/cli.js'
import {until} from '../support/until.js'
import type {CarefulTown} from './support/careful-town.js'
import {startedTown} from './support/nudged-town.js'

test('many at once: each arrives whole and exactly once', async (context) => {
  const town = await startedTown(context, 'claude', {env: {AGENT_OWN_STATE: '1'}})
  const texts = Array.from({length: 50}, (_, n) => `nudge ${n} of fifty, whole and once ${n}`)
  const receipts = await Promise.all(texts.map((text) => sent(town, text)))
  await Promise.all(receipts.map(({id}) => untilDelivered(town, id)))
  expect([...town.submitted()].sort()).toEqual([...texts].sort())
  await until('the dispatcher to be gone', () => town.dispatcher() === undefined, 20_000)
}, 180_000)

/** Sends it, and again where it was refused since tmux, asked by so many, said nothing: then nothing was queued. */
async function sent(town: CarefulTown, text: string): Promise<{id: string}> {
  const {stdout} = await finished(town.spawn('nudge', 'alpha/witness', text, '--wait', '10s', '--json'))
  const receipt = JSON.parse(stdout)
  if (receipt.error?.code === 'BACKEND_UNAVAILABLE') return await sent(town, text)
  expect(receipt).not.toHaveProperty('error')
  return receipt
}

async function untilDelivered(town: CarefulTown, id: string) {
  const file = join(town.cwd, '.runtime/nudges/gt-alpha-witness/done', `${id}.json`)
  await until(`${id} to be delivered`, () => existsSync(file), 150_000)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({state: 'delivered'})
}
