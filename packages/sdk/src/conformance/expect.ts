import assert from 'node:assert/strict'
import {ErrorCode, hasCode} from '../errors.js'
import {shorten} from '../names.js'
import type {Session} from '../session.js'

/** Throws a one-line error unless both are deeply equal. */
export function equal(found: unknown, expected: unknown, what: string): void {
  try {
    assert.deepStrictEqual(found, expected)
  } catch (error) {
    if (!(error instanceof assert.AssertionError)) throw error
    throw new Error(`${what}: expected ${show(expected)}, found ${show(found)}`)
  }
}

/** Throws the complaint unless the condition holds. */
export function ensure(condition: unknown, complaint: string): asserts condition {
  if (!condition) throw new Error(complaint)
}

/** Rejects unless the promise rejects with that code. */
export async function rejectsWith(code: string, promise: Promise<unknown>, what: string): Promise<void> {
  const [outcome] = await Promise.allSettled([promise])
  if (outcome.status === 'fulfilled') {
    throw new Error(`${what} returned ${show(outcome.value)}, and did not reject with ${code}`)
  }
  if (!hasCode(outcome.reason, code)) {
    throw new Error(`${what} rejected with ${show(String(outcome.reason))}, and not with ${code}`)
  }
}

export const rejectsAsLost = rejectsWith.bind(undefined, ErrorCode.sessionLost)

/** Returns the session, which must not be undefined. */
export function found(session: Session | undefined): Session {
  ensure(session, 'inspect finds no session where there is one')
  return session
}

function show(value: unknown): string {
  return shorten(JSON.stringify(value) ?? 'undefined', 120)
}
