export * from './cycles.js'
export * from './incidents.js'
export * from './lock.js'
export * from './pause.js'
