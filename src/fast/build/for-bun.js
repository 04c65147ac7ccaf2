// What is another module, or written in another way, in the standalone executable.
import {fileURLToPath} from 'node:url'
import {inParts} from './parts.js'

const CHILD_PROCESS = fileURLToPath(new URL('./stand-ins/child-process.cjs', import.meta.url))

/** See ../direct-streams.ts. */
export const directStreams = {'process.stdout': 'gtStreams.stdout', 'process.stderr': 'gtStreams.stderr'}

/** A plugin of rolldown. */
export function forBun() {
  return {
    name: 'for-bun',
    resolveId: (id) => (id === 'child-process' ? CHILD_PROCESS : undefined),
    transform: {
      filter: {id: /plugin-tmux[\\/]dist[\\/]tmux\.js$/},
      // Under another name, since Node's own modules are never looked for.
      handler: (code) => ({code: code.replace("'node:child_process'", "'child-process'"), map: null}),
    },
  }
}

/**
 * The options of rolldown's output. A file costs nothing here, and of a file that is loaded every function is made: what
 * a start does without is in files of one module.
 */
export function inModules(top) {
  const parts = inParts(top)
  const [eachStart] = parts.codeSplitting.groups
  const module = {name: (id) => id.replace(top, '').replace(/[^\w.]/g, '-'), debugName: 'module', test: /./}
  return {...parts, codeSplitting: {...parts.codeSplitting, groups: [eachStart, {...module, priority: 1}]}}
}
