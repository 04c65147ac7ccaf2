// A role's own flags on the commands that the factories make: parsed by oclif itself, and typed as it infers them.
import {Flags} from '@oclif/core'
import {expect, expectTypeOf, test} from 'vitest'
import {attachCommand} from '../../../src/commands/attach-command.js'
import {restartCommand} from '../../../src/commands/restart-command.js'
import type {RoleRequest} from '../../../src/commands/role-options.js'
import type {RoleView} from '../../../src/commands/role-view.js'
import {startCommand} from '../../../src/commands/start-command.js'
import {statusCommand} from '../../../src/commands/status-command.js'
import {stopCommand} from '../../../src/commands/stop-command.js'
import {usageError} from '../../../src/errors.js'
import type {Host} from '../../../src/host.js'
import type {RigRef, RoleDefinition} from '../../../src/role.js'
import type {RoleStatus} from '../../../src/role-status.js'
import {runCommand} from '../../support/run-command.js'

const role = {name: 'scribe', scope: 'rig'} as RoleDefinition<RigRef>

const shown = () => ({text: 'as ever', json: {as: 'ever'}})
const view = {
  starting: () => 'Starting...',
  restarting: () => 'Restarting...',
  started: shown,
  stopped: shown,
  restarted: shown,
  status: shown,
  attached: () => ({as: 'ever'}),
  startFailed: 'could not start',
} as Partial<RoleView<RigRef>> as RoleView<RigRef>

const ref = (name = '') => ({rig: {name}}) as RigRef

/** A host with the rigs alpha and beta, that notes what it is asked. */
function host() {
  const calls: string[] = []
  const done = (outcome: string) => async (_: unknown, of: RigRef) => {
    calls.push(`${outcome} ${of.rig.name}`)
    return {outcome, session: {name: 'x'}, liveness: 'alive'}
  }
  const status = {liveness: 'alive'} as RoleStatus
  const can = {
    find: async (name?: string) => ref(name),
    rigs: async () => ['alpha', 'beta'].map(ref),
    sessions: {
      start: done('already_running'),
      stop: done('stopped'),
      restart: done('restarted'),
      status: done('looked at'),
      fleetStatus: async () => ['alpha', 'beta'].map((name) => ({ref: ref(name), status})),
      checkAttach: async () => {},
      attach: async () => {},
    },
  } as unknown as Partial<Host>
  return {calls, can}
}

const flags = {
  brief: Flags.boolean({char: 'b', description: 'One line'}),
  since: Flags.integer({description: 'From that year on'}),
}

const text = (brief: boolean, since: number | undefined) => `${brief ? 'brief' : 'long'} since ${since}`

function check({since}: {since?: number | undefined}): void {
  if (since !== undefined && since < 1900) throw usageError('that long ago nobody wrote')
}

async function instead({rig, flags: {since}}: RoleRequest<{since?: number | undefined}>): Promise<unknown> {
  return {instead: rig, since}
}

const only2000 = (request: RoleRequest<{since?: number | undefined}>) =>
  request.flags.since === 2000 ? instead(request) : undefined

const options = {flags, check, instead: only2000}

const commands = {
  start: startCommand(role, view, {
    flags,
    check,
    instead: only2000,
    render: (_, {outcome}, {flags: {brief, since}}) => ({text: text(brief, since), json: {brief, outcome}}),
  }),
  stop: stopCommand(role, view, {
    flags,
    check,
    instead: only2000,
    render: (_, {outcome}, {flags: {brief, since}}) => ({text: text(brief, since), json: {brief, outcome}}),
  }),
  restart: restartCommand(role, view, {
    flags,
    check,
    instead: only2000,
    render: (_, {outcome}, {flags: {brief, since}}) => ({text: text(brief, since), json: {brief, outcome}}),
  }),
  status: statusCommand(role, view, {
    flags,
    check,
    instead: only2000,
    render: ({rig}, {liveness}, {flags: {brief, since}}) => ({
      text: text(brief, since),
      json: {brief, liveness, of: rig.name},
    }),
  }),
}

