// gt done, and what the patrol makes of its message: of this life, and of a namesake that is gone.
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {witnessMailbox} from '@gtown/sdk/mail'
import {expect, test} from 'vitest'
import {readEvents} from '../../src/events/read-events.js'
import {launcher} from '../support/cli.js'
import {until} from '../support/until.js'
import {type PolecatTown, polecatTown, promptedAgent, readRecord} from './support/polecat-town.js'

/** A worker that runs what is typed at it, in a rig whose patrol has seen it at work. */
async function working(): Promise<PolecatTown> {
  const town = await polecatTown({agents: {shell: promptedAgent('shell-agent')}})
  expect(await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'paint')).toMatchObject({code: 0})
  expect(await cycle(town)).toMatchObject({doubt: expect.any(String)})
  return town
}

const cycle = (town: PolecatTown) => town.json('witness', 'patrol', 'alpha', '--once')

const verdict = (report: Record<string, unknown>) =>
  (report.polecats as {verdict: string}[]).map((polecat) => polecat.verdict)

const agent = ({box}: PolecatTown) =>
  Number(box.tmux('display-message', '-p', '-t', '=gt-alpha-nux:', '#{pane_pid}'))

const isRunning = ({box}: PolecatTown) =>
  box.tmux('list-sessions', '-F', '#{session_name}').includes('gt-alpha-nux')

/** The messages that wait for the witness, by file. */
function waiting({rig}: PolecatTown): Map<string, string> {
  const folder = join(witnessMailbox(rig), 'new')
  const names = existsSync(folder) ? readdirSync(folder) : []
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

async function effects({cwd}: PolecatTown): Promise<unknown[]> {
  return (await readEvents(cwd, ({type}) => type === 'message_read', 10)).map(({payload}) => payload.effect)
}

test('Spawned, killed, restarted by the patrol: gt done of the agent then carries the life of its spawn', async () => {
  const town = await working()
  const {incarnation, branch} = readRecord(town, 'nux')
  process.kill(agent(town), 'SIGKILL')
  await cycle(town)
  await until('the agent to run again', () => isRunning(town))
  const head = town.commit('nux', 'work')
  // Something else, so that the end of its session ends no server.
  town.box.tmux('new-session', '-d', '-s', 'other', 'sleep 600')
  town.box.tmux('send-keys', '-t', '=gt-alpha-nux:', '-l', `'${process.execPath}' '${launcher}' done`)
  town.box.tmux('send-keys', '-t', '=gt-alpha-nux:', 'Enter')
  await until('the witness to be told', () => waiting(town).size > 0, 30_000)
  expect(isRunning(town)).toBe(false)
  expect(readRecord(town, 'nux')).toMatchObject({incarnation, exit: 'COMPLETED', head})
  const [text = ''] = waiting(town).values()
  expect(text.split('\n\n')[1]).toBe(
    `Exit: COMPLETED\nIssue:\nMR:\nGate:\nBranch: ${branch}\nHead: ${head}\nIncarnation: ${incarnation}\n`,
  )
  expect(text).toMatch(/^Subject: POLECAT_DONE nux\nFrom: alpha\/nux\n/)
  expect(verdict(await cycle(town))).toEqual(['exiting'])
  expect([await effects(town), waiting(town).size]).toEqual([['done'], 0])
  const log = readFileSync(join(town.cwd, 'logs/town.log'), 'utf8')
  expect(log.match(/\[\w+\] alpha\/nux \w+/g)).toEqual([
    '[crash] alpha/nux exited',
    '[wake] alpha/nux resumed',
    '[done] alpha/nux completed',
  ])
}, 120_000)

test('A late word about a dead namesake, twice: the one of today works on', async () => {
  const town = await working()
  town.commit('nux', 'first')
  const sandbox = join(town.rig, 'polecats/nux/alpha')
  expect(await town.runIn(sandbox, {}, 'done')).toMatchObject({code: 0})
  const late = [...waiting(town)]
  expect(late).toHaveLength(1)
  expect(await town.run('polecat', 'nuke', 'alpha/nux')).toMatchObject({code: 0})
  expect(await town.run('polecat', 'spawn', 'alpha', 'nux', '--task', 'again')).toMatchObject({code: 0})
  const {incarnation, branch} = readRecord(town, 'nux')
  const dirty = join(sandbox, 'unsaved')
  writeFileSync(dirty, 'only here\n')
  const [[file, text] = ['', '']] = late
  const dated = (ms: number) => text.replace(/Date: .*/, `Date: ${new Date(Date.now() + ms).toISOString()}`)
  const put = (name: string, words: string) =>
    writeFileSync(join(witnessMailbox(town.rig), 'new', name), words)
  put(file, dated(-120_000))
  // Once more, and later than this session began: the clock of whoever wrote it may be wrong.
  put('later', dated(0).replace(/Message-Id: .*/, 'Message-Id: later'))
  await cycle(town)
  expect(verdict(await cycle(town))).toEqual(['healthy'])
  expect((await effects(town)).sort()).toEqual(['it is about another life', 'it is older than the session'])
  expect([isRunning(town), readFileSync(dirty, 'utf8')]).toEqual([true, 'only here\n'])
  expect(readRecord(town, 'nux')).toMatchObject({incarnation, branch})
  expect(readRecord(town, 'nux')).not.toHaveProperty('exit')
}, 120_000)
