import {join} from 'node:path'

/** The file of a rig's pause, whether there is one or not. */
export const pauseFile = (rigPath: string) => join(rigPath, '.runtime', 'witness-paused.json')
