import {type AgentReading, ErrorCode, hasCode, type Key, type Session} from '@gtown/sdk'
import {kindOf} from '../agents/kind.js'
import {answerTo} from '../agents/start-dialogs.js'
import type {Observed} from '../typing/observe.js'
import {timerOf} from '../typing/timer.js'
import type {ReadinessQuery, ReadinessServices, Watch} from './readiness-query.js'

/** A key is pressed again when the dialog has not followed the first for so long: two could answer what comes next. */
const TAKEN_WITHIN_MS = 1000

/** Keys that one start presses at most: a dialog that does not take its answer is left to a person. */
const MOST_KEYS = 12

/** The key that brings an allowed dialog nearer to its end; undefined where there is none. */
export async function answerOf(
  {backend, chosen, acceptDialogs}: ReadinessQuery,
  {reading, view}: Observed,
  watch: Watch,
): Promise<Key | undefined> {
  if (!acceptDialogs || !backend.press || !view || watch.keys >= MOST_KEYS) return undefined
  return await answerTo(kindOf(chosen.preset), reading)
}

/** Presses the key, unless the screen is not the one that it was read from. */
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

/** Milliseconds for which the same question, with the same choice marked, has stood on the screen. */
export function standingFor({text = '', choices = []}: AgentReading, watch: Watch, now: number): number {
  const words = JSON.stringify([text, choices])
  if (watch.ask?.words !== words) watch.ask = {words, since: now}
  return now - watch.ask.since
}
