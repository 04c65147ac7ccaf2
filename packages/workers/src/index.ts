export {type GateRequest, type GateResult, lookThroughGate, type SeenSandbox} from './removal-gate/gate.js'
export {removeSandbox} from './removal-gate/remove-sandbox.js'
export {RUNTIME_PATHS} from './removal-gate/runtime-paths.js'
