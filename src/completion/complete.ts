import type {CompletionTree, FlagNode, ValueSource} from './tree.js'
import {findFlag, readLine, type TypedLine} from './typed-line.js'
import {type CompletionPlace, valuesOf} from './values.js'

interface Candidate {
  value: string
  description: string
}

export interface Completion {
  /** `files` and `directories` have no candidates: the shell completes them itself. */
  what: 'values' | 'files' | 'directories'
  candidates: Candidate[]
}

/** Candidates without special characters: a completed line runs when the user presses Enter. */
const PLAIN = /^[\w./:=@%+,-]+$/

/**
 * The candidates for the last word.
 *
 * @param words the words after the program's name; the last is the one being typed, and may be empty
 */
export function complete(tree: CompletionTree, words: readonly string[], place: CompletionPlace): Completion {
  const typed = words.at(-1) ?? ''
  const line = readLine(tree, words.slice(0, -1))
  const values = (source: ValueSource, part: string, before = '') =>
    fromSource(source, valuesOf(source, part, tree.names, place), before)
  const completion = candidatesFor(tree, line, typed, values)
  const fitting = completion.candidates.filter(({value}) => value.startsWith(typed) && PLAIN.test(value))
  return {...completion, candidates: unique(fitting)}
}

type Values = (source: ValueSource, part: string, before?: string) => Completion

function candidatesFor(tree: CompletionTree, line: TypedLine, typed: string, values: Values): Completion {
  if (line.onlyCommands) return fixed(subcommands(tree, line.path, true))
  if (line.awaiting) return values(line.awaiting, typed)
  if (typed.startsWith('-') && !line.onlyArguments) return flagCandidates(line, typed, values)
  const words = line.argumentCount === 0 ? subcommands(tree, line.path, line.path === '') : []
  const source = line.command?.args[line.argumentCount]
  if (!source) return fixed(words)
  const {what, candidates} = values(source, typed)
  return {what: words.length > 0 ? 'values' : what, candidates: [...candidates, ...words]}
}

function flagCandidates(line: TypedLine, typed: string, values: Values): Completion {
  const equals = typed.indexOf('=')
  const flag = equals < 0 ? undefined : findFlag(line.command, typed)
  if (flag) return values(flag, typed.slice(equals + 1), typed.slice(0, equals + 1))
  const top: readonly FlagNode[] =
    line.path === '' ? [withoutValue('--help', 'Show help'), withoutValue('--version', 'Show version')] : []
  const offered = [...(line.command?.flags ?? []), ...top]
  return fixed(
    offered
      .filter(({name, repeatable}) => repeatable || !line.used.has(name))
      .map(({name, summary}) => ({value: name, description: summary})),
  )
}

function withoutValue(name: string, summary: string): FlagNode {
  return {name, summary, takesValue: false, repeatable: false}
}

/** The next words of visible commands and their topics. */
function subcommands({commands, topics}: CompletionTree, path: string, withHelp: boolean): Candidate[] {
  const before = path === '' ? '' : `${path} `
  const offered = Object.keys(commands).filter(
    (words) => !commands[words]?.hidden && words.startsWith(before),
  )
  const next = [...new Set(offered.map((words) => words.slice(before.length).split(' ', 1)[0] ?? ''))]
  return next
    .filter((word) => word !== '' && (withHelp || word !== 'help'))
    .map((value) => {
      const words = `${before}${value}`
      return {value, description: commands[words]?.summary || topics[words] || ''}
    })
}

function fromSource({kind}: ValueSource, values: readonly string[], before: string): Completion {
  if (kind === 'file') return {what: 'files', candidates: []}
  if (kind === 'directory') return {what: 'directories', candidates: []}
  return fixed(values.map((value) => ({value: `${before}${value}`, description: ''})))
}

function fixed(candidates: Candidate[]): Completion {
  return {what: 'values', candidates}
}

function unique(candidates: readonly Candidate[]): Candidate[] {
  return [...new Map(candidates.map((candidate) => [candidate.value, candidate])).values()]
}
