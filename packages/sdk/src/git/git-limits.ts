import {join} from 'node:path'
import type {AgentSettings} from '../agent.js'
import {durationSetting} from '../duration.js'
import {GtError} from '../errors.js'
import {shorten} from '../names.js'
import type {Rig} from '../rig.js'

/** How long git may take for work whose length nobody knows, such as a clone or a checkout. */
export interface GitLimits {
  /** Milliseconds without a sign of work: neither output, nor CPU time of git or a program that it started. */
  silenceMs: number
  /** Milliseconds in all. */
  deadlineMs: number
  /** The settings file in which a user can raise them. */
  file: string
}

/** Long enough for a filter that fetches one large file and reports nothing meanwhile. */
const DEFAULTS = {silence: 5 * 60_000, deadline: 6 * 3_600_000}

type Key = keyof typeof DEFAULTS

const KEYS = Object.keys(DEFAULTS)
const DAY_MS = 24 * 3_600_000

/**
 * Reads the limits from `git` in the settings of a rig and its town, or of a town alone:
 * `{"git": {"silence": "5m", "deadline": "6h"}}`. Rejects with `INVALID_SETTING`, naming file and key.
 *
 * @param owner the rig, or a town with its root as the path
 */
export async function readGitLimits(owner: Pick<Rig, 'path' | 'agentSettings'>): Promise<GitLimits> {
  const layers = (await owner.agentSettings()).map(readLayer)
  const msOf = (key: Key) => layers.find((layer) => layer[key] !== undefined)?.[key] ?? DEFAULTS[key]
  return {
    silenceMs: msOf('silence'),
    deadlineMs: msOf('deadline'),
    file: join(owner.path, 'settings', 'config.json'),
  }
}

/** The error for git that was ended at a limit. It names the setting that raises the limit. */
export function limitReached(
  subcommand: string,
  key: Key,
  {silenceMs, deadlineMs, file}: GitLimits,
): GtError {
  const ms = {silence: silenceMs, deadline: deadlineMs}[key]
  const what = {silence: 'showed no sign of work for', deadline: 'did not end within'}[key]
  const more = JSON.stringify({git: {[key]: durationText(Math.min(ms * 4, DAY_MS))}})
  return new GtError(`git ${subcommand} ${what} ${durationText(ms)}, and was ended`, {
    code: 'GIT_TIMED_OUT',
    hint: `To give it longer, set "git.${key}" in ${file}, such as ${more}.`,
  })
}

function readLayer({file, git}: AgentSettings): Partial<Record<Key, number>> {
  if (git === undefined) return {}
  if (typeof git !== 'object' || git === null || Array.isArray(git))
    throw invalid(`${file}: git must be an object`)
  for (const key of Object.keys(git)) {
    if (!KEYS.includes(key)) throw invalid(`${file}: git has no '${shorten(key)}'`)
  }
  return Object.fromEntries(
    Object.entries(git).map(([key, value]) => [key, durationSetting(value, `${file}: git.${key}`, invalid)]),
  )
}

function invalid(message: string): GtError {
  return new GtError(message, {
    code: 'INVALID_SETTING',
    hint: `Possible keys: ${KEYS.map((key) => `"${key}"`).join(' and ')}, each a text such as "90s", "5m" or "2h".`,
  })
}

/** A duration as settings write it. */
function durationText(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000}h`
  if (ms % 60_000 === 0) return `${ms / 60_000}m`
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`
}
