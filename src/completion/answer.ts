import {complete} from './complete.js'
import {readWords} from './shells.js'
import type {CompletionTree} from './tree.js'
import type {CompletionPlace} from './values.js'

/**
 * The answer to a keystroke, in the format that all shells' scripts read: a line with the kind (`values`, `files` or
 * `directories`), then one line per candidate with its description after a tab.
 *
 * @param request the shell, then the words after `gt`
 */
export function answer(tree: CompletionTree, request: readonly string[], place: CompletionPlace): string {
  const [shell = '', ...rest] = request
  const {words, kept} = readWords(shell, rest)
  const {what, candidates} = complete(tree, words, place)
  const lines = candidates.map(({value, description}) => `${value.slice(kept)}\t${description}`)
  return [what, ...lines, ''].join('\n')
}
