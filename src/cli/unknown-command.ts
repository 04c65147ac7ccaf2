import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import type {Interfaces} from '@oclif/core'
import {handOver} from './hand-over.js'

/**
 * Checks that gt has a command for the command line. Otherwise runs another `gt` in place of this one, or throws
 * `UNKNOWN_COMMAND` if there is none. Throws `PLUGIN_BROKEN` if a plugin has the command but its file failed to load.
 */
export async function refuseUnknown(
  config: Interfaces.Config,
  argv: readonly string[],
  pass: typeof handOver = handOver,
): Promise<void> {
  const unknown = findUnknown(config, argv)
  if (!unknown) return
  const broken = brokenPlugin(config, unknown)
  const [, launcher = join(config.root, 'bin', 'run.js')] = process.argv
  if (broken === undefined) pass(argv, launcher, process.env)
  const {word, parent} = unknown
  const what = `unknown command "${word}" for "${parent}"`
  const error = broken
    ? new GtError(`${what}: plugin ${broken} has it, but its file cannot be read`, {
        code: 'PLUGIN_BROKEN',
        hint: `Update plugin ${broken}, or remove it with 'gt plugins uninstall ${broken}'.`,
      })
    : new GtError(what, {
        code: 'UNKNOWN_COMMAND',
        hint: `\n${await suggestion(config, unknown)}Run '${parent} --help' for available commands`,
      })
  // oclif swallows an error from a hook unless the error asks for an exit code.
  throw Object.assign(error, {oclif: {exit: error.exitCode}})
}

interface UnknownCommand {
  word: string
  /** The words before it: `gt`, or `gt witness`. */
  parent: string
}

/**
 * The first word of the command line that is no command of gt; undefined if gt can run the command line itself.
 * oclif judges a command line that begins with a flag.
 */
function findUnknown(config: Interfaces.Config, argv: readonly string[]): UnknownCommand | undefined {
  const all = leadingWords(argv)
  // `gt help witness start` asks about a command, while `gt help exit-codes` is a command.
  const words = all[0] === 'help' && knownWords(config, all).length === 1 ? all.slice(1) : all
  const known = knownWords(config, words)
  const word = words[known.length]
  const mayFollow = known.length > 0 && (takesArguments(config, known) || !isTopic(config, known))
  return word === undefined || mayFollow ? undefined : {word, parent: ['gt', ...known].join(' ')}
}

/** The probably intended command, in a line of its own; empty if no command is similar. */
async function suggestion(config: Interfaces.Config, {word, parent}: UnknownCommand): Promise<string> {
  const {distance} = await import('fastest-levenshtein')
  const above = parent.split(' ').slice(1)
  const words = config.commandIDs
    .map((id) => id.split(':'))
    .filter((id) => above.every((part, index) => id[index] === part))
    .map((id) => id[above.length] ?? '')
  // In a short word, two edits reach almost anything.
  const most = Math.min(2, word.length >> 1)
  const slips = (candidate: string) => (candidate.startsWith(word) ? 0 : distance(candidate, word))
  const near = words.filter((candidate) => slips(candidate) <= most)
  const [nearest] = near.sort((a, b) => slips(a) - slips(b))
  return nearest ? `Did you mean '${parent} ${nearest}'?\n` : ''
}

/** The plugin that has a command of that name whose file failed to load. */
function brokenPlugin(config: Interfaces.Config, {word, parent}: UnknownCommand): string | undefined {
  const id = [...parent.split(' ').slice(1), word].join(':')
  const isOf = (command: string) => command === id || command.startsWith(`${id}:`)
  return config.getPluginsList().find(({commandIDs}) => commandIDs.some(isOf))?.name
}

function leadingWords(argv: readonly string[]): string[] {
  const flag = argv.findIndex((word) => word.startsWith('-'))
  return flag < 0 ? [...argv] : argv.slice(0, flag)
}

/** The longest run of leading words that names a command or a topic. */
function knownWords(config: Interfaces.Config, words: string[]): string[] {
  for (let length = words.length; length > 0; length--) {
    const known = words.slice(0, length)
    if (config.findCommand(known.join(':')) || isTopic(config, known)) return known
  }
  return []
}

function takesArguments(config: Interfaces.Config, words: string[]): boolean {
  return Object.keys(config.findCommand(words.join(':'))?.args ?? {}).length > 0
}

/** True if these words have subcommands, so that the next word must be one of them. */
function isTopic(config: Interfaces.Config, words: string[]): boolean {
  const below = `${words.join(':')}:`
  return config.commandIDs.some((id) => id.startsWith(below))
}
