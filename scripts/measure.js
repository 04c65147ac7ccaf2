// Runs every measurement of bench/, one after the other, and fails if one fails.
import {spawnSync} from 'node:child_process'
import {readdirSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

const bench = fileURLToPath(new URL('../bench/', import.meta.url))
for (const script of readdirSync(bench).filter((name) => name.endsWith('.js'))) {
  process.stdout.write(`\n# bench/${script}\n`)
  const {status} = spawnSync(process.execPath, [`${bench}${script}`], {stdio: 'inherit'})
  if (status !== 0) process.exitCode = 1
}
