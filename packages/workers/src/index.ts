export {countOf} from './count-of.js'
export {entriesOf, gitFailed, linesOf, wordsOf} from './git-output.js'
export {type ExpectedSandbox, whileSandboxStays} from './guard-sandbox.js'
export {noRepository} from './no-repository.js'
export {type FoundSandbox, lastFileChange, observeSandbox} from './observe-sandbox.js'
export type {WorkerPlace} from './place.js'
export {
  type RecordRead,
  readRecord,
  recordedWorkers,
  recordFile,
  removeRecord,
  withGateLock,
  withRecordLock,
  writeRecord,
} from './record.js'
export {EXITS, type ExitWord, type WorkerRecord} from './record-format.js'
export {type OnlyHere, type OnlyHereKind, some} from './removal-gate/finding.js'
export {
  type GateRequest,
  type GateResult,
  lookThoroughly,
  lookThroughGate,
  type SeenSandbox,
  type ThoroughResult,
} from './removal-gate/gate.js'
export {readLfsPointers} from './removal-gate/lfs-pointers.js'
export {registeredUrl} from './removal-gate/registered-url.js'
export {removeHome} from './remove-home.js'
export {isRuntimeFile, isRuntimePath, RUNTIME_PATHS, runtimePathsOf} from './runtime-paths.js'
export {findSandbox, isRealDirectory, namesIn, newSandbox, oldSandbox, polecatsFolder} from './sandbox.js'
export {
  addressOfWorker,
  INCARNATION_VARIABLE,
  type Instructions,
  type WorkerRef,
  workerRole,
} from './worker-role.js'
