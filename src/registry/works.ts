import type {WorkSource} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {type Collected, collect} from './collect.js'

/** What plugins offer to find out about work. */
export function collectWorkSources(config: Config): Promise<Collected<WorkSource>> {
  return collect(config, 'gt:work', isWorkSource)
}

function isWorkSource(value: unknown): value is WorkSource {
  const {name, priority, read} = (value ?? {}) as Partial<WorkSource>
  return typeof name === 'string' && typeof priority === 'number' && typeof read === 'function'
}
