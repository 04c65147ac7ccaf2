import {randomBytes} from 'node:crypto'
import {link, mkdir, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import type {SettingsFile} from './known-agent.js'

/**
 * Creates the settings file that an agent needs before it starts, readable only by its owner. An existing file is never
 * overwritten.
 *
 * @param homeDir absolute path of the role's home
 */
export async function ensureSettings(homeDir: string, {path, content}: SettingsFile): Promise<void> {
  const file = join(homeDir, path)
  try {
    await mkdir(dirname(file), {recursive: true})
    await createUnlessThere(file, `${JSON.stringify(content, null, 2)}\n`)
  } catch (error) {
    throw new GtError(`cannot write ${file}: ${(error as Error).message}`, {
      code: 'SETTINGS_NOT_WRITTEN',
      hint: 'The agent needs this file to start. Make the directory writable, or create the file.',
      cause: error,
    })
  }
}

/** Creates a file atomically: link(2) fails when the file already exists. */
async function createUnlessThere(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(draft, text, {mode: 0o600, flag: 'wx'})
    await link(draft, file)
  } catch (error) {
    if (!hasErrno(error, 'EEXIST')) throw error
  } finally {
    await rm(draft, {force: true})
  }
}
