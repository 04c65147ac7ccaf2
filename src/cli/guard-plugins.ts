import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import type {Config, Interfaces} from '@oclif/core'
import {withinTime} from '../registry/within-time.js'
import {offStdout} from './streams.js'

/** Hooks that oclif runs around every command. Callers of the other hooks pass a time limit of their own. */
const AROUND_COMMANDS = ['init', 'prerun', 'postrun', 'finally']

interface Limits {
  /** Milliseconds that a hook around commands may take; every command waits for it. */
  hookMs: number
  /**
   * Milliseconds between oclif's own limit and ours. oclif's knows which plugin is late, but its timer does not keep the
   * process alive.
   */
  graceMs: number
  /** Milliseconds that all plugins together may take to load. */
  loadMs: number
}

const LIMITS: Limits = {hookMs: 5000, graceMs: 1000, loadMs: 30_000}

type Failures = Interfaces.Hook.Result<unknown>['failures']

const failures: {name: string; reason: string}[] = []

/** The failures of the hooks around this command. */
export function hookFailures(): readonly {name: string; reason: string}[] {
  return failures
}

/**
 * Keeps a broken plugin from breaking the commands of others. Its output while it loads or answers a hook goes to
 * stderr, because stdout may be read as JSON. A hook around a command that hangs or throws only causes a warning.
 */
export function guardPlugins({prototype}: {prototype: Config}, limits = LIMITS): void {
  const {load, runHook} = prototype
  prototype.load = function (this: Config) {
    const late = () => hangs('load', limits.loadMs)
    return offStdout(() => withinTime(limits.loadMs, late, () => load.call(this)))
  }
  prototype.runHook = async function (this: Config, event, options, timeout, captureErrors) {
    const name = String(event)
    const around = AROUND_COMMANDS.includes(name)
    const limit = timeout ?? (around ? limits.hookMs : undefined)
    const work = () => runHook.call(this, event, options, limit, captureErrors)
    if (limit === undefined) return await offStdout(work)
    const stuck = await offStdout(() => dropStuckHooks(this, name, limits))
    const late = () => hangs(`answer ${name}`, limit + limits.graceMs)
    const {failures, successes} = await offStdout(() => withinTime(limit + limits.graceMs, late, work))
    const result = {failures: [...stuck, ...failures], successes}
    if (around) for (const {plugin, error} of result.failures) warnOf(plugin.name, name, error)
    return result
  } as typeof runHook
}

function warnOf(name: string, event: string, {message}: Error): void {
  const reason = `failed in ${event}: ${message.split('\n', 1)[0]}`
  failures.push({name, reason})
  process.stderr.write(`warning: plugin ${name} ${reason}\n`)
}

/**
 * Removes a hook from plugins whose file for it never finishes loading: oclif would wait for it without an end, and
 * could not say whose it is.
 */
async function dropStuckHooks(config: Config, event: string, {hookMs}: Limits): Promise<Failures> {
  const {ModuleLoader} = await import('@oclif/core')
  const plugins = config.getPluginsList().filter(({type, hooks}) => type !== 'core' && hooks[event]?.length)
  const failures = await Promise.all(
    plugins.map(async (plugin) => {
      const late = new Error(`Timed out: its file did not load within ${hookMs / 1000} s`)
      const files = plugin.hooks[event]?.map(({target}) => join(plugin.root, target)) ?? []
      const read = () => Promise.allSettled(files.map((file) => ModuleLoader.loadWithData(plugin, file)))
      try {
        // oclif reports a file that throws when it loads the file itself.
        await withinTime(hookMs, () => late, read)
        return []
      } catch (error) {
        if (error !== late) throw error
        plugin.hooks[event] = []
        return [{plugin, error: late}]
      }
    }),
  )
  return failures.flat()
}

function hangs(what: string, limitMs: number): GtError {
  return new GtError(`a plugin is broken: the plugins did not ${what} within ${limitMs / 1000} s`, {
    code: 'PLUGIN_HANGS',
    hint: "Run 'gt plugins' to see those that you added, and remove them one by one with 'gt plugins uninstall'.",
  })
}
