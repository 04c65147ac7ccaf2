import type {RoleDefinition} from '@gtown/sdk'
import {isObject} from '@gtown/sdk/schema'
import type {Config} from '@oclif/core'
import {type Collected, collectOffers} from './collect.js'

/** The roles that plugins and gt itself offer. */
export function collectRoles(config: Config): Promise<Collected<RoleDefinition>> {
  return collectOffers(config, 'gt:roles', isRole)
}

function isRole(value: unknown): value is RoleDefinition {
  if (!isObject(value)) return false
  const {name, scope, sessionName} = value
  return (
    typeof name === 'string' && (scope === 'rig' || scope === 'town') && typeof sessionName === 'function'
  )
}
