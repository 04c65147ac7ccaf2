import {alignColumns, type Style, shorten} from '@gtown/sdk'
import type {ListedRig} from './list-rigs.js'

const HEADINGS = ['Rig', 'Polecats', 'Cloned from']

/** The rigs of a town as text, one per line. */
export function rigTable(town: string, rigs: readonly ListedRig[], style: Style): string {
  if (rigs.length === 0) {
    return `No rigs in ${town}\n${style.dim("  Use 'gt rig add <name> <git-url>' to add one")}`
  }
  const [head = '', ...lines] = alignColumns([HEADINGS, ...rigs.map(toRow)])
  return [style.bold(head), ...lines].join('\n')
}

function toRow({name, git_url, path, exists, polecats}: ListedRig): string[] {
  const state = exists ? String(polecats.length) : path === null ? 'bad name' : 'missing'
  return [shorten(name), state, shorten(git_url ?? '-', 120)]
}
