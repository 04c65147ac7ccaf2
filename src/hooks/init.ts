import type {Hook} from '@oclif/core'
import {refuseUnknown} from '../cli/unknown-command.js'

const init: Hook<'init'> = async ({config, id, argv}) => {
  await refuseUnknown(config, [...(id?.split(':') ?? []), ...argv])
}

export default init
