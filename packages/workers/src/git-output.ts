import {GtError, shorten} from '@gtown/sdk'

/** The non-empty lines of git's output. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** The entries of output that was requested with `-z`. */
export function entriesOf(text: string): string[] {
  return text.split('\0').filter((entry) => entry !== '')
}

/**
 * The error for a git command that failed: `GIT_FAILED`, with git's own message.
 *
 * @param args the arguments of git; options before the subcommand are allowed
 */
export function gitFailed(args: readonly string[], {stderr}: {stderr: string}): GtError {
  const lines = linesOf(stderr)
  const said =
    lines.find((line) => /^ ! \[|^(fatal|error): /.test(line)) ?? lines.at(-1) ?? 'it did not say why'
  // The URL of a remote may contain a password.
  const words = shorten(said.trim().replaceAll(/\/\/[^/@\s]*@/g, '//'), 200)
  return new GtError(`git ${args.find((arg) => !/^-|=/.test(arg))} failed: ${words}`, {code: 'GIT_FAILED'})
}
