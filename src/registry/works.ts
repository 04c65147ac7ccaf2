import type {WorkSource} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {type Collected, collectOffers} from './collect.js'

/** The work sources that plugins offer. */
export function collectWorkSources(config: Config): Promise<Collected<WorkSource>> {
  return collectOffers(config, 'gt:work', isWorkSource)
}

function isWorkSource(value: unknown): value is WorkSource {
  const {name, priority, read} = (value ?? {}) as Partial<WorkSource>
  return typeof name === 'string' && typeof priority === 'number' && typeof read === 'function'
}
