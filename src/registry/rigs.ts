import {ErrorCode, GtError, hasCode, type Rig, type RigQuery, type RigResolver} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {collect} from './collect.js'

/** Asks the resolvers, the highest priority first, until one knows the place. */
export async function resolveRig(config: Config, query: RigQuery): Promise<Rig> {
  const {entries, problems} = await collect(config, 'gt:rigs', isResolver)
  let refusal: unknown
  for (const resolver of entries) {
    try {
      return await resolver.resolve(query)
    } catch (error) {
      if (!hasCode(error, ErrorCode.notInWorkspace)) throw error
      refusal ??= error
    }
  }
  if (refusal && problems.length === 0) throw refusal
  throw new GtError(`no plugin can find rigs here (${problems.join('; ') || 'none offers to'})`, {
    code: 'NO_RIG_RESOLVER',
    cause: refusal,
  })
}

function isResolver(value: unknown): value is RigResolver {
  const {name, priority, resolve} = (value ?? {}) as Partial<RigResolver>
  return typeof name === 'string' && typeof priority === 'number' && typeof resolve === 'function'
}
