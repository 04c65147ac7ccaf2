import {complete} from './complete.js'
import {readWords} from './shells.js'
import type {CompletionTree} from './tree.js'
import type {CompletionPlace} from './values.js'

/**
 * The answer to a keystroke, as the scripts of all shells read it: a line that says what follows (`values`, `files`,
 * `directories`), then a line for each candidate, its description behind a tab.
 *
 * @param request the shell, and the words that follow `gt`
 */
export function answer(tree: CompletionTree, request: readonly string[], place: CompletionPlace): string {
  const [shell = '', ...rest] = request
  const {words, kept} = readWords(shell, rest)
  const {what, candidates} = complete(tree, words, place)
  const lines = candidates.map(({value, description}) => `${value.slice(kept)}\t${description}`)
  return [what, ...lines, ''].join('\n')
}
