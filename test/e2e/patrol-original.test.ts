// A town that the original made, without a record of ours: the patrol judges it rightly, and destroys nothing.
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {echoAgent} from '../support/town.js'
import {until} from '../support/until.js'
import {type OriginalTown, originalTown, useBeads} from './support/original-town.js'

const FAST = {
  quiet: '1s',
  deadline_after: '1h',
  escalate_after: '2h',
  exit_grace: '1s',
  done_after: '1s',
  mass_event_half_of: 9,
}

const ECHO = `exec ${process.execPath} ${echoAgent}`

/** An agent that draws the screens of Claude Code, and is called as its program is. */
const claude = (log: string) =>
  `AGENT_LOG=${log} AGENT_LOOK=claude exec ${process.execPath} -e "process.title = 'claude'; import('${carefulAgent}')"`

const carefulAgent = new URL('../fixtures/agents/careful-agent.js', import.meta.url).pathname

interface Report {
  doubt?: string
  polecats: {name: string; verdict: string; actions: {kind: string; outcome?: {is: string}}[]}[]
}

async function cycle(town: OriginalTown, ...flags: string[]): Promise<Report> {
  const {stdout, code, stderr} = await town.run('witness', 'patrol', 'alpha', '--once', '--json', ...flags)
  expect({code, stderr}).toMatchObject({code: 0})
  return JSON.parse(stdout)
}

const verdicts = ({polecats}: Report) =>
  Object.fromEntries(polecats.map(({name, verdict}) => [name, verdict]))

const deeds = ({polecats}: Report) =>
  polecats.flatMap(({name, actions}) =>
    actions.filter(({kind}) => !['none', 'observe'].includes(kind)).map(({kind}) => `${name}: ${kind}`),
  )

/** Every file of the workers with its content, and the sessions with their processes. */
function everything({rig, box}: OriginalTown): unknown {
  const root = join(rig, 'polecats')
  const files = readdirSync(root, {recursive: true, encoding: 'utf8'})
    .filter((file) => statSync(join(root, file)).isFile())
    .sort()
  const sessions = box.tmux('list-panes', '-a', '-F', '#{session_name} #{pane_pid} #{pane_dead}')
  return [files.map((file) => [file, readFileSync(join(root, file), 'utf8')]), sessions]
}

/** Five workers: at its prompt, quiet at something, gone with unsaved work, of the older layout, of a later version. */
async function fiveWorkers(): Promise<OriginalTown> {
  const town = originalTown(FAST)
  for (const name of ['prompt', 'quiet', 'lost', 'later']) town.worktree(name)
  const old = town.worktree('old', 'old')
  writeFileSync(join(town.rig, 'polecats/lost/alpha/unsaved'), 'only here\n')
  writeFileSync(join(old, 'unsaved'), 'only here\n')
  const at = (name: string) => join(town.rig, 'polecats', name, 'alpha')
  const log = (name: string) => join(town.box.dir, 'log', name)
  town.session('gt-alpha-prompt', 'prompt', at('prompt'), claude(log('prompt')))
  town.session('gt-alpha-quiet', 'quiet', at('quiet'), 'exec sleep 600')
  town.session('gt-alpha-old', 'old', old, ECHO)
  town.session('al-later', 'later', at('later'), claude(log('later')))
  town.session('gt-alpha-lost', 'lost', at('lost'), ECHO)
  for (const name of ['prompt', 'later'])
    await until('it to be ready', () => existsSync(join(log(name), 'ready')))
  await until('them to run', () => town.box.tmux('capture-pane', '-p', '-t', '=gt-alpha-lost:').includes('>'))
  return town
}

