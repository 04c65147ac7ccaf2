export {createPtyBackend, type PtyBackendOptions} from './backend.js'
export {ptyRegistration} from './registration.js'
