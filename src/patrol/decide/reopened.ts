import {shorten} from '@gtown/sdk'
import type {PolecatSignals} from '../signals.js'

const LONGEST = 300

/** Why finished work is open again, as one line for the worker's agent; empty when it was never finished. */
export function whyOpen({value, source, detail}: PolecatSignals['work']): string {
  return value === 'open' && source === 'message' && detail ? ` (${shorten(detail, LONGEST)})` : ''
}
