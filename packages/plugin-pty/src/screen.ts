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

/** The last lines of the screen. When the shim was killed, those of the screen at the agent's end, if recorded. */
export async function capture(place: Place, handle: SessionHandle, lines: number): Promise<string[]> {
  const {record, answer} = await askLife(place, handle, {ask: 'capture', incarnation: handle.incarnation})
  return lines > 0 ? (answer ?? record.screen ?? []).slice(-lines) : []
}

/** The current screen. Rejects with `SESSION_LOST` when the shim was killed, since only the shim knew it. */
export async function view(place: Place, handle: SessionHandle): Promise<TerminalView> {
  const {answer} = await askLife(place, handle, {ask: 'view', incarnation: handle.incarnation})
  if (!answer) throw shimKilled(handle.name)
  return answer
}

/** The current screens of many sessions by name, without those that cannot be read. */
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
    // A silent session must not hide the others. `view` reports the error for one session.
    if (hasCode(error, ErrorCode.sessionLost) || hasCode(error, ErrorCode.backendUnavailable)) return []
    throw error
  }
}

/** The environment that the session was started with. Only the shim knows it, and it is lost with the shim. */
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
