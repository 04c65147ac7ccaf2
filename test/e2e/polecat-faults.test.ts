// Spawns that fail, spawns that are killed, and workers that another program made.
import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {spawnGt} from '../support/cli.js'
import {
  expectFailure,
  gitThat,
  type PolecatTown,
  polecatTown,
  promptedAgent,
  readRecord,
  traces,
} from './support/polecat-town.js'

describe('a spawn that fails', () => {
  test('Origin, branch, repository, git, disk: one sentence, and nothing is left', async () => {
    const town = await polecatTown()
    const spawn = (env: Record<string, string>, ...args: string[]) =>
      town.runIn(town.cwd, env, 'polecat', 'spawn', 'alpha', 'nux', ...args)
    const repository = join(town.rig, '.repo.git')
    const full = gitThat(
      town,
      'worktree add',
      'mkdir -p "$7"; echo "fatal: unable to write file: No space left on device" >&2; exit 128',
    )
    expectFailure(await spawn(full), /^Error: git worktree failed: .*No space left on device$/)
    expectFailure(await spawn({}, '--base', 'nowhere'), /^Error: the origin of .* has no branch 'nowhere'$/)
    expectFailure(await spawn({PATH: '/nowhere'}), /^Error: git could not be started/)
    expect(await spawn({}, '--base', '-x..y')).toMatchObject({code: 2})
    town.git(repository, 'config', 'remote.origin.url', join(town.box.dir, 'nowhere.git'))
    expectFailure(await spawn({}), /^Error: git ls-remote failed: .*nowhere\.git/)
    expect(traces(town)).toEqual([])
    mkdirSync(join(town.cwd, 'beta'))
    expectFailure(await town.run('polecat', 'spawn', 'beta'), /^Error: .*beta/)
  })

  test('The agent does not start: the sandbox is taken back', async () => {
    const town = await polecatTown({agents: {bad: promptedAgent('failing-agent')}})
    const result = await town.run('polecat', 'spawn', 'alpha', 'nux')
    expectFailure(result, /^Error: agent 'bad' exited with code 3 before it was ready$/)
    expect(traces(town)).toEqual([])
    expect(await town.run('polecat', 'spawn', 'alpha', 'nux', '--agent', 'none')).toMatchObject({code: 1})
    expect(traces(town)).toEqual([])
  })
})

test('A spawn that is interrupted takes back what it made', async () => {
  const town = await polecatTown()
  const interrupting = gitThat(town, 'worktree add', 'kill -INT "$PPID"')
  const result = await town.runIn(town.cwd, interrupting, 'polecat', 'spawn', 'alpha', 'nux')
  expect(result).toMatchObject({code: 130, stderr: expect.stringContaining('interrupted by SIGINT')})
  expect(traces(town)).toEqual([])
})

/** An environment in which a command is killed. */
type Fault = (town: PolecatTown) => Record<string, string>

/** At a call of git that begins so, where the script kills the caller. */
const atGit =
  (words: string, script: string): Fault =>
  (town) =>
    gitThat(town, words, script)

/** After the first step that the pattern matches, such as `rename PATH`. */
const after =
  (step: string): Fault =>
  (town) => {
    const preload = new URL('../../scripts/support/kill-at.js', import.meta.url).href
    return {NODE_OPTIONS: `--import=${preload}`, KILL_AFTER: step, KILL_BELOW: town.rig}
  }

const kill = 'kill -9 "$PPID"'
const KILLED: [string, Fault][] = [
  ['before the worktree is made', atGit('worktree add', `${kill}; exit 1`)],
  [
    'while it is made',
    atGit(
      'worktree add',
      `"$REAL" "$@"; rm "$7/main"; common=$("$REAL" -C "$7" rev-parse --absolute-git-dir); echo initializing > "$common/locked"; ${kill}; exit 1`,
    ),
  ],
  ['after it is made', atGit('worktree add', `"$REAL" "$@"; ${kill}; exit 0`)],
  ['after it was moved, before git knows', after('^rename .*/\\.spawning-nux[^/]*/alpha$')],
  ['after git knows, before the session starts', after('^rename .*/worktrees/alpha/\\.gitdir\\.')],
]