test('Without beads: it looks, says what it cannot tell, and leaves every file and process as it is', async () => {
  const town = await fiveWorkers()
  const before = everything(town)
  const dry = await cycle(town, '--dry-run')
  expect([deeds(dry), existsSync(join(town.rig, '.runtime'))]).toEqual([[], false])
  await cycle(town)
  town.box.tmux('kill-session', '-t', '=gt-alpha-lost')
  const [files] = before as [unknown]
  let report = await cycle(town)
  const done = deeds(report)
  await until('all of them to be quiet for long enough', async () => {
    report = await cycle(town)
    done.push(...deeds(report))
    return !Object.values(verdicts(report)).includes('healthy')
  })
  expect(verdicts(report).lost).toBe('indeterminate')
  // What it would do at its prompt hangs on its work; what the others are doing their screens do not tell.
  expect(verdicts(report)).toMatchObject({
    prompt: 'indeterminate',
    quiet: 'unclear',
    old: 'unclear',
    later: 'indeterminate',
  })
  // A person is told what cannot be told, once of each.
  expect(done.filter((deed) => !deed.endsWith(': escalate'))).toEqual([])
  expect(new Set(done).size).toBe(done.length)
  expect((everything(town) as [unknown])[0]).toEqual(files)
  const sessions = town.box.tmux('list-sessions', '-F', '#{session_name}').trim().split('\n').sort()
  expect(sessions).toEqual(['al-later', 'gt-alpha-old', 'gt-alpha-prompt', 'gt-alpha-quiet'])
}, 120_000)

const bead = (id: string, worker: string, status: string) => ({
  id,
  title: id,
  status,
  issue_type: 'task',
  assignee: `alpha/polecats/${worker}`,
  updated_at: '2026-01-20T12:00:00Z',
})

test('With beads: whose work is open is restarted as it was; whose work is done and unsaved stays', async () => {
  const town = await fiveWorkers()
  useBeads(town)
  town.beads([bead('al-1', 'lost', 'hooked'), bead('al-2', 'old', 'closed')])
  const lost = join(town.rig, 'polecats/lost/alpha')
  const head = town.git(lost, 'rev-parse', 'HEAD')
  await cycle(town)
  town.box.tmux('kill-session', '-t', '=gt-alpha-lost')
  town.box.tmux('kill-session', '-t', '=gt-alpha-old')
  const plan = await cycle(town, '--dry-run')
  expect(verdicts(plan)).toMatchObject({lost: 'crashed', old: 'done, dirty'})
  const report = await cycle(town)
  expect(verdicts(report)).toMatchObject({lost: 'crashed', old: 'done, dirty'})
  expect(deeds(report)).toEqual(['lost: restart', 'old: escalate'])
  expect([town.git(lost, 'rev-parse', 'HEAD'), readFileSync(join(lost, 'unsaved'), 'utf8')]).toEqual([
    head,
    'only here\n',
  ])
  expect(town.git(lost, 'symbolic-ref', '--short', 'HEAD')).toBe('polecat/lost-mk0001')
  expect(readFileSync(join(town.rig, 'polecats/old/unsaved'), 'utf8')).toBe('only here\n')
  expect(town.box.tmux('list-sessions', '-F', '#{session_name}').trim().split('\n').sort()).toEqual([
    'al-later',
    'gt-alpha-lost',
    'gt-alpha-prompt',
    'gt-alpha-quiet',
  ])
}, 120_000)

test('With beads: who waits at its prompt with open work is nudged, whatever its session is called', async () => {
  const town = await fiveWorkers()
  useBeads(town)
  town.beads([bead('al-1', 'later', 'hooked'), bead('al-2', 'lost', 'hooked')])
  const submitted = (name: string) => join(town.box.dir, 'log', name, 'submitted')
  let report = await cycle(town)
  await until('the nudge', async () => {
    report = await cycle(town)
    return existsSync(submitted('later'))
  })
  expect(readFileSync(submitted('later'), 'utf8')).toContain('Your task is still open')
  expect(verdicts(report)).toMatchObject({
    prompt: 'idle, waiting',
    later: expect.stringMatching(/^(stalled|healthy)$/),
  })
  expect([existsSync(submitted('prompt')), deeds(report)]).toEqual([
    false,
    expect.not.arrayContaining(['later: restart']),
  ])
}, 120_000)

test('Docked, as its bead says: nothing is done, whatever is in it', async () => {
  const town = await fiveWorkers()
  useBeads(town)
  const rig = {
    id: 'al-rig-alpha',
    title: 'alpha',
    status: 'open',
    issue_type: 'rig',
    labels: ['gt:rig', 'status:docked'],
  }
  town.beads([bead('al-1', 'lost', 'hooked'), rig])
  await cycle(town)
  town.box.tmux('kill-session', '-t', '=gt-alpha-lost')
  const before = everything(town)
  const report = await cycle(town)
  expect([deeds(report), new Set(Object.values(verdicts(report)))]).toEqual([[], new Set(['skipped'])])
  expect(everything(town)).toEqual(before)
}, 120_000)
