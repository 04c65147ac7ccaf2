export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

export type Shell = (typeof shells)[number]

/** The words as the user sees them, and how much of the last one the shell keeps in front of what it puts in. */
export interface ShellWords {
  words: string[]
  kept: number
}

/** Reads what a shell's script hands over: the words that follow `gt`, up to the one that is being typed. */
export function readWords(shell: string, words: readonly string[]): ShellWords {
  if (shell === 'bash') return joinedAtEquals(words)
  // It drops an empty argument, so its script puts a sign before the last word.
  if (shell === 'powershell') return {words: [...words.slice(0, -1), (words.at(-1) ?? '').slice(1)], kept: 0}
  return {words: [...words], kept: 0}
}

/** bash makes three words of `--agent=claude`, and replaces the last one only. */
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
