import {useCompileCache} from './compile-cache.js'
import type {BakedPlugin} from './seam.js'
import type {Served} from './serve.js'

/** The parts of the bundle, each loaded when it is needed. */
interface Parts {
  cli(): Promise<typeof import('../cli/main.js')>
  seam(): Promise<typeof import('./seam.js')>
  plugins(): Promise<{plugins: BakedPlugin[]}>
  served(): Promise<Served>
  complete(): Promise<typeof import('../cli/complete.js')>
}

/**
 * Where the bundle begins: what follows is compiled once and then read from the user's cache.
 *
 * @param launcher absolute path of the file that the user runs as `gt`
 */
export async function start(launcher: string, {cli, seam, plugins, served, complete}: Parts): Promise<void> {
  useCompileCache(process.env)
  const argv = process.argv.slice(2)
  // A Tab has no time for oclif: what is known from the last one is answered without it.
  if (argv[0] === 'completion' && argv[1] === 'candidates' && (await complete()).completeFromCache(argv)) {
    process.exit()
  }
  const {main} = await cli()
  await main(argv, launcher, async () => {
    const [{installSeam}, baked] = await Promise.all([seam(), plugins()])
    installSeam(launcher, baked.plugins, served)
  })
}
