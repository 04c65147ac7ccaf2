// Files that gt runs as processes of their own, found where the code names them: new URL('./x.js', import.meta.url).
import {globSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'

const URL_OF_FILE = /new URL\((["'`])(\.[^"'`]*)\1, import\.meta\.url\)/g

/**
 * A plugin of rolldown that points the code at the programs beside the bundle, and at the same folders as before.
 *
 * @param {Map<string, string>} programs is given each program found: its path below `programs/`, and its source
 */
export function findPrograms({top, output, programs}) {
  return {
    name: 'programs',
    transform: {
      filter: {id: /[\\/]dist[\\/]/, code: /import\.meta\.url/},
      handler(code, id) {
        if (id.includes('node_modules')) return
        const result = code.replace(URL_OF_FILE, (_, quote, path) => {
          const target = join(dirname(id), path)
          if (!target.endsWith('.js')) return `new URL("./${relative(output, target)}", import.meta.url)`
          for (const file of globSync(target.replace(/\$\{[^}]*\}/g, '*'))) {
            programs.set(relative(top, file).replace(/\.js$/, ''), file)
          }
          return `new URL(${quote}./programs/${relative(top, target)}${quote}, import.meta.url)`
        })
        return {code: result, map: null}
      },
    },
  }
}
