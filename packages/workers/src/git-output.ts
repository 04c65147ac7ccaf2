import {stripVTControlCharacters} from 'node:util'
import {GtError, shorten} from '@gtown/sdk'

/** The non-empty lines of git's output. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** The entries of output that was requested with `-z`. */
export function entriesOf(text: string): string[] {
  return text.split('\0').filter((entry) => entry !== '')
}

/** Such as `Counting objects:  50% (1/2)` or `Enumerating objects: 2, done.` */
const PROGRESS = /:\s+(?:\d+% \(\d+\/\d+\)|\d+, done\.$)/

/**
 * What git or a remote said, as lines that may be shown: without escape sequences, passwords in URLs, and reports of
 * progress. Each is cut to 200 characters.
 */
export function wordsOf(text: string): string[] {
  // Git ends a line of progress with a carriage return. Format characters could turn the text's direction round.
  return stripVTControlCharacters(text)
    .split(/[\r\n]/)
    .map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim())
    .filter((line) => line !== '' && !PROGRESS.test(line))
    .map((line) => shorten(line.replaceAll(/\/\/[^/@\s]*@/g, '//'), 200))
}

/**
 * The error for a git command that failed: `GIT_FAILED`, with git's own message.
 *
 * @param args the arguments of git; options before the subcommand are allowed
 */
export function gitFailed(args: readonly string[], {stderr}: {stderr: string}): GtError {
  const lines = wordsOf(stderr)
  const said =
    lines.find((line) => /^! \[|^(fatal|error): /.test(line)) ?? lines.at(-1) ?? 'it did not say why'
  return new GtError(`git ${args.find((arg) => !/^-|=/.test(arg))} failed: ${said}`, {code: 'GIT_FAILED'})
}
