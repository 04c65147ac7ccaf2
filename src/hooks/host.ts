import type {Config} from '@oclif/core'
import {createHost} from '../host/host.js'

export default async function host({config}: {config: Config}) {
  return createHost(config)
}
