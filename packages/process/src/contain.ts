import {access, constants} from 'node:fs/promises'
import {hasErrno} from './processes.js'

type Command = readonly [string, ...string[]]

const PERL = '/usr/bin/perl'

/** The number of prctl(2) in Linux's table of system calls. */
const PRCTL: Partial<Record<NodeJS.Architecture, number>> = {x64: 157, arm64: 167}

const PR_SET_CHILD_SUBREAPER = 36

/** Keeps perl from complaining about a missing locale on the program's terminal. Removed before the program runs. */
const QUIET = 'PERL_SKIP_LOCALE_INIT'

// The program's environment may hold variables that perl reads. -t ignores PERL5OPT and PERL5LIB, -X silences the
// warnings that -t brings, -C0 overrides PERL_UNICODE.
const OPTIONS = ['-tX', '-C0', '-e']

/**
 * See `Killer.contain`. Needs Linux on x64 or arm64, and /usr/bin/perl. Elsewhere the command is returned unchanged,
 * and one kind of process can escape: a daemon with a cleared environment, no terminal and a session id of its own,
 * whose parent ended before the first scan.
 */
export async function contain(command: Command): Promise<[string, ...string[]]> {
  const prctl = process.platform === 'linux' ? PRCTL[process.arch] : undefined
  if (prctl === undefined || !(await isExecutable(PERL))) return [...command]
  return ['/usr/bin/env', `${QUIET}=1`, PERL, ...OPTIONS, becomeSubreaper(prctl), '--', ...command]
}

/** Perl code that makes itself a subreaper and then becomes the program. A failed prctl is ignored. */
function becomeSubreaper(prctl: number): string {
  return [
    `syscall ${prctl}, ${PR_SET_CHILD_SUBREAPER}, 1, 0, 0, 0`,
    `delete $ENV{${QUIET}}`,
    'exec {$ARGV[0]} @ARGV',
    'print STDERR "cannot run $ARGV[0]: $!\\n"',
    'exit 127',
  ].join('; ')
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return true
  } catch (error) {
    if (hasErrno(error, ['ENOENT', 'ENOTDIR', 'EACCES'])) return false
    throw error
  }
}
