import type {Processes} from './processes.js'
import {linuxProcesses} from './scan-linux.js'
import {psProcesses} from './scan-ps.js'

/** The processes of this machine. */
export const processes: Processes = process.platform === 'linux' ? linuxProcesses : psProcesses
