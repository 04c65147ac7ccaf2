import {stat} from 'node:fs/promises'
import type {BackendDiagnosis, Finding} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import {folder, names} from './record.js'

/** The answer for `gt doctor`: the number of recorded sessions, or a warning if other users can read their output. */
export async function diagnose(): Promise<BackendDiagnosis> {
  return {runtime: [(await isOpenToOthers()) ? open() : await counted()]}
}

async function counted(): Promise<Finding> {
  const {length} = await names()
  return {check: 'folder', status: 'ok', message: `${length} plain sessions in ${folder()}`, cure: null}
}

function open(): Finding {
  return {
    check: 'folder',
    status: 'warn',
    message: `other users may enter ${folder()}, which has the output of plain sessions`,
    cure: `Close it: chmod 700 ${folder()}`,
  }
}

async function isOpenToOthers(): Promise<boolean> {
  try {
    return ((await stat(folder())).mode & 0o077) !== 0
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return false
    throw error
  }
}
