import {createKiller} from './kill.js'
import {processes} from './system.js'

export {runsUnder} from './ancestry.js'
export {identify, isAlive} from './identity.js'
export {processesIn} from './occupants.js'
export {sessionProcesses} from './session-processes.js'
export {strayMarkers} from './strays.js'
export {type TreeUsage, treeUsage} from './usage.js'

/** Ends sessions' processes on this machine. */
export const killer = createKiller(processes)
