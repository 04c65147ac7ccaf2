export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

export type Shell = (typeof shells)[number]

/** The words as the user sees them, and how many characters of the last one the shell keeps before a candidate. */
export interface ShellWords {
  words: string[]
  kept: number
}

/** Parses the words that a shell's script passes: those after `gt`, up to the one being typed. */
export function readWords(shell: string, words: readonly string[]): ShellWords {
  if (shell === 'bash') return joinedAtEquals(words)
  // It drops empty arguments, so its script puts a sign before the last word.
  if (shell === 'powershell') return {words: [...words.slice(0, -1), (words.at(-1) ?? '').slice(1)], kept: 0}
  return {words: [...words], kept: 0}
}

/** bash splits `--agent=claude` into three words, and replaces only the last one. */
function joinedAtEquals(words: readonly string[]): ShellWords {
  const joined: string[] = []
  let kept = 0
  for (const [index, word] of words.entries()) {
    const last = joined.at(-1)
    const continues = word === '=' || words[index - 1] === '='
    kept = 0
    if (!continues || !last?.startsWith('--')) {
      joined.push(word)
      continue
    }
    kept = word === '=' ? last.length + 1 : last.length
    joined[joined.length - 1] = `${last}${word}`
  }
  return {words: joined, kept}
}
