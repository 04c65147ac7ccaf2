// One build of gt's files by rolldown: for Node, which loads them one by one, or for a compiler that takes them whole.
import {join} from 'node:path'
import {build} from 'rolldown'
import {findPlugins, pluginsModule} from './bake-plugins.js'
import {lazyImports} from './lazy-imports.js'
import {oclifPatch} from './oclif-patch.js'
import {findPrograms} from './programs.js'
import {servedModule, servedModules} from './served.js'

/** What is only there if the user has it. */
export const optional = ['typescript', 'pnpapi']

/** The first file: Node itself loads it, and it loads the others. */
export const FIRST = 'gt.js'

/**
 * The runtime that the files are made for.
 *
 * @typedef {object} Target
 * @property {readonly (string | RegExp)[]} external what is not in the files
 * @property {readonly object[]} plugins plugins of rolldown, the last ones
 * @property {readonly string[]} onDisk plugins of gt that stay packages of their own
 * @property {Record<string, string>} [define] as rolldown's: what stands for an expression of the source
 */

/**
 * @param {{top: string, output: string, target: Target}} options gt's root, where the files are written, and what
 *   they are for
 */
export function openBuild({top, output, target}) {
  const programs = new Map()
  const plugins = findPlugins(top, target.onDisk)
  const served = servedModules(top)
  /** What the first file knows of the others. */
  const files = {commands: commandsOf(plugins)}
  const sources = sourcesOf({top, files, plugins, served})
  /** Returns the name of the file that it begins with. */
  const bundle = async (input, outputOptions) => {
    const {output: chunks} = await build({
      input,
      platform: 'node',
      external: target.external,
      preserveEntrySignatures: 'allow-extension',
      plugins: [
        generatedModules(sources),
        findPrograms({top, output, programs}),
        oclifPatch(),
        lazyImports(),
        asciiOnly(),
        ...target.plugins,
      ],
      // Its modules check oclif's own Node version, which the launcher has done.
      transform: {
        define: {'process.env.OCLIF_DISABLE_ENGINE_WARNING': '"1"', ...target.define},
      },
      // The project loads on demand what may be split off; what is left together is meant to be.
      checks: {ineffectiveDynamicImport: false},
      output: {
        dir: output,
        format: 'cjs',
        // By their names the kept compiled files are found.
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        minify: true,
        ...outputOptions,
      },
    })
    return `./${chunks.find(({isEntry}) => isEntry).fileName}`
  }
  return {programs, plugins, served, files, bundle}
}

/** The modules that only the build knows. The first one's source is asked for last, when the files are known. */
function sourcesOf({top, files, plugins, served}) {
  const dist = (file) => JSON.stringify(join(top, 'dist', file))
  return {
    '\0gt': () => `
      import {start} from ${dist('fast/start.js')}
      export const run = (launcher) => start(launcher, ${JSON.stringify(files)}, require)`,
    '\0main': () => `
      import {main} from ${dist('cli/main.js')}
      export const run = (launcher, argv, compiled) => main(argv, launcher, async () => {
        const {patchOclif} = await import(${dist('fast/oclif-patch.js')})
        const {plugins} = await import('gt:plugins')
        patchOclif({launcher, plugins, served: () => import('gt:served'), compiled})
      })`,
    'gt:plugins': () => pluginsModule(plugins),
    'gt:served': () => servedModule(top, served),
  }
}

function generatedModules(sources) {
  return {
    name: 'generated-modules',
    resolveId: (id) => (id in sources ? id : undefined),
    load: (id) => sources[id]?.(),
  }
}

/** Each as its words. */
function commandsOf(known) {
  return known.flatMap(({manifest}) => Object.keys(manifest.commands)).map((id) => id.replaceAll(':', ' '))
}

/** Of a file with one other character V8 keeps every character in two bytes, and takes twice as long to read it. */
function asciiOnly() {
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return {
    name: 'ascii-only',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escaped)
    },
  }
}
