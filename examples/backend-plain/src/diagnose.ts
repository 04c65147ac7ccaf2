import {stat} from 'node:fs/promises'
import type {BackendDiagnosis, Finding} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import {folder, names} from './record.js'

/** What `gt doctor` shows: how many sessions are on record, and whether others can get at what they print. */
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
    message: `other users may enter ${folder()}, where the output of plain sessions is kept`,
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
