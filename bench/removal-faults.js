// Tries gt polecat nuke, restore and purge with a full disk, without permissions, with a file that nobody may delete, with a
// mount and with a file of another user, as root and as an ordinary user. Shows what each command says, and checks that the
// sandbox is unharmed or put away whole, and that all works once the fault is gone. Needs root, Linux, and chattr.
// Usage: node bench/removal-faults.js [--only FAULT]
import {execFileSync, spawnSync} from 'node:child_process'
import {chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {compare, gather} from './removal/evidence.js'
import {asTown, collect, gt} from './removal/town.js'
import {openWorlds, removeAll} from './removal/world.js'
import {printTable} from './support/table.js'

const NOBODY = 65534
const inNamespace = process.env.GT_REMOVAL_DISK !== undefined
if (!inNamespace) {
  // A disk of its own that can be filled, and mounts that nobody else sees.
  const disk =
    'd=$(mktemp -d) && mount -t tmpfs -o size=64m x "$d" && chmod 755 "$d" && GT_REMOVAL_DISK=$d TMPDIR=$d "$@"'
  const args = ['--mount', 'sh', '-ec', disk, 'sh', process.execPath, ...process.argv.slice(1)]
  process.exit(spawnSync('unshare', args, {stdio: 'inherit'}).status ?? 1)
}

const only = process.argv[2] === '--only' ? process.argv[3] : undefined
const sh = (script) => execFileSync('sh', ['-ec', script], {stdio: ['ignore', 'ignore', 'pipe']})
/** The sandbox, wherever it is now. */
function place({dir, path}) {
  const removed = join(dir, 'rig/polecats/.removed')
  const entries = existsSync(removed) ? readdirSync(removed).map((id) => join(removed, id, 'tree')) : []
  return [path, ...entries].find((folder) => existsSync(folder)) ?? path
}

const faults = {
  'disk full': {
    strike: (w) => {
      const filler = join(w.dir, 'filler')
      spawnSync('sh', [
        '-c',
        `dd if=/dev/zero of='${filler}' bs=1M 2>&-; dd if=/dev/zero of='${filler}2' bs=4k 2>&-; dd if=/dev/zero of='${filler}3' bs=1 2>&-`,
      ])
    },
    heal: (w) => sh(`rm -f '${w.dir}'/filler*`),
  },
  'read-only folder inside': {
    prepare: (w) => [w.write('ro/x'), chmodSync(join(w.path, 'ro'), 0o555)],
  },
  'read-only sandbox': {prepare: (w) => chmodSync(w.path, 0o555)},
  'read-only polecats/': {
    strike: (w) => chmodSync(join(w.dir, 'rig/polecats'), 0o555),
    heal: (w) => chmodSync(join(w.dir, 'rig/polecats'), 0o755),
  },
  'read-only repository': {
    strike: (w) => sh(`chmod -R a-w '${w.repository}'`),
    heal: (w) => sh(`chmod -R u+w '${w.repository}'`),
  },
  'immutable file': {
    prepare: (w) => w.write('frozen'),
    strike: (w) => sh(`chattr +i '${place(w)}/frozen'`),
    heal: (w) => sh(`chattr -R -i '${w.dir}/rig/polecats'`),
  },
  'immutable sandbox': {
    strike: (w) => sh(`chattr +i '${place(w)}'`),
    heal: (w) => sh(`chattr -R -i '${w.dir}/rig/polecats'`),
  },
  'mount inside': {
    prepare: (w) => [
      w.write('data/x'),
      mkdirSync(join(w.dir, 'precious')),
      writeFileSync(join(w.dir, 'precious/keep'), 'x'),
    ],
    strike: (w) => sh(`mount --bind '${w.dir}/precious' '${place(w)}/data'`),
    heal: (w) => sh(`umount '${place(w)}/data'`),
    after: (w) => (existsSync(join(w.dir, 'precious/keep')) ? undefined : 'the mounted file is gone'),
  },
  "another user's file inside": {
    prepare: (w) => w.write('theirs/key'),
    owned: (w) => [chownSync(join(w.path, 'theirs'), 4711, 4711), chmodSync(join(w.path, 'theirs'), 0o700)],
    heal: (w) => sh(`chown -R ${NOBODY}:${NOBODY} '${w.dir}/rig/polecats'`),
  },
}

const {base, fresh} = openWorlds()
chmodSync(base, 0o755)
const rows = []
let wrong = 0

/** The first line of what a command says. */
const said = ({status, stdout, stderr}) =>
  `${status} ${(stderr || stdout).trim().split('\n')[0]}`.replaceAll(base, '')

function tryFault(name, {prepare, owned, strike, heal, after}, uid) {
  const w = asTown(fresh())
  prepare?.(w)
  if (uid !== 0) sh(`chown -R ${uid}:${uid} '${base}/home' '${w.dir}'`)
  owned?.(w)
  // Git as the owner: root's would leave files that the user cannot write.
  const gitIn = (cwd, ...args) => {
    const options = {cwd, env: w.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], uid, gid: uid}
    return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], options).trimEnd()
  }
  const trusted = {...w, gitIn}
  const look = () => {
    const seen = gather(trusted, [w.commit])
    // chown and chattr change the times that the index stores.
    seen.said[1] = trusted.gitIn(w.path, 'ls-files', '--stage', '-v')
    return seen
  }
  const before = look()
  const faulty = (command) => {
    strike?.(w)
    const result = gt(w, command, {uid, gid: uid})
    return result
  }
  const healed = (command) => {
    if (strike) heal(w)
    return gt(w, command, {uid, gid: uid})
  }
  const problems = []
  const whole = (when) => {
    const {is, what} = compare(before, look())
    if (is !== 'kept') problems.push(`${when}: ${is}: ${what.slice(0, 200)}`)
  }
  const nuke = faulty('nuke')
  if (nuke.status !== 0) {
    if (strike) heal(w)
    whole('after the refused nuke')
    gt(w, 'nuke', {uid, gid: uid})
  } else if (strike) heal(w)
  if (existsSync(w.path)) problems.push('nuke did not put it away once the fault was gone')
  const restore = faulty('restore')
  if (restore.status !== 0) healed('restore')
  else if (strike) heal(w)
  collect(trusted)
  whole('after the restore')
  gt(w, 'nuke', {uid, gid: uid})
  const purge = faulty('purge')
  if (purge.status !== 0) {
    heal?.(w)
    gt(w, 'purge', {uid, gid: uid})
  } else if (strike) heal?.(w)
  if (existsSync(join(w.dir, 'rig/polecats/.removed')))
    problems.push('purge left something once the fault was gone')
  const bad = after?.(w)
  if (bad) problems.push(bad)
  rows.push([
    name,
    uid === 0 ? 'root' : 'user',
    said(nuke),
    said(restore),
    said(purge),
    problems.join('; ') || 'ok',
  ])
  if (problems.length > 0) wrong++
}

try {
  for (const [name, fault] of Object.entries(faults)) {
    if (only && name !== only) continue
    for (const uid of [0, NOBODY]) tryFault(name, fault, uid)
  }
} finally {
  sh(`chattr -R -i '${base}' || true`)
  removeAll(base)
  rmSync(base, {recursive: true, force: true})
}
printTable(['fault', 'as', 'nuke', 'restore', 'purge --unclean', 'result'], rows)
process.stdout.write(`${wrong} wrong of ${rows.length}\n`)
if (wrong > 0) process.exitCode = 1
