export {createTmuxBackend, type TmuxBackendOptions} from './backend.js'
export {tmuxRegistration} from './registration.js'