const run = (command: unknown, argv: string[], can: Partial<Host>) => runCommand(command as never, argv, can)

const all = Object.entries(commands)

test.each(all)('%s: what the flags say is shown', async (_, command) => {
  expect(await run(command, ['alpha', '-b', '--since', '1999'], host().can)).toMatchObject({
    error: undefined,
    stdout: expect.stringMatching(/(^|\n)brief since 1999\n$/),
  })
  expect((await run(command, ['alpha'], host().can)).stdout).toMatch(/(^|\n)long since undefined\n$/)
  const {stdout} = await run(command, ['alpha', '--json', '--brief'], host().can)
  expect(JSON.parse(stdout)).toMatchObject({brief: true})
})

test.each(all)('%s: what cannot be done is refused before anything is done', async (_, command) => {
  for (const where of ['alpha', '--all']) {
    const {can, calls} = host()
    const {error} = await run(command, [where, '--since', '1800'], can)
    expect(error).toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/that long ago nobody wrote$/),
    })
    expect(calls).toEqual([])
  }
})

test.each([...all, ['attach', attachCommand(role, view, options)] as const])(
  '%s: does something else where the flags ask for it',
  async (_, command) => {
    const {can, calls} = host()
    const {stdout} = await run(command, ['alpha', '--since', '2000', '--json'], can)
    expect(JSON.parse(stdout)).toEqual({instead: 'alpha', since: 2000})
    expect(calls).toEqual([])
  },
)

test('attach: what cannot be done is refused before anything is started', async () => {
  const {can, calls} = host()
  const {error} = await run(attachCommand(role, view, options), ['alpha', '--since', '1800'], can)
  expect(error).toMatchObject({code: 'USAGE'})
  expect(calls).toEqual([])
})

test.each([
  ['start', startCommand(role, view)],
  ['stop', stopCommand(role, view)],
  ['restart', restartCommand(role, view)],
  ['status', statusCommand(role, view)],
  ['attach', attachCommand(role, view)],
])('%s of a role without such a flag: unknown, and all else is as ever', async (verb, command) => {
  const {can, calls} = host()
  expect((await run(command, ['alpha', '--brief'], can)).error).toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('--brief'),
  })
  expect(calls).toEqual([])
  const {stdout} = await run(command, ['alpha', '--json'], can)
  expect([verb, JSON.parse(stdout)]).toEqual([verb, {as: 'ever'}])
})

test('status: the flags have a say in every form that shows a session by itself', async () => {
  const {can} = host()
  const lines = (await run(commands.status, ['--jsonl', '--brief'], can)).stdout.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    ['alpha', 'beta'].map((of) => ({brief: true, liveness: 'alive', of})),
  )
  const {stdout} = await run(commands.status, ['--json', '--brief'], can)
  expect(JSON.parse(stdout)).toMatchObject([{of: 'alpha', brief: true}, {of: 'beta'}])
  expect((await run(commands.status, ['alpha', '--format', '{state}', '--brief'], can)).stdout).toBe(
    'running\n',
  )
})

test('The types of flags are those that oclif infers', () => {
  statusCommand(role, view, {
    flags: {...flags, name: Flags.string({required: true})},
    check(found) {
      expectTypeOf(found.brief).toEqualTypeOf<boolean>()
      expectTypeOf(found.since).toEqualTypeOf<number | undefined>()
      expectTypeOf(found.name).toEqualTypeOf<string>()
      expectTypeOf(found.watch).toEqualTypeOf<boolean>()
      // @ts-expect-error there is no such flag
      expect(found.loud).toBeUndefined()
    },
  })
  // @ts-expect-error every status has it
  statusCommand(role, view, {flags: {watch: Flags.boolean()}})
  statusCommand(role, view, {
    check(found) {
      // @ts-expect-error there is no such flag
      expect(found.brief).toBeUndefined()
    },
  })
})
