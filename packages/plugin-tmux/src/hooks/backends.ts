import type {BackendRegistration} from '@gtown/sdk'
import {tmuxRegistration} from '../registration.js'

export default async function backends(): Promise<BackendRegistration[]> {
  return [tmuxRegistration]
}
