import {mkdir, open} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'

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
    // Exclusive creation follows no link and loses to nobody who was first.
    const handle = await open(file, 'wx', 0o600)
    await handle.writeFile(`${JSON.stringify(SETTINGS, null, 2)}\n`).finally(() => handle.close())
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    throw new GtError(`cannot write ${file}: ${(error as Error).message}`, {
      code: 'SETTINGS_NOT_WRITTEN',
      hint: 'Claude needs this file before it starts. Make the directory writable, or create the file.',
      cause: error,
    })
  }
}
