import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const top = fileURLToPath(new URL('../../..', import.meta.url))
const folder = fileURLToPath(new URL('../list/', import.meta.url))

/**
 * @typedef {object} Mutant
 * @property {string} list its file in `list/`, without the ending
 * @property {string} file the source file that it changes, relative to the top of the checkout
 * @property {string} old text that occurs in the file once
 * @property {string} new its replacement
 * @property {string} promise what the change breaks, in one sentence
 * @property {string[]} [tests] test files or folders that should notice it, in addition to those of its room
 * @property {string} [survives] why no test can notice it
 */

/**
 * Every mutant whose list or file contains one of the words; all of them without a word.
 *
 * @param {string[]} words
 * @returns {Promise<Mutant[]>}
 */
export async function readMutants(words) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const lists = await Promise.all(names.sort().map(readList))
  return lists
    .flat()
    .filter(
      ({list, file}) => words.length === 0 || words.some((word) => list === word || file.includes(word)),
    )
}

async function readList(name) {
  const {default: mutants} = await import(join(folder, name))
  return mutants.map((mutant) => ({...mutant, list: name.slice(0, -'.js'.length)}))
}

/**
 * The fault of a mutant: its file or text is gone, or it does not say what it breaks.
 *
 * @param {Mutant} mutant
 * @returns {string | undefined}
 */
export function faultOf(mutant) {
  const {list, file, old, promise} = mutant
  const place = `list/${list}.js: ${file}`
  const of = `(${promise ?? 'no promise'})`
  if (!promise) return `${place}: a mutant without a promise: ${JSON.stringify(old)}`
  if (old === mutant.new) return `${place}: the mutant changes nothing ${of}`
  try {
    const times = readFileSync(join(top, file), 'utf8').split(old).length - 1
    if (times === 1) return undefined
    return `${place}: the mutant's text occurs ${times} times, not once: ${JSON.stringify(old)} ${of}`
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return `${place}: there is no such file ${of}`
  }
}

/** The line of the source file in which the mutant begins. */
export function lineOf({file, old}) {
  const text = readFileSync(join(top, file), 'utf8')
  return text.slice(0, text.indexOf(old)).split('\n').length
}
