import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {top} from './list.js'

/**
 * The tests that may notice a mutant, in the order in which they run: those of its room that import its module, the
 * room's unit tests, its other tests, other tests that import the module, and those that the mutant names.
 *
 * @param {import('./list.js').Mutant} mutant
 * @returns {string[][]} test files relative to the top of the checkout, each once
 */
export function testsOf({file, tests = []}) {
  const room = foldersOf(file).flatMap(testFilesIn)
  const wanted = tests.flatMap(testFilesIn)
  const naming = allTests.filter((test) => names(test, file))
  const isIn = (list) => (test) => list.includes(test)
  const steps = [
    [...naming, ...wanted].filter(isIn(room)),
    room.filter((test) => test.includes('/unit/')),
    room,
    naming,
    wanted,
  ]
  const seen = new Set()
  const fresh = steps.map((step) => step.filter((test) => !seen.has(test) && seen.add(test)))
  return fresh.filter((step) => step.length > 0)
}

/** The tests that mirror the room of a source file. */
function foldersOf(file) {
  const [first, second, ...rest] = file.split('/')
  if (first === 'packages') return [`packages/${second}/test`, `test/unit/${second}`]
  if (first === 'src' && rest.length > 0) return [`test/unit/${second}`, `test/integration/${second}`]
  return []
}

const packages = readdirSync(join(top, 'packages')).map((name) => `packages/${name}/test`)
const allTests = ['test', ...packages].flatMap(testFilesIn)

function testFilesIn(path) {
  if (!existsSync(join(top, path))) return []
  if (!statSync(join(top, path)).isDirectory()) return [path]
  return readdirSync(join(top, path), {recursive: true})
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(path, name))
}

/** Whether a test imports the module. Compares file and folder, because several rooms may have a file of that name. */
function names(test, file) {
  const module = join(basename(dirname(file)), basename(file).replace(/\.ts$/, '.js'))
  return readFileSync(join(top, test), 'utf8').includes(`/${module}'`)
}
