import {
  ErrorCode,
  GtError,
  hasCode,
  type Place,
  type Rig,
  type RigQuery,
  type RigResolver,
  type Town,
} from '@gtown/sdk'
import {isObject} from '@gtown/sdk/schema'
import type {Config} from '@oclif/core'
import {type Collected, collectOffers} from './collect.js'

/** Resolves a rig with the first resolver, by priority, that knows the place. */
export function resolveRig(config: Config, query: RigQuery): Promise<Rig> {
  return firstAnswer(config, (resolver) => resolver.resolve(query))
}

/** All rigs of the user's current town. */
export function listRigs(config: Config, place: Place): Promise<Rig[]> {
  return firstAnswer(config, (resolver) => resolver.rigs(place))
}

/** The user's current town. */
export function resolveTown(config: Config, place: Place): Promise<Town> {
  return firstAnswer(config, (resolver) => resolver.town(place))
}

async function firstAnswer<T>(config: Config, question: (resolver: RigResolver) => Promise<T>): Promise<T> {
  const {entries, problems} = await collectResolvers(config)
  let refusal: unknown
  for (const resolver of entries) {
    try {
      return await question(resolver)
    } catch (error) {
      if (!hasCode(error, ErrorCode.notInWorkspace)) throw error
      refusal ??= error
    }
  }
  if (refusal && problems.length === 0) throw refusal
  throw new GtError(`no plugin can find rigs here (${problems.join('; ') || 'no plugin resolves rigs'})`, {
    code: 'NO_RIG_RESOLVER',
    cause: refusal,
  })
}

/** The rig resolvers that plugins offer. */
export function collectResolvers(config: Config): Promise<Collected<RigResolver>> {
  return collectOffers(config, 'gt:rigs', isResolver)
}

function isResolver(value: unknown): value is RigResolver {
  if (!isObject(value)) return false
  const {name, priority, resolve, rigs, town} = value
  return (
    typeof name === 'string' &&
    typeof priority === 'number' &&
    typeof resolve === 'function' &&
    typeof rigs === 'function' &&
    typeof town === 'function'
  )
}
