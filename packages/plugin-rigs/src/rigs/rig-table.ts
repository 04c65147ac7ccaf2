import {type Style, shorten} from '@gtown/sdk'
import type {ListedRig} from './list-rigs.js'

const HEADINGS = ['Rig', 'Polecats', 'Cloned from']

/** The rigs of a town as text, one a line. */
export function rigTable(town: string, rigs: readonly ListedRig[], style: Style): string {
  if (rigs.length === 0) {
    return `No rigs in ${town}\n${style.dim("  Use 'gt rig add <name> <git-url>' to add one")}`
  }
  const rows = [HEADINGS, ...rigs.map(toRow)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [style.bold(lines[0] ?? ''), ...lines.slice(1)].join('\n')
}

function toRow({name, git_url, path, exists, polecats}: ListedRig): string[] {
  const state = exists ? String(polecats.length) : path === null ? 'bad name' : 'missing'
  return [shorten(name), state, shorten(git_url ?? '-', 120)]
}
