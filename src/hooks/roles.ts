import type {RoleDefinition} from '@gtown/sdk'
import {witness} from '../roles/witness.js'

export default async function roles(): Promise<RoleDefinition[]> {
  return [witness]
}
