export * from './maildir.js'
export * from './message.js'
