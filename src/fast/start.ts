import {compiledFolder} from './compile-cache.js'
import {createLoader} from './loader.js'

/** What the build knows of the files that it has made. */
interface Files {
  /** Answers a Tab. */
  complete: string
  /** Everything else. */
  main: string
  /** All commands, as words. */
  commands: readonly string[]
}

interface Complete {
  completeFromCache(argv: readonly string[]): boolean
}

interface Main {
  run(launcher: string, argv: string[], compiled: string | undefined): Promise<void>
}

/**
 * Where the bundle begins.
 *
 * @param launcher absolute path of the file that the user runs as `gt`
 */
export function start(launcher: string, files: Files, require: NodeJS.Require): void {
  const argv = process.argv.slice(2)
  const folder = compiledFolder(process.env)
  const task = taskOf(argv, files.commands)
  const load = createLoader({bundle: import.meta.dirname, folder, task, require})
  // A Tab has no time for oclif: what is known from the last one is answered without it.
  if (task === 'completion-candidates' && (load(files.complete) as Complete).completeFromCache(argv)) {
    process.exit()
  }
  ;(load(files.main) as Main).run(launcher, argv, folder)
}

/** The command, or the help, that a command line asks for; it may be mistaken, and then more is compiled. */
function taskOf(argv: readonly string[], commands: readonly string[]): string {
  const [first = '', second = '', third = '-'] = argv
  if (argv.includes('--help') || argv.includes('-h')) return 'help'
  // What is done for all is another code than what is done for one.
  if (commands.includes(`${first} ${second}`))
    return `${first}-${second}${third.startsWith('-') ? '-all' : ''}`
  if (commands.includes(first)) return first
  // A plugin's: only its first word is certainly none that the user made up.
  return /^[a-z][a-z-]{0,30}$/.test(first) ? `plugin-${first}` : 'other'
}
