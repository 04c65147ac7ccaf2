import {GtError, type NudgeReceipt, shorten, type Town} from '@gtown/sdk'
import {isNudgeId, type Nudge} from './nudge-file.js'
import {entriesIn, KEPT, NudgeQueue, nudgesFolder} from './queue.js'

/** The receipt with that id, from any session of the town. Rejects when there is none. */
export async function findReceipt(
  town: Town,
  id: string,
  warn: (message: string) => void,
): Promise<NudgeReceipt> {
  if (isNudgeId(id)) {
    for (const session of await entriesIn(nudgesFolder(town))) {
      const nudge = await new NudgeQueue(town, session, warn).find(id)
      if (nudge) return receiptOf(nudge, Date.now())
    }
  }
  throw new GtError(`there is no receipt '${shorten(id)}'`, {
    code: 'RECEIPT_NOT_FOUND',
    hint: `The newest ${KEPT} of each session are kept, in ${nudgesFolder(town)}.`,
  })
}

/** The receipt for the sender, without the text. An overdue nudge counts as expired even before that is recorded. */
export function receiptOf({text: _, force: __, typed: ___, ...receipt}: Nudge, now: number): NudgeReceipt {
  const {state, expiresAt} = receipt
  return state === 'queued' && now >= expiresAt
    ? {...receipt, state: 'expired', updatedAt: expiresAt}
    : receipt
}
