import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const ADDED = '2026-01-20T12:00:00Z'

export const echoAgent = new URL('../fixtures/agents/echo-agent.js', import.meta.url).pathname

/** An agent entry for settings that runs one of the programs of test/fixtures/agents. */
export function fixtureAgent(name: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    command: process.execPath,
    args: [new URL(`../fixtures/agents/${name}.js`, import.meta.url).pathname],
    ...more,
  }
}

/**
 * Makes the town in which the transcripts of the original were recorded: alpha (three polecats, a hidden one, a plain
 * file, a link), beta, gamma (no polecats), delta (with witness/rig), ghost (registered, no directory), and a
 * directory that is not registered. Its only agent is `cat`.
 */
export function makeTown(dir: string): string {
  for (const folder of [
    'mayor',
    'settings',
    'unregistered',
    'beta',
    'gamma',
    'delta/witness/rig',
    'alpha/mayor/rig',
    'alpha/witness',
    'alpha/settings',
    'alpha/crew/max',
    ...['furiosa', 'nux', 'toast', '.hidden'].map((name) => `alpha/polecats/${name}`),
  ]) {
    mkdirSync(join(dir, folder), {recursive: true})
  }
  writeFileSync(join(dir, 'alpha/polecats/notadir'), 'x\n')
  symlinkSync('/', join(dir, 'alpha/polecats/linkdir'))
  writeJson(join(dir, 'mayor/town.json'), {
    type: 'town',
    version: 2,
    name: 'contract-town',
    created_at: ADDED,
  })
  writeJson(join(dir, 'mayor/rigs.json'), {
    version: 1,
    rigs: registry(['alpha', 'beta', 'ghost', 'gamma', 'delta']),
  })
  useAgents(dir, {fake: {command: '/bin/cat', args: [], prompt_mode: 'none'}})
  return dir
}

/** Writes the town's settings; the first agent is the default. */
export function useAgents(town: string, agents: Record<string, unknown>): void {
  const [first] = Object.keys(agents)
  writeJson(join(town, 'settings/config.json'), {
    type: 'town-settings',
    version: 1,
    default_agent: first,
    agents,
  })
}

export function writeJson(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value, null, 2))
}

function registry(names: string[]): Record<string, unknown> {
  const entry = (name: string) => ({git_url: `https://example.com/${name}.git`, added_at: ADDED})
  return Object.fromEntries(names.map((name) => [name, entry(name)]))
}
