export * from './git-environment.js'
export * from './run-git.js'
