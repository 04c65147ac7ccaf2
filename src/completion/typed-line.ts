import type {CommandNode, CompletionTree, FlagNode} from './tree.js'

/** The meaning of the words before the one being typed. */
export interface TypedLine {
  /** The words of the command or topic, separated by blanks; empty at the beginning. */
  path: string
  /** Undefined for a topic without a command of its own. */
  command: CommandNode | undefined
  /** The flag whose value is being typed. */
  awaiting: FlagNode | undefined
  /** Number of complete arguments. */
  argumentCount: number
  /** Names of the given flags. */
  used: Set<string>
  /** True after `--`, when only arguments follow. */
  onlyArguments: boolean
  /** True after `help`, when the words of a command follow. */
  onlyCommands: boolean
}

/** Parses the words after the program's name, without the last one. */
export function readLine(tree: CompletionTree, words: readonly string[]): TypedLine {
  const onlyCommands = words[0] === 'help'
  const line: TypedLine = {
    path: '',
    command: undefined,
    awaiting: undefined,
    argumentCount: 0,
    used: new Set(),
    onlyArguments: false,
    onlyCommands,
  }
  for (const word of onlyCommands ? words.slice(1) : words) readWord(tree, line, word)
  return line
}

function readWord(tree: CompletionTree, line: TypedLine, word: string): void {
  if (line.awaiting) line.awaiting = undefined
  else if (line.onlyArguments || !word.startsWith('-')) readPlainWord(tree, line, word)
  else if (word === '--') line.onlyArguments = true
  else readFlag(line, word)
}

function readPlainWord(tree: CompletionTree, line: TypedLine, word: string): void {
  const longer = line.path === '' ? word : `${line.path} ${word}`
  if (line.argumentCount > 0 || !isKnown(tree, longer)) {
    line.argumentCount++
    return
  }
  line.path = longer
  line.command = tree.commands[longer]
}

function readFlag(line: TypedLine, word: string): void {
  const flag = findFlag(line.command, word)
  if (!flag) return
  line.used.add(flag.name)
  // `--agent=x` and `-mx` already have their value.
  const valueFollows = word === flag.name || word === `-${flag.char}`
  if (flag.takesValue && valueFollows) line.awaiting = flag
}

/** The flag that a word such as `--agent`, `--agent=x` or `-m` begins with. */
export function findFlag(command: CommandNode | undefined, word: string): FlagNode | undefined {
  const [name = ''] = word.split('=', 1)
  return command?.flags.find((flag) => flag.name === name || (flag.char && word.startsWith(`-${flag.char}`)))
}

/** True for the words of a command or of a topic. */
function isKnown({commands}: CompletionTree, path: string): boolean {
  return Object.hasOwn(commands, path) || Object.keys(commands).some((words) => words.startsWith(`${path} `))
}