const SPAWN = ['spawn', 'alpha', 'nux', '--task', 'one']

async function killed(town: PolecatTown, args: string[], fault: Fault): Promise<void> {
  const child = spawnGt(['polecat', ...args], {cwd: town.cwd, env: {...town.env, ...fault(town)}})
  const signal = await new Promise((resolve) => child.on('close', (_, ended) => resolve(ended)))
  expect(signal).toBe('SIGKILL')
}

describe.each(KILLED)('a spawn that was killed %s', (_, fault) => {
  test('The next spawn works, and nothing of the first is left', async () => {
    const town = await polecatTown()
    await killed(town, SPAWN, fault)
    const spawned = await town.json('polecat', 'spawn', 'alpha', 'nux', '--task', 'one')
    expect(spawned).toMatchObject({outcome: expect.stringMatching(/^(spawned|resumed)$/), task: 'one'})
    const sandbox = join(town.rig, 'polecats/nux/alpha')
    expect(traces(town)).toEqual([
      'nux',
      'nux.json',
      `worktree ${sandbox}`,
      `refs/heads/${readRecord(town, 'nux').branch}`,
    ])
    expect(town.git(sandbox, 'status', '--porcelain')).toBe('')
  })

  test('The next nuke works, and nothing is left', async () => {
    const town = await polecatTown()
    await killed(town, SPAWN, fault)
    expect(await town.json('polecat', 'nuke', 'alpha/nux')).toMatchObject({outcome: 'removed'})
    expect(traces(town)).toEqual([])
  })
})

test.each([
  ['before the sandbox is moved', 'update-ref refs/gt-archive', `"$REAL" "$@"; ${kill}; exit 1`],
  ['after the sandbox was moved', 'update-ref --no-deref HEAD', `${kill}; exit 0`],
  ['after the branch went', 'update-ref -d', `"$REAL" "$@"; ${kill}; exit 0`],
])(
  'A nuke that was killed %s is finished by the next, and the commits are kept',
  async (_, words, script) => {
    const town = await polecatTown()
    await town.run('polecat', ...SPAWN)
    const head = town.commit('nux', 'work')
    const {branch} = readRecord(town, 'nux')
    town.git(town.box.dir, '-C', join(town.rig, 'polecats/nux/alpha'), 'push', '--quiet', 'origin', branch)
    await killed(town, ['nuke', 'alpha/nux'], atGit(words, script))
    const {outcome, kept} = (await town.json('polecat', 'nuke', 'alpha/nux')) as {
      outcome: string
      kept: Record<'id' | 'path' | 'head', string>
    }
    expect({outcome, head: kept.head}).toEqual({outcome: 'removed', head})
    expect(traces(town)).toEqual([])
    expect(town.git(kept.path, 'rev-parse', 'HEAD')).toBe(head)
    expect(await town.json('polecat', 'restore', 'alpha/nux')).toMatchObject({
      outcome: 'restored',
      id: kept.id,
    })
    expect(readRecord(town, 'nux')).toMatchObject({branch, task: 'one'})
  },
)

/** The steps of a whole nuke: title, and what its step is called. */
const STEPS: [string, string][] = [
  ['while the gate holds the lock', '^writeFile .*/polecats/\\.nux\\.gate\\.lock/'],
  ['when the gate has ended', '^rmdir .*/polecats/\\.nux\\.gate\\.lock$'],
  ['when the manifest is written', '^rename .*/polecats/\\.removed/[^/]*/.*manifest'],
  ['when the worktree is locked', '^writeFile .*/worktrees/alpha/locked$'],
  ['when the sandbox has moved', '^rename .*/polecats/nux/alpha$'],
  ['when the record is gone', '^rm .*/\\.runtime/polecats/nux\\.json$'],
  ['when the folder of the worker is gone', '^rmdir .*/polecats/nux$'],
  ["when the rig's lock is gone", '^rmdir .*/polecats/\\.removed\\.lock$'],
  ["when the worker's lock is gone", '^rm .*/\\.nux\\.json\\.lock/.*$'],
]

