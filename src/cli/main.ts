import {currentPlace} from '../host/place.js'
import {guardPlugins} from './guard-plugins.js'
import {flushStreams, watchStreams} from './streams.js'

/**
 * Runs one command line and ends the process.
 *
 * @param argv the arguments after the program's name
 * @param launcher absolute path of the file that the user runs as `gt`
 */
export async function main(
  argv: string[],
  launcher: string,
  prepareOclif: () => Promise<void>,
): Promise<never> {
  watchStreams()
  process.removeAllListeners('warning')
  process.on('warning', showWarning)
  currentPlace()
  prepareEnvironment(process.env)
  try {
    // Loaded this late because oclif complains about a deleted current directory, which gt reports itself.
    await prepareOclif()
    const {Config, run} = await import('@oclif/core')
    guardPlugins(Config)
    await run(argv, {root: launcher})
    await sayWarnings()
  } catch (error) {
    await sayWarnings()
    const {report} = await import('./report.js')
    process.exitCode = report(error, {json: wantsJson(argv), debug: process.env.DEBUG})
  }
  // A hook that hangs, or a handle that a plugin left open, must not keep the process alive.
  await flushStreams()
  process.exit()
}

/** Prints oclif's warnings, in one line and without a stack. Drops Node's own, which concern developers only. */
function showWarning({name, message, detail = ''}: Error & {detail?: string}): void {
  if (name === 'ExperimentalWarning' || name === 'DeprecationWarning') return
  // About a plugin, oclif's message is only the name of an error; `detail` has the rest. `@gtown/gt` means all plugins.
  const [plugin, reason = message] = ['plugin', 'message'].map(
    (key) => new RegExp(`^${key}: (.*)$`, 'm').exec(detail)?.[1],
  )
  const isKnown = plugin !== undefined && plugin !== '@gtown/gt'
  const line = (isKnown ? `plugin ${plugin}: ${reason}` : message).split('\n', 1)[0]
  process.stderr.write(`warning: ${line}\n`)
}

/** Waits for the next tick, in which Node emits warnings: a quick command would end before. */
function sayWarnings(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}

function prepareEnvironment(env: NodeJS.ProcessEnv): void {
  // With this variable, oclif would print JSON whatever the flags say.
  delete env.GT_CONTENT_TYPE
  // Without this, oclif would warn at every use of a linked plugin.
  env.OCLIF_DISABLE_LINKED_ESM_WARNING = '1'
}

function wantsJson(argv: string[]): boolean {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json')
}
