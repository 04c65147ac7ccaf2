import {existsSync} from 'node:fs'
import {dirname} from 'node:path'

const LOOK_EVERY_MS = 200

/**
 * Keeps this program running while the file's directory exists. It ends by itself after its case, even if the backend
 * under test fails to end it.
 */
export function stayBeside(file: string): void {
  setInterval(() => {
    if (!existsSync(dirname(file))) process.exit(0)
  }, LOOK_EVERY_MS)
}

/** The argument with that index, from 0. Throws if it is missing. */
export function argument(index: number): string {
  const value = process.argv[index + 2]
  if (value === undefined) throw new Error(`argument ${index + 1} is missing`)
  return value
}
