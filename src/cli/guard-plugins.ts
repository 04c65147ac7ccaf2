import {GtError} from '@gtown/sdk'
import type {Config} from '@oclif/core'

/** Run around every command, whoever's it is. The others say themselves how long they may take. */
const AROUND_COMMANDS = ['init', 'prerun', 'postrun', 'finally']

/** Milliseconds that such a hook may take, which every command waits for. */
const HOOK_LIMIT_MS = 5000

/** Milliseconds that all plugins together may take to be read. */
const LOAD_LIMIT_MS = 30_000

const failures: {name: string; reason: string}[] = []

/** What went wrong in the hooks around this command. */
export function hookFailures(): readonly {name: string; reason: string}[] {
  return failures
}

/**
 * Keeps a broken plugin from breaking the commands of others: what it prints while it is loaded or asked goes to
 * stderr, since stdout may be read as JSON; and a hook that hangs, or throws, is given up and warned of.
 */
export function guardPlugins({prototype}: {prototype: Config}): void {
  const {load, runHook} = prototype
  prototype.load = function (this: Config) {
    return offStdout(() => withinTime('be loaded', LOAD_LIMIT_MS, () => load.call(this)))
  }
  prototype.runHook = async function (this: Config, event, options, timeout, captureErrors) {
    const name = String(event)
    const around = AROUND_COMMANDS.includes(name)
    const limit = timeout ?? (around ? HOOK_LIMIT_MS : undefined)
    const work = () => runHook.call(this, event, options, limit, captureErrors)
    // A second more than oclif's own limit, which knows the plugin, but does not count the reading of its file.
    const result = await offStdout(() =>
      limit === undefined ? work() : withinTime(`answer ${name}`, limit + 1000, work),
    )
    if (around) for (const {plugin, error} of result.failures) warnOf(plugin.name, name, error)
    return result
  } as typeof runHook
}

function warnOf(name: string, event: string, {message}: Error): void {
  const reason = `failed in ${event}: ${message.split('\n', 1)[0]}`
  failures.push({name, reason})
  process.stderr.write(`warning: plugin ${name} ${reason}\n`)
}

let diversions = 0
const {write} = process.stdout

/** Several may overlap: stdout comes back with the end of the last. */
async function offStdout<T>(work: () => Promise<T>): Promise<T> {
  if (diversions++ === 0) process.stdout.write = process.stderr.write.bind(process.stderr)
  try {
    return await work()
  } finally {
    if (--diversions === 0) process.stdout.write = write
  }
}

/** Its timer also keeps the process: Node ends one that only waits for a promise, and oclif's own timer does not. */
async function withinTime<T>(what: string, limitMs: number, work: () => Promise<T>): Promise<T> {
  const {promise: late, reject} = Promise.withResolvers<never>()
  const error = () =>
    new GtError(`a plugin is broken: the plugins did not ${what} within ${limitMs / 1000} s`, {
      code: 'PLUGIN_HANGS',
      hint: "See 'gt plugins' for those that you have added, and remove them one by one with 'gt plugins uninstall'.",
    })
  const timer = setTimeout(() => reject(error()), limitMs)
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
