import {randomBytes} from 'node:crypto'
import {link, mkdir, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'

/** `gt prime` may be there (handed over to another gt) or not: its absence must not disturb the agent. */
const PRIME = {type: 'command', command: 'gt prime --hook 2>/dev/null || true'}

const SETTINGS = {
  hooks: {
    SessionStart: [{matcher: '', hooks: [PRIME]}],
    PreCompact: [{matcher: '', hooks: [PRIME]}],
  },
}

/**
 * Makes `<homeDir>/.claude/settings.json`, readable by its owner only, unless there is one: what the user wrote
 * is never overwritten.
 */
export async function ensureClaudeSettings(homeDir: string): Promise<void> {
  const directory = join(homeDir, '.claude')
  const file = join(directory, 'settings.json')
  try {
    await mkdir(directory, {recursive: true})
    await createUnlessThere(file, `${JSON.stringify(SETTINGS, null, 2)}\n`)
  } catch (error) {
    throw new GtError(`cannot write ${file}: ${(error as Error).message}`, {
      code: 'SETTINGS_NOT_WRITTEN',
      hint: 'Claude needs this file before it starts. Make the directory writable, or create the file.',
      cause: error,
    })
  }
}

/** Makes a file that is there whole or not at all. A link never replaces what was there first. */
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
