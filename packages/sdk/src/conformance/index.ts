export {conformanceCases} from './cases/index.js'
export type {ConformanceCase, ConformanceContext, OptionalMethod, Program} from './conformance-case.js'
export type {Report} from './programs/write-report.js'
export {type ConformanceOptions, type ConformanceResult, runConformance} from './run-conformance.js'
