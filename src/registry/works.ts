import type {WorkSource} from '@gtown/sdk'
import {isObject} from '@gtown/sdk/schema'
import type {Config} from '@oclif/core'
import {type Collected, collectOffers} from './collect.js'

/** The work sources that plugins offer. */
export function collectWorkSources(config: Config): Promise<Collected<WorkSource>> {
  return collectOffers(config, 'gt:work', isWorkSource)
}

function isWorkSource(value: unknown): value is WorkSource {
  if (!isObject(value)) return false
  const {name, priority, read} = value
  return typeof name === 'string' && typeof priority === 'number' && typeof read === 'function'
}
