export * from './git-environment.js'
export {type GitLimits, limitReached, readGitLimits} from './git-limits.js'
export * from './run-git.js'
export {watchWork} from './watch-work.js'
