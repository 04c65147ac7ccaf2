import {join} from 'node:path'

/** Path of a rig's pause file, which need not exist. */
export const pauseFile = (rigPath: string) => join(rigPath, '.runtime', 'witness-paused.json')
