// The end of a worker: its own word, and its removal.
import {spawn} from 'node:child_process'
import {appendFileSync, existsSync, renameSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, onTestFinished, test} from 'vitest'
import {launcher} from '../support/cli.js'
import {until} from '../support/until.js'
import {
  expectFailure,
  type PolecatTown,
  polecatTown,
  promptedAgent,
  readRecord,
  traces,
} from './support/polecat-town.js'

async function worker(agent = 'echo-agent') {
  const town = await polecatTown({agents: {agent: promptedAgent(agent)}})
  expect(await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'one')).toMatchObject({code: 0})
  const sandbox = join(town.rig, 'polecats/nux/alpha')
  return {town, sandbox, record: readRecord(town, 'nux')}
}

const sessions = ({box}: PolecatTown) => {
  try {
    return box.tmux('list-sessions', '-F', '#S')
  } catch {
    // The server ends with its last session.
    return ''
  }
}

describe('nuke', () => {
  test('Unsafe: it is put away whole, what is only there is named, and it comes back', async () => {
    const {town, sandbox, record} = await worker()
    const head = town.commit('nux', 'work')
    writeFileSync(join(sandbox, 'draft'), 'not committed\n')
    const {code, stdout} = await town.run('polecat', 'nuke', 'alpha/nux')
    expect({code, stdout}).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^ {2}Only there: draft, 1 commit of polecat\/nux-\w+$/m),
    })
    const log = () => town.run('witness', 'log', 'alpha')
    expect((await log()).stdout).toMatch(
      /^\S+ {2}polecat_nuked {2}alpha\/nux {2}undo: gt polecat restore alpha\/nux --id nux-\w+$/m,
    )
    const foreign = {ts: new Date().toISOString(), type: 'foreign', actor: 'alphabet/witness', payload: {}}
    appendFileSync(join(town.cwd, '.events.jsonl'), `${JSON.stringify(foreign)}\n`)
    expect((await log()).stdout).not.toContain('foreign')
    expect(stdout).toContain(
      `Bring it back with: gt polecat restore alpha/nux --id nux-${record.incarnation}`,
    )
    expect(stdout).toMatch(/Kept until you delete it: gt polecat purge alpha\/nux --id nux-\w+ --unclean/)
    expect(sessions(town)).toBe('')
    expect(traces(town)).toEqual([])
    const purged = await town.run('polecat', 'purge', 'alpha/nux')
    expectFailure(
      purged,
      /^Error: nux-.* holds work that may exist nowhere else: draft, 1 commit of polecat\/nux-\w+$/,
    )
    expect(await town.json('polecat', 'restore', 'alpha/nux')).toMatchObject({outcome: 'restored', sandbox})
    expect(existsSync(join(sandbox, 'draft'))).toBe(true)
    expect(town.git(sandbox, 'rev-parse', 'HEAD', record.branch)).toBe(`${head}\n${head}`)
    expect(readRecord(town, 'nux')).toEqual(record)
  })

  test('The tmux server that its spawn started runs on for another worker, and keeps nobody in the sandbox', async () => {
    const {town} = await worker()
    expect(await town.run('polecat', 'spawn', 'alpha', 'slit', '--task', 'two')).toMatchObject({code: 0})
    expect(await town.run('polecat', 'nuke', 'alpha/nux')).toMatchObject({code: 0, stderr: ''})
    expect(sessions(town)).toBe('gt-alpha-slit\n')
  })

  test('Pushed: session, sandbox, branch and record go; the name is free, and it can be purged', async () => {
    const {town, sandbox, record} = await worker()
    const head = town.commit('nux', 'work')
    town.git(sandbox, 'push', '--quiet', 'origin', record.branch)
    const id = `nux-${record.incarnation}`
    expect(await town.json('polecat', 'nuke', 'alpha/nux')).toMatchObject({
      outcome: 'removed',
      session_outcome: 'stopped',
      sandbox,
      kept: {id, verdict: 'safe'},
    })
    expect(sessions(town)).toBe('')
    expect(traces(town)).toEqual([])
    expect(await town.json('polecat', 'spawn', 'alpha', 'nux')).toMatchObject({outcome: 'spawned'})
    expect(readRecord(town, 'nux').incarnation).not.toBe(record.incarnation)
    expect(await town.json('polecat', 'list', 'alpha', '--removed')).toMatchObject({
      removed: [{name: 'nux', id}],
    })
    expectFailure(
      await town.run('polecat', 'restore', 'alpha/nux'),
      /^Error: there is a polecat alpha\/nux already$/,
    )
    expect(await town.json('polecat', 'purge', 'alpha', '--older-than', '0d')).toEqual({
      purged: [
        {
          id,
          name: 'nux',
          outcome: 'purged',
          undo: expect.stringContaining(`branch nux-${head.slice(0, 7)} ${head}`),
        },
      ],
    })
    expect(existsSync(join(town.rig, 'polecats/.removed'))).toBe(false)
    expect(town.git(join(town.rig, '.repo.git'), 'cat-file', '-t', head)).toBe('commit')
  })

  test('ProcessInside: it is named, and nothing is moved', async () => {
    const {town, sandbox} = await worker()
    const other = spawn('sleep', ['600'], {cwd: sandbox, stdio: 'ignore'})
    onTestFinished(() => void other.kill('SIGKILL'))
    const refused = await town.run('polecat', 'nuke', 'alpha/nux')
    expectFailure(refused, new RegExp(`processes are running in ${sandbox}: ${other.pid} \\(sleep 600\\)$`))
    expect(refused.stderr).toContain('The sandbox stays as it is. End them, and try again.')
    expect(existsSync(join(sandbox, 'main'))).toBe(true)
    expect(sessions(town)).toBe('gt-alpha-nux\n')
  })

  test('FromInside: refused before anything ends', async () => {
    const {town, sandbox} = await worker()
    const result = await town.runIn(sandbox, {}, 'polecat', 'nuke', 'alpha/nux')
    expectFailure(result, /^Error: alpha\/nux cannot be removed from inside its sandbox$/)
    expect(sessions(town)).toBe('gt-alpha-nux\n')
  })

  test('OriginGone: it is put away, and that nobody could judge it is kept', async () => {
    const {town} = await worker()
    renameSync(town.origin, join(town.box.dir, 'nowhere.git'))
    expect(await town.json('polecat', 'nuke', 'alpha/nux')).toMatchObject({
      kept: {verdict: 'unknown', reasons: [expect.stringMatching(/^git ls-remote failed: .*origin\.git/)]},
    })
  })

  test('SandboxGone: no new worker is made for the old session; nuke ends it', async () => {
    const {town, sandbox} = await worker()
    town.git(join(town.rig, '.repo.git'), 'worktree', 'remove', '--force', sandbox)
    const spawned = await town.run('polecat', 'spawn', 'alpha', 'nux')
    expectFailure(spawned, /^Error: session 'gt-alpha-nux' runs, but alpha\/nux has no sandbox$/)
    expect(await town.json('polecat', 'nuke', 'alpha/nux')).toMatchObject({session_outcome: 'stopped'})
    expect(sessions(town)).toBe('')
    expect(traces(town)).toEqual([])
  })

  test('FilesInNoWorktree: are put away as they are, and come back', async () => {
    const {town, sandbox} = await worker()
    town.git(join(town.rig, '.repo.git'), 'worktree', 'remove', sandbox)
    const notes = join(town.rig, 'polecats/nux/notes')
    writeFileSync(notes, 'mine\n')
    const {code, stdout} = await town.run('polecat', 'nuke', 'alpha/nux')
    expect({code, stdout}).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^ {2}Unknown: it is no worktree of the rig$/m),
    })
    expect(existsSync(notes)).toBe(false)
    expect(await town.run('polecat', 'restore', 'alpha/nux')).toMatchObject({code: 0})
    expect(existsSync(notes)).toBe(true)
  })
})

