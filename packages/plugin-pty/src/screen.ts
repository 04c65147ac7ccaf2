import {
  ErrorCode,
  hasCode,
  type Key,
  type SessionHandle,
  sessionLost,
  type TerminalView,
  type TypeOptions,
} from '@gtown/sdk'
import {askLife, type Place} from './life.js'

/** The last lines of the screen. Of a session whose shim was killed it is what the screen was when the agent ended. */
export async function capture(place: Place, handle: SessionHandle, lines: number): Promise<string[]> {
  const {record, answer} = await askLife(place, handle, {ask: 'capture', incarnation: handle.incarnation})
  return lines > 0 ? (answer ?? record.screen ?? []).slice(-lines) : []
}

/** What the terminal shows now. Rejects with `SESSION_LOST` when its shim was killed: nobody knows it any more. */
export async function view(place: Place, handle: SessionHandle): Promise<TerminalView> {
  const {answer} = await askLife(place, handle, {ask: 'view', incarnation: handle.incarnation})
  if (!answer) throw shimKilled(handle.name)
  return answer
}

/** The same of many at the same time, by name, without those of which nobody knows it any more. */
export async function views(
  place: Place,
  handles: readonly SessionHandle[],
): Promise<ReadonlyMap<string, TerminalView>> {
  const shown = await Promise.all(handles.map((handle) => viewIfKnown(place, handle)))
  return new Map(shown.flat())
}

async function viewIfKnown(place: Place, handle: SessionHandle): Promise<[string, TerminalView][]> {
  try {
    return [[handle.name, await view(place, handle)]]
  } catch (error) {
    // One that gives no answer must not hide the others: who asks for it alone is told.
    if (hasCode(error, ErrorCode.sessionLost) || hasCode(error, ErrorCode.backendUnavailable)) return []
    throw error
  }
}

/** The environment that the session was started with. It is kept nowhere but in the shim, and is lost with it. */
export async function environment(place: Place, handle: SessionHandle): Promise<Record<string, string>> {
  const {answer} = await askLife(place, handle, {ask: 'environment', incarnation: handle.incarnation})
  if (!answer) throw shimKilled(handle.name)
  return answer
}

export async function type(
  place: Place,
  handle: SessionHandle,
  text: string,
  options: TypeOptions = {},
): Promise<void> {
  const {incarnation} = handle
  const {answer} = await askLife(place, handle, {ask: 'type', incarnation, text, ...options})
  if (answer === undefined) throw shimKilled(handle.name)
}

export async function press(
  place: Place,
  handle: SessionHandle,
  key: Key,
  options: TypeOptions = {},
): Promise<void> {
  const {incarnation} = handle
  const {answer} = await askLife(place, handle, {ask: 'press', incarnation, key, ...options})
  if (answer === undefined) throw shimKilled(handle.name)
}

function shimKilled(name: string): Error {
  return sessionLost(name, 'the process that held its terminal was killed')
}
