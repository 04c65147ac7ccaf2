import {shorten} from '@gtown/sdk'
import type {PolecatSignals} from '../signals.js'

const LONGEST = 300

/** Why work that was done is open again, in one line for the worker's agent; empty where it never was done. */
export function whyOpen({value, source, detail}: PolecatSignals['work']): string {
  return value === 'open' && source === 'message' && detail ? ` (${shorten(detail, LONGEST)})` : ''
}
