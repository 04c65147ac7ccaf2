// Every file that gt reads, with invalid content. The exceptions of each reader are listed here.
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {parseBeads} from '../../src/beads/bead.js'
import {parseEvent} from '../../src/events/event.js'
import {NudgeQueue} from '../../src/nudge/queue.js'
import {readHeartbeat} from '../../src/patrol/observe/heartbeat.js'
import {readReport} from '../../src/patrol/report/report.js'
import {witness} from '../../src/roles/witness.js'
import {agentOf} from '../../src/supervisor/agent-ref.js'
import {readRecord} from '../../src/supervisor/session-record/read.js'
import {testOddFile} from '../support/odd-files.js'
import {alphaRef} from '../support/refs.js'
import {sandbox} from '../support/sandbox.js'

/** Reads a file with this text, in a town of its own. */
const inTown = (path: string, read: (root: string) => unknown) => (text: string) => {
  const root = sandbox().dir
  mkdirSync(dirname(join(root, path)), {recursive: true})
  writeFileSync(join(root, path), text)
  return read(root)
}

const townAt = (root: string) => ({...alphaRef().town, root})
const ignore = () => {}
const at = '2026-01-20T12:00:00.000Z'

testOddFile('the record of a session', {
  whole: {
    version: 1,
    backend: 'tmux',
    incarnation: 'one',
    pid: 1,
    pidStart: '1',
    readyAt: 1,
    desired: 'running',
    agent: 'claude',
  },
  read: inTown('.runtime/sessions/gt-alpha-witness.json', (root) =>
    readRecord({warn: ignore}, agentOf(witness, {...alphaRef(), town: townAt(root)})),
  ),
  lenient: ['incarnation', 'pid', 'pidStart', 'readyAt', 'desired', 'agent'],
  extras: 'left out',
})

const id = '0mwsfpjn0-b25955e0a95a'
testOddFile('a nudge', {
  whole: {
    version: 1,
    id,
    to: 'alpha/nux',
    session: 'gt-alpha-nux',
    incarnation: 'one',
    state: 'queued',
    reason: '',
    queuedAt: 1,
    expiresAt: 2,
    updatedAt: 1,
    text: 'hello',
    force: false,
    afterLimit: true,
    typed: true,
  },
  read: inTown(`.runtime/nudges/gt-alpha-nux/${id}.json`, (root) =>
    new NudgeQueue(townAt(root), 'gt-alpha-nux', ignore).find(id),
  ),
  lenient: ['reason', 'afterLimit', 'typed'],
  extras: 'kept',
})

const evidence = {signal: 'state', source: 'screen', value: 'idle', ageMs: 0}
const action = {kind: 'restart', expect: {head: 'abc'}, backoffMs: 1}
const polecat = {
  name: 'nux',
  incarnation: 'one',
  row: '1',
  verdict: 'healthy',
  evidence: [evidence],
  actions: [{action, outcome: {is: 'done', detail: ''}}],
}
const report = {
  version: 1,
  rig: 'alpha',
  cycle: 1,
  at,
  tookMs: 1,
  dryRun: false,
  doubt: '',
  polecats: [polecat],
  rigActions: [],
}
const readReportOf = inTown('.runtime/witness-last-cycle.json', readReport)

testOddFile('the report of a patrol', {
  whole: report,
  read: readReportOf,
  optional: ['doubt'],
  extras: 'kept',
})

testOddFile('one worker in the report of a patrol', {
  whole: polecat,
  read: (text) => readReportOf(JSON.stringify({...report, polecats: [JSON.parse(text)]})),
  optional: ['incarnation'],
  extras: 'kept',
})

testOddFile('one action in the report of a patrol', {
  whole: action,
  read: (text) => readReportOf(JSON.stringify({...report, rigActions: [{action: JSON.parse(text)}]})),
  extras: 'kept',
})

testOddFile("a worker's heartbeat", {
  whole: {timestamp: at, state: 'working', context: ''},
  read: inTown('.runtime/heartbeats/s.json', async (root) => (await readHeartbeat(root, 's', 0)).heartbeat),
  lenient: ['state', 'context'],
  extras: 'left out',
})

testOddFile('a line of the log of events', {
  whole: {ts: at, type: 'nudge', actor: 'alpha/witness', payload: {}},
  read: parseEvent,
  lenient: ['actor', 'payload'],
  extras: 'kept',
})

testOddFile('a bead that bd prints', {
  whole: {
    id: 'al-1',
    status: 'open',
    issue_type: 'task',
    assignee: '',
    labels: [],
    labels_csv: '',
    description: '',
    updated_at: at,
  },
  read: (text) => parseBeads(`[${text}]`)?.[0],
  lenient: ['issue_type', 'assignee', 'labels', 'labels_csv', 'description', 'updated_at'],
  extras: 'left out',
})
