export * from './cycles.js'
export * from './lock.js'
