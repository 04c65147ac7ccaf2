import {type AgentReading, ErrorCode, hasCode, type Key, type Session} from '@gtown/sdk'
import {kindOf} from '../agents/kind.js'
import {answerTo} from '../agents/start-dialogs.js'
import type {Observed} from '../typing/observe.js'
import {timerOf} from '../typing/timer.js'
import type {ReadinessQuery, ReadinessServices, Watch} from './readiness-query.js'

/**
 * Time before a key is pressed again if the dialog has not reacted. A second key too early could answer the next
 * dialog.
 */
const TAKEN_WITHIN_MS = 1000

/** Maximum number of keys pressed in one start. After that the dialog is left to a person. */
const MOST_KEYS = 12

/** The next key for answering an allowed dialog; undefined if there is none. */
export async function answerOf(
  {backend, chosen, acceptDialogs}: ReadinessQuery,
  {reading, view}: Observed,
  watch: Watch,
): Promise<Key | undefined> {
  if (!acceptDialogs || !backend.press || !view || watch.keys >= MOST_KEYS) return undefined
  return await answerTo(kindOf(chosen.preset), reading)
}

/** Presses the key, unless the screen has changed since it was read. */
export async function answer(
  services: ReadinessServices,
  {backend}: ReadinessQuery,
  {session, view, watch, key}: {session: Session; view: Observed['view']; watch: Watch; key: Key},
): Promise<void> {
  watch.keys++
  if (key === 'Enter') watch.confirmed = watch.ask?.words
  if (watch.ask) watch.ask.since = timerOf(services).now() + TAKEN_WITHIN_MS
  try {
    await backend.press?.(session, key, {...(view && {seen: view})})
  } catch (error) {
    if (!hasCode(error, ErrorCode.screenChanged)) throw error
    watch.confirmed = undefined
  }
}

/** Milliseconds for which the same question, with the same choice selected, has been on the screen. */
export function standingFor({text = '', choices = []}: AgentReading, watch: Watch, now: number): number {
  const words = JSON.stringify([text, choices])
  if (watch.ask?.words !== words) watch.ask = {words, since: now}
  return now - watch.ask.since
}
