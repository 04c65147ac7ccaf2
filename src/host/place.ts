import {statSync} from 'node:fs'
import {isAbsolute, normalize} from 'node:path'
import type {Place} from '@gtown/sdk'
import {reasonOf} from '@gtown/sdk/files'

let remembered: Place | undefined

/**
 * The user's current directory as they see it: `PWD` if it names the current directory, so that symbolic links stay
 * visible. The first call decides, before anything changes the directory.
 */
export function currentPlace(): Place {
  remembered ??= readPlace(process.env)
  return remembered
}

function readPlace(env: NodeJS.ProcessEnv): Place {
  try {
    const cwd = process.cwd()
    return {cwd: env.PWD && isSameDirectory(env.PWD, cwd) ? normalize(env.PWD) : cwd, env}
  } catch (error) {
    // The current directory was deleted. oclif asks for it repeatedly, so move to one that exists.
    process.chdir('/')
    return {cwd: undefined, cwdError: `getting current directory: ${reasonOf(error)}`, env}
  }
}

function isSameDirectory(pwd: string, cwd: string): boolean {
  if (!isAbsolute(pwd)) return false
  if (pwd === cwd) return true
  const named = statSync(pwd, {throwIfNoEntry: false})
  const real = statSync(cwd)
  return named?.ino === real.ino && named.dev === real.dev
}