describe('questions', () => {
  /** A worker whose agent works without an end. */
  async function working() {
    const town = await polecatTown({agents: {agent: promptedAgent('task-agent')}})
    expect(await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'Run for ever')).toMatchObject({
      code: 0,
    })
    return town
  }

  test('Without a terminal: refused with nothing changed, in JSON too; --yes is the answer', async () => {
    const town = await working()
    const refused = await town.run('polecat', 'nuke', 'alpha/nux')
    expectFailure(refused, /^Error: alpha\/nux (is|may be) working.*, so it was not removed$/)
    expect(refused.stderr).toContain('To do it all the same, add --yes.')
    expect(await town.json('polecat', 'nuke', 'alpha/nux')).toMatchObject({error: {code: 'NOT_CONFIRMED'}})
    expect(sessions(town)).toBe('gt-alpha-nux\n')
    expect(await town.run('polecat', 'nuke', 'alpha/nux', '--yes')).toMatchObject({code: 0})
    expect(traces(town)).toEqual([])
  })

  test('On a terminal: asked; no leaves all as it is, yes deletes', async () => {
    const {town, sandbox} = await worker()
    writeFileSync(join(sandbox, 'draft'), 'not committed\n')
    const gt = `'${process.execPath}' '${launcher}'`
    town.box.tmux('new-session', '-d', '-s', 'person', '-x', '200', '-c', town.cwd, 'sh')
    const type = (words: string) => town.box.tmux('send-keys', '-t', '=person:', words, 'Enter')
    const shown = () => town.box.tmux('capture-pane', '-p', '-t', '=person:')
    const nuke = async (answer: string) => {
      type(`clear; ${gt} polecat nuke alpha/nux --purge`)
      await until('the question', () => /nowhere else: draft\nDelete it for good\? \[y\/N\]/.test(shown()))
      type(answer)
    }
    await nuke('n')
    await until('the refusal', () => shown().includes('Nothing was changed.'))
    expect(sessions(town)).toContain('gt-alpha-nux\n')
    expect(existsSync(join(sandbox, 'draft'))).toBe(true)
    await nuke('y')
    await until('the end', () => shown().includes('Sandbox deleted'))
    expect(traces(town)).toEqual([])
    expect(existsSync(join(town.rig, 'polecats/.removed'))).toBe(false)
  })
})

