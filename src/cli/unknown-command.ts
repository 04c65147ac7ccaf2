import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import type {Interfaces} from '@oclif/core'
import {handOver} from './hand-over.js'

/**
 * Runs another `gt` in place of this one for a command line that gt has no command for; throws where there is none.
 * Returns when the command line is ours.
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
    ? new GtError(`${what}: plugin ${broken} has it, and it cannot be read`, {
        code: 'PLUGIN_BROKEN',
        hint: `Update plugin ${broken}, or remove it with 'gt plugins uninstall ${broken}'.`,
      })
    : new GtError(what, {
        code: 'UNKNOWN_COMMAND',
        hint: `\n${await suggestion(config, unknown)}Run '${parent} --help' for available commands`,
      })
  // oclif swallows what a hook throws, unless it asks for an exit code.
  throw Object.assign(error, {oclif: {exit: error.exitCode}})
}

interface UnknownCommand {
  word: string
  /** What the word follows: `gt`, or `gt witness`. */
  parent: string
}

/**
 * The first word of the command line that means nothing here, or undefined where gt can answer it itself.
 * A flag as first word is oclif's to judge.
 */
function findUnknown(config: Interfaces.Config, argv: readonly string[]): UnknownCommand | undefined {
  const all = leadingWords(argv)
  // `gt help witness start` is about a command; `gt help exit-codes` is one.
  const words = all[0] === 'help' && knownWords(config, all).length === 1 ? all.slice(1) : all
  const known = knownWords(config, words)
  const word = words[known.length]
  const mayFollow = known.length > 0 && (takesArguments(config, known) || !isTopic(config, known))
  return word === undefined || mayFollow ? undefined : {word, parent: ['gt', ...known].join(' ')}
}

/** What was probably meant, in a line of its own; nothing where no command is near. */
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

/** The plugin with a command of that name whose file failed when it was read. */
function brokenPlugin(config: Interfaces.Config, {word, parent}: UnknownCommand): string | undefined {
  const id = [...parent.split(' ').slice(1), word].join(':')
  const isOf = (command: string) => command === id || command.startsWith(`${id}:`)
  return config.getPluginsList().find(({commandIDs}) => commandIDs.some(isOf))?.name
}

function leadingWords(argv: readonly string[]): string[] {
  const flag = argv.findIndex((word) => word.startsWith('-'))
  return flag < 0 ? [...argv] : argv.slice(0, flag)
}

/** The longest run of words that names a command or a topic together. */
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

/** True where commands stand below these words: what follows must be one of them. */
function isTopic(config: Interfaces.Config, words: string[]): boolean {
  const below = `${words.join(':')}:`
  return config.commandIDs.some((id) => id.startsWith(below))
}
