import {compiledFolder} from './compile-cache.js'
import {createLoader} from './loader.js'

/** The files made by the build. */
interface Files {
  /** Answers a Tab. */
  complete: string
  /** Everything else. */
  main: string
  /** All commands, with words separated by spaces. */
  commands: readonly string[]
}

interface Complete {
  completeFromCache(argv: readonly string[]): boolean
}

interface Main {
  run(launcher: string, argv: string[], compiled: string | undefined): Promise<void>
}

/**
 * Entry point of the bundle.
 *
 * @param launcher absolute path of the file that the user runs as `gt`
 */
export function start(launcher: string, files: Files, require: NodeJS.Require): void {
  const argv = process.argv.slice(2)
  const folder = compiledFolder(process.env)
  const task = taskOf(argv, files.commands)
  const load = createLoader({bundle: import.meta.dirname, folder, task, require})
  // Completion must be fast: answer from the cache without oclif, if possible.
  if (task === 'completion-candidates' && (load(files.complete) as Complete).completeFromCache(argv)) {
    process.exit()
  }
  ;(load(files.main) as Main).run(launcher, argv, folder)
}

/** The command or help that the command line asks for. A wrong guess only makes V8 compile more. */
function taskOf(argv: readonly string[], commands: readonly string[]): string {
  const [first = '', second = '', third = '-'] = argv
  if (argv.includes('--help') || argv.includes('-h')) return 'help'
  // A command for all rigs runs other code than one for a single rig.
  if (commands.includes(`${first} ${second}`))
    return `${first}-${second}${third.startsWith('-') ? '-all' : ''}`
  if (commands.includes(first)) return first
  // A plugin's command. Only its first word is certain not to be the user's own text.
  return /^[a-z][a-z-]{0,30}$/.test(first) ? `plugin-${first}` : 'other'
}
