import {currentPlace} from '../host/place.js'
import {guardPlugins} from './guard-plugins.js'
import {flushStreams, watchStreams} from './streams.js'

/**
 * Runs one command line and ends the process.
 *
 * @param argv what follows the program's name
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
    // Loaded only now: oclif complains of a current directory that was deleted, which is ours to tell.
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
  // A hook that hangs, or a handle that a plugin forgot, must not hold the process.
  await flushStreams()
  process.exit()
}

/** What oclif warns of, in one line and without a stack. What Node warns of is for developers, not for users of gt. */
function showWarning({name, message, detail = ''}: Error & {detail?: string}): void {
  if (name === 'ExperimentalWarning' || name === 'DeprecationWarning') return
  // Of a plugin oclif's message is the name of an error, and the rest is below. Its own name stands for all of them.
  const [plugin, reason = message] = ['plugin', 'message'].map(
    (key) => new RegExp(`^${key}: (.*)$`, 'm').exec(detail)?.[1],
  )
  const isKnown = plugin !== undefined && plugin !== '@gtown/gt'
  const line = (isKnown ? `plugin ${plugin}: ${reason}` : message).split('\n', 1)[0]
  process.stderr.write(`warning: ${line}\n`)
}

/** What was warned of, Node says in the next tick: a quick command is over before. */
function sayWarnings(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}

function prepareEnvironment(env: NodeJS.ProcessEnv): void {
  // oclif would print JSON because of this variable, whatever the flags say.
  delete env.GT_CONTENT_TYPE
  // oclif would warn on every use of a plugin that its author has linked.
  env.OCLIF_DISABLE_LINKED_ESM_WARNING = '1'
}

function wantsJson(argv: string[]): boolean {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json')
}
