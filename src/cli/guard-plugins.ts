import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import type {Config, Interfaces} from '@oclif/core'
import {withinTime} from '../registry/within-time.js'
import {offStdout} from './streams.js'

/** Run around every command, whoever's it is. The others say themselves how long they may take. */
const AROUND_COMMANDS = ['init', 'prerun', 'postrun', 'finally']

interface Limits {
  /** Milliseconds that such a hook may take, which every command waits for. */
  hookMs: number
  /** Milliseconds that oclif's own limit, which knows the plugin and whose timer does not keep the process, has before ours. */
  graceMs: number
  /** Milliseconds that all plugins together may take to be read. */
  loadMs: number
}

const LIMITS: Limits = {hookMs: 5000, graceMs: 1000, loadMs: 30_000}

type Failures = Interfaces.Hook.Result<unknown>['failures']

const failures: {name: string; reason: string}[] = []

/** What went wrong in the hooks around this command. */
export function hookFailures(): readonly {name: string; reason: string}[] {
  return failures
}

/**
 * Keeps a broken plugin from breaking the commands of others: what it prints while it is loaded or asked goes to
 * stderr, since stdout may be read as JSON; and a hook that hangs, or throws, is given up and warned of.
 */
export function guardPlugins({prototype}: {prototype: Config}, limits = LIMITS): void {
  const {load, runHook} = prototype
  prototype.load = function (this: Config) {
    const late = () => hangs('be loaded', limits.loadMs)
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
 * Takes a hook from plugins whose file for it never comes to the end of its reading: oclif would wait for it as long,
 * and could not tell whose it is.
 */
async function dropStuckHooks(config: Config, event: string, {hookMs}: Limits): Promise<Failures> {
  const {ModuleLoader} = await import('@oclif/core')
  const plugins = config.getPluginsList().filter(({type, hooks}) => type !== 'core' && hooks[event]?.length)
  const failures = await Promise.all(
    plugins.map(async (plugin) => {
      const late = new Error(`Timed out: its file was not read within ${hookMs / 1000} s`)
      const files = plugin.hooks[event]?.map(({target}) => join(plugin.root, target)) ?? []
      const read = () => Promise.allSettled(files.map((file) => ModuleLoader.loadWithData(plugin, file)))
      try {
        // What throws when it is read is told when oclif reads it.
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
    hint: "See 'gt plugins' for those that you have added, and remove them one by one with 'gt plugins uninstall'.",
  })
}