test.each(STEPS)(
  'A nuke that was killed %s: the next commands bring the worker back as it was',
  async (_, step) => {
    const town = await polecatTown()
    await town.run('polecat', ...SPAWN)
    const sandbox = join(town.rig, 'polecats/nux/alpha')
    const [head, before] = [town.commit('nux', 'work'), readRecord(town, 'nux')]
    writeFileSync(join(sandbox, 'draft'), 'only here\n')
    await killed(town, ['nuke', 'alpha/nux', '--yes'], after(step))
    const again = await town.run('polecat', 'nuke', 'alpha/nux', '--yes')
    expect([again.code, again.stderr]).toEqual(
      existsSync(sandbox) || again.code === 0
        ? [0, '']
        : [1, expect.stringContaining('there is no polecat alpha/nux')],
    )
    // The lock of a dead process is free, and whoever takes it next removes it.
    expect(traces(town).filter((trace) => trace !== '.nux.json.lock')).toEqual([])
    expect(readdirSync(join(town.rig, 'polecats'))).toEqual(['.removed'])
    expect(await town.json('polecat', 'restore', 'alpha/nux')).toMatchObject({outcome: 'restored'})
    expect(town.git(sandbox, 'status', '--porcelain')).toBe('?? draft')
    expect(town.git(sandbox, 'rev-parse', 'HEAD', before.branch)).toBe(`${head}\n${head}`)
    expect(readRecord(town, 'nux')).toEqual(before)
    expect(readdirSync(join(town.rig, '.runtime/polecats'))).toEqual(['nux.json'])
    expect(readdirSync(join(town.rig, 'polecats'))).toEqual(['nux'])
  },
)

describe("a town of the original's making", () => {
  test.each([
    ['today', 'polecats/nux/alpha'],
    ['long ago', 'polecats/nux'],
  ])('Its workers as laid out %s: seen, started again, and removed when they are safe', async (_, path) => {
    const town = await polecatTown({layout: 'original'})
    const [repository, sandbox] = [join(town.rig, 'mayor/rig'), join(town.rig, path)]
    const branch = 'polecat/nux/gt-12@m5x'
    town.git(repository, 'worktree', 'add', '--quiet', '-b', branch, sandbox, 'origin/main')
    const session = ['new-session', '-d', '-s', 'gt-alpha-nux', '-e', `GT_ROOT=${town.cwd}`, 'cat']
    town.box.tmux(...session)
    const {polecats} = await town.json('polecat', 'list', 'alpha')
    expect(polecats).toEqual([{rig: 'alpha', name: 'nux', liveness: 'alive', sandbox}])
    town.box.tmux('kill-session', '-t', '=gt-alpha-nux')
    expect(await town.json('polecat', 'spawn', 'alpha', 'nux')).toMatchObject({outcome: 'resumed', branch})
    writeFileSync(join(sandbox, 'work'), 'work\n')
    town.git(sandbox, 'add', 'work')
    town.git(sandbox, 'commit', '--quiet', '--message', 'work')
    expect(await town.runIn(sandbox, {}, 'done')).toMatchObject({code: 0})
    expect(await town.json('polecat', 'nuke', 'alpha/nux')).toMatchObject({outcome: 'removed', sandbox})
    expect(readdirSync(join(town.rig, 'polecats'))).toEqual(['.removed'])
    expect(town.git(repository, 'branch', '--list', branch)).toBe('')
  })
})

test('A record that was cut is set aside and named; the worker is started again', async () => {
  const town = await polecatTown()
  await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'one')
  town.box.tmux('kill-session', '-t', '=gt-alpha-nux')
  const folder = join(town.rig, '.runtime/polecats')
  writeFileSync(join(folder, 'nux.json'), '{"version": 1, "na')
  const result = await town.run('polecat', 'spawn', 'alpha', 'nux')
  expect(result.stderr).toMatch(/^warning: .*nux\.json cannot be used; it was set aside as .*\.unusable-/)
  expect(result.code).toBe(0)
  expect(readRecord(town, 'nux')).toMatchObject({task: null, base: 'main'})
  expect(readdirSync(folder)).toHaveLength(2)
})
