import type {BackendRegistration} from '@gtown/sdk'
import {ptyRegistration} from '../registration.js'

export default async function backends(): Promise<BackendRegistration[]> {
  return [ptyRegistration]
}
