import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll} from 'vitest'

/** Folders that were made once for the tests of this file, by name. */
const templates = new Map<string, string>()

afterAll(() => {
  for (const folder of templates.values()) rmSync(folder, {recursive: true, force: true})
  templates.clear()
})

/** Fills a folder with a copy of what `make` creates in an empty one. Runs `make`, and git, for the first copy only. */
export function copyInto(dir: string, name: string, make: (dir: string) => void): void {
  const template = templates.get(name) ?? made(name, make)
  cpSync(template, dir, {recursive: true})
  for (const file of filesOf(dir)) moveTo(dir, template, file)
}

function made(name: string, make: (dir: string) => void): string {
  const folder = mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 't'))
  templates.set(name, folder)
  make(folder)
  return folder
}

/** The files in which git names other folders by absolute path. */
const WITH_PATHS = new Set(['config', 'gitdir', '.git'])

function filesOf(dir: string): string[] {
  const entries = readdirSync(dir, {recursive: true, withFileTypes: true})
  return entries
    .filter((entry) => entry.isFile() && WITH_PATHS.has(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

function moveTo(dir: string, template: string, file: string): void {
  const text = readFileSync(file, 'utf8')
  if (text.includes(template)) writeFileSync(file, text.replaceAll(template, dir))
}
