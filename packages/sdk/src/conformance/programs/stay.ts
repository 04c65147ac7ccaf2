import {existsSync} from 'node:fs'
import {dirname} from 'node:path'

const LOOK_EVERY_MS = 200

/**
 * Keeps this program running while the file's directory exists. A backend under test may fail to end it: so it ends
 * by itself when its case is over.
 */
export function stayBeside(file: string): void {
  setInterval(() => {
    if (!existsSync(dirname(file))) process.exit(0)
  }, LOOK_EVERY_MS)
}

/** The argument of that number, counted from 0; ends the program where it is missing. */
export function argument(index: number): string {
  const value = process.argv[index + 2]
  if (value === undefined) throw new Error(`argument ${index + 1} is missing`)
  return value
}
