// In which order a status needs what the compiler has compiled: laid out like that, it reads fewer pages of the executable.
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

const RIG = 'rig'

/** Runs a status in a town of its own, in which nothing runs; the executable writes the order to the file. */
export function recordOrder(executable, file) {
  const town = mkdtempSync(join(tmpdir(), 'gt-order-'))
  try {
    for (const folder of ['mayor', join(RIG, 'witness')]) mkdirSync(join(town, folder), {recursive: true})
    writeJson(join(town, 'mayor', 'town.json'), {type: 'town', version: 2, name: 'order'})
    writeJson(join(town, 'mayor', 'rigs.json'), {version: 1, rigs: {[RIG]: {}}})
    const env = {PATH: process.env.PATH, HOME: town, TMUX_TMPDIR: town, BUN_BYTECODE_ORDER_OUT: file}
    const {status, stderr} = spawnSync(executable, ['witness', 'status', RIG, '--json'], {cwd: town, env})
    if (status !== 0) throw new Error(`the executable does not run: ${stderr}`)
  } finally {
    rmSync(town, {recursive: true})
  }
}

function writeJson(file, value) {
  writeFileSync(file, JSON.stringify(value))
}
