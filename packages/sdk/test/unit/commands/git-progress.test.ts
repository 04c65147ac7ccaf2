import {describe, expect, it} from 'vitest'
import {showGitProgress} from '../../../src/commands/git-progress.js'

const output = [
  "Cloning into bare repository '/x'...\n",
  'remote: Enumerating objects: 2, done.        \n',
  'remote: Counting objects:  50% (1/2)        \rremote: Counting obj',
  'ects: 100% (2/2)        \rremote: Counting objects: 100% (2/2), done.        \n',
  'Receiving objects:  50% (1/2)\rReceiving objects: 100% (2/2), done.\n',
]

function shown(isTTY: boolean, columns = 24): string {
  let text = ''
  const progress = showGitProgress({isTTY, columns, write: (piece) => (text += piece)})
  for (const piece of output) progress.read(piece)
  progress.end()
  progress.end()
  return text
}

describe('showGitProgress', () => {
  it('NoTerminal: one plain line per stage', () => {
    expect(shown(false)).toBe('Enumerating objects\nCounting objects\nReceiving objects\n')
  })

  it('Terminal: redraws one line, cut to the width, and clears it at the end', () => {
    const text = shown(true)
    const clear = '\r\u001b[K'
    expect(text).not.toContain('\n')
    expect(text.endsWith(clear)).toBe(true)
    const drawn = text.split(clear).slice(1, -1)
    expect(drawn.at(-1)).toMatch(/^Receiving objects: 100/)
    expect(drawn.every((line) => line.length < 24)).toBe(true)
  })

  it('TerminalOfUnknownWidth: cuts nothing off', () => {
    expect(shown(true, 0)).toContain('Receiving objects: 100% (2/2), done.')
  })
})
