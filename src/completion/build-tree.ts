import type {CommandNode, CompletionTree, FlagNode, ValueSource} from './tree.js'
import {valueKindOf} from './value-kind.js'

/** The part of oclif's command description that completion reads. */
export interface CommandShape {
  id: string
  aliases?: readonly string[]
  hidden?: boolean
  summary?: string | undefined
  description?: string | undefined
  args?: Readonly<Record<string, ParameterShape>>
  flags?: Readonly<Record<string, FlagShape>>
}

interface ParameterShape {
  name: string
  hidden?: boolean | undefined
  options?: readonly string[] | undefined
}

interface FlagShape extends ParameterShape {
  char?: string | undefined
  summary?: string | undefined
  description?: string | undefined
  type: string
  multiple?: boolean | undefined
  allowNo?: boolean | undefined
}

const HELP: FlagNode = {name: '--help', char: 'h', summary: 'Show help', takesValue: false, repeatable: false}

/** Builds the completion tree from the commands and topics of all plugins. */
export function buildTree(
  commands: readonly CommandShape[],
  topics: readonly {name: string; description?: string | undefined}[],
  names: CompletionTree['names'],
): CompletionTree {
  return {
    commands: Object.fromEntries(commands.map((command) => [wordsOf(command.id), commandNode(command)])),
    topics: Object.fromEntries(
      topics.map(({name, description}) => [wordsOf(name), firstLine(description ?? '')]),
    ),
    names,
  }
}

function wordsOf(id: string): string {
  return id.replaceAll(':', ' ')
}

function commandNode(command: CommandShape): CommandNode {
  const {id, aliases = [], hidden = false, args = {}, flags = {}} = command
  const visible = Object.values(flags).filter((flag) => !flag.hidden)
  return {
    summary: firstLine(command.summary ?? command.description ?? ''),
    hidden: hidden || aliases.includes(id),
    args: Object.values(args).map((arg) => sourceOf(id, arg)),
    flags: [...visible.flatMap((flag) => flagNodes(id, flag)), HELP],
  }
}

function flagNodes(commandId: string, flag: FlagShape): FlagNode[] {
  const {name, char, type, multiple = false, allowNo = false} = flag
  const node: FlagNode = {
    name: `--${name}`,
    ...(char && {char}),
    summary: firstLine(flag.summary ?? flag.description ?? ''),
    takesValue: type === 'option',
    repeatable: multiple,
    ...(type === 'option' && sourceOf(commandId, flag)),
  }
  return allowNo ? [node, {...node, name: `--no-${name}`}] : [node]
}

function sourceOf(commandId: string, {name, options}: ParameterShape): ValueSource {
  if (options) return {options}
  const kind = valueKindOf(commandId, name)
  return kind ? {kind} : {}
}

/** The first line, shortened and without control characters, since shells print it. */
function firstLine(text: string): string {
  const [line = ''] = text.split('\n', 1)
  return line.replaceAll(/\p{Cc}/gu, ' ').slice(0, 100)
}