describe('done', () => {
  const inSandbox = (town: PolecatTown, ...args: string[]) =>
    town.runIn(join(town.rig, 'polecats/nux/alpha'), {}, 'done', ...args)

  test('FromInside: pushes, records the exit, and ends its own session', async () => {
    const {town, record} = await worker('shell-agent')
    const head = town.commit('nux', 'work')
    town.box.tmux('send-keys', '-t', '=gt-alpha-nux:', `'${process.execPath}' '${launcher}' done`, 'Enter')
    await until('the session to end', () => sessions(town) === '', 30_000)
    expect(readRecord(town, 'nux')).toEqual({
      ...record,
      exit: 'COMPLETED',
      head,
      done_at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    expect(town.git(town.origin, 'rev-parse', record.branch)).toBe(head)
    expect((await town.run('polecat', 'list', 'alpha')).stdout).toContain('done (COMPLETED), not running')
    const again = await town.run('polecat', 'spawn', 'alpha', 'nux')
    expectFailure(again, /^Error: polecat alpha\/nux exists already: it is done \(COMPLETED\)$/)
    expect(await town.json('polecat', 'nuke', 'alpha/nux')).toMatchObject({outcome: 'removed'})
  })

  test('NotCommitted: refused while it is finished, pushed as it is when it is given up', async () => {
    const {town, sandbox, record} = await worker()
    const head = town.commit('nux', 'work')
    writeFileSync(join(sandbox, 'draft'), 'not committed\n')
    expectFailure(await inSandbox(town), /^Error: the work of alpha\/nux is not committed: .*draft$/)
    expect(sessions(town)).toBe('gt-alpha-nux\n')
    expect(readRecord(town, 'nux')).toEqual(record)
    expect(await inSandbox(town, '--exit', 'ESCALATED')).toMatchObject({code: 0})
    expect(readRecord(town, 'nux')).toMatchObject({exit: 'ESCALATED', head})
    expect(existsSync(join(sandbox, 'draft'))).toBe(true)
    expect(await inSandbox(town, '--exit', 'SOON')).toMatchObject({code: 2})
  })

  test('Refused by the origin, on another branch, of an earlier life: nothing is recorded', async () => {
    const {town, sandbox, record} = await worker()
    const stale = await town.runIn(sandbox, {GT_POLECAT_INCARNATION: 'earlier'}, 'done')
    expectFailure(stale, /^Error: this session belongs to an earlier alpha\/nux$/)
    town.git(town.box.dir, '-C', 'seed', 'push', '--quiet', 'origin', `develop:${record.branch}`)
    town.commit('nux', 'work')
    expectFailure(await inSandbox(town), /^Error: the origin has commits on branch .* not in the sandbox/)
    town.git(sandbox, 'checkout', '--quiet', '-b', 'other')
    expectFailure(await inSandbox(town), /^Error: HEAD of alpha\/nux is on 'other', and only branches like/)
    town.git(sandbox, 'checkout', '--quiet', '--detach')
    expectFailure(await inSandbox(town), /^Error: HEAD of alpha\/nux is on no branch/)
    expect(readRecord(town, 'nux')).toEqual(record)
    expect(sessions(town)).toBe('gt-alpha-nux\n')
  })

  test('NoPolecat: outside of a sandbox it is wrong usage', async () => {
    const {town} = await worker()
    const {code, stderr} = await town.runIn(town.rig, {}, 'done')
    expect({code, stderr}).toEqual({code: 2, stderr: expect.stringContaining('gt done is for polecats')})
  })
})
