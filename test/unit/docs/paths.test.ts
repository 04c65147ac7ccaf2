import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'

const top = fileURLToPath(new URL('../../..', import.meta.url))
const pages = [
  'README.md',
  'AGENTS.md',
  'build/README.md',
  'bench/mutants/README.md',
  ...readdirSync(join(top, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
]

/** What stands in backticks and begins with a folder of this repository; a pattern or a placeholder is no path. */
const NAMED = /`((?:src|build|packages|test|bench|scripts|docs|bin)\/[\w./-]+)`/g
const LINKED = /\]\((?!https?:|#)([^)#\s]+)/g

test.each(pages)('%s names no file that is gone', (page) => {
  const text = readFileSync(join(top, page), 'utf8')
  const named = [...text.matchAll(NAMED)].map(([, path = '']) => path)
  const linked = [...text.matchAll(LINKED)].map(([, path = '']) => join(dirname(page), path))
  expect([...named, ...linked].filter((path) => !isThere(path))).toEqual([])
})

/** Pages that show how a plugin is written name the files of an example. */
function isThere(path: string): boolean {
  return ['', ...readdirSync(join(top, 'examples')).map((name) => `examples/${name}`)].some((folder) =>
    existsSync(join(top, folder, path)),
  )
}
