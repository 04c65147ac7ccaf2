import {statSync} from 'node:fs'
import {isAbsolute, normalize} from 'node:path'
import type {Place} from '@gtown/sdk'
import {reasonOf} from '@gtown/sdk/files'

let remembered: Place | undefined

/**
 * Where the user stands, as they see it: `PWD` where it names the current directory, so that a symbolic link on
 * the way stays visible. The first call decides, before anything changes the directory.
 */
export function currentPlace(): Place {
  remembered ??= look(process.env)
  return remembered
}

function look(env: NodeJS.ProcessEnv): Place {
  try {
    const cwd = process.cwd()
    return {cwd: env.PWD && isSameDirectory(env.PWD, cwd) ? normalize(env.PWD) : cwd, env}
  } catch (error) {
    // The directory was deleted under us. oclif asks for it again and again: give it one that exists.
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
