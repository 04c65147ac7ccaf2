import {
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {createConnection} from 'node:net'
import {hostname} from 'node:os'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../../process/src/index.js'
import {createPtyBackend} from '../../src/backend.js'
import {writePtyRecord} from '../../src/record.js'
import {recordOf} from '../support/fake-shim.js'
import {quiet, shell, shimOf, type World, world} from '../support/world.js'

const socketOf = ({sessions}: World) =>
  join(sessions, readdirSync(sessions).find((file) => file.endsWith('.sock')) ?? '')

test('everyOperation_FrozenShim: is unavailable, never absent; list shows it as unknown beside the others', async () => {
  const here = world()
  const session = await here.backend.start(quiet('a'))
  const shim = shimOf(here)
  const other = await here.backend.start(quiet('b'))
  process.kill(shim, 'SIGSTOP')
  onTestFinished(() => void process.kill(shim, 'SIGCONT'))
  const unavailable = {code: 'BACKEND_UNAVAILABLE', liveness: 'unknown'}
  const backend = createPtyBackend({killer, env: here.env, timeoutMs: 500})
  await Promise.all([
    expect(backend.inspect('a')).rejects.toMatchObject(unavailable),
    expect(backend.stop(session, {graceMs: 0})).rejects.toMatchObject(unavailable),
    expect(backend.capture(session, {lines: 1})).rejects.toMatchObject(unavailable),
    expect(backend.start(quiet('a'))).rejects.toMatchObject({code: 'SESSION_EXISTS'}),
  ])
  expect([...(await backend.views([session, other])).keys()]).toEqual(['b'])
  const listed = await backend.list()
  expect(listed).toEqual([expect.objectContaining({name: 'a', id: session.id, liveness: 'unknown'}), other])
})

test.each([
  ['no JSON', 'x\n'],
  ['JSON that is no request', '5\n{"ask":"everything"}\n{"ask":"attach"}\nnull\n'],
  ['bytes', Buffer.from([0xff, 0xfe, 0, 10])],
  ['half a request', '{"ask":'],
])('socket_%s: the session lives on', async (_, garbage) => {
  const here = world()
  const session = await here.backend.start(quiet('a'))
  const peer = createConnection(socketOf(here))
  peer.write(garbage)
  if (garbage !== '{"ask":') await new Promise((resolve) => peer.once('data', resolve))
  peer.destroy()
  expect(await here.backend.inspect('a')).toEqual(session)
})

test('socket_ViewerThatSendsGarbage: is disconnected, and the session lives on', async () => {
  const here = world()
  const session = await here.backend.start(quiet('a'))
  const peer = createConnection(socketOf(here))
  const size = {columns: 80, rows: 24}
  peer.write(`${JSON.stringify({ask: 'attach', incarnation: session.incarnation, size})}\n`)
  await until('it to be attached', async () => (await here.backend.inspect('a'))?.attached === 1)
  peer.write('{"size":{"columns":-1}}\n')
  await new Promise((resolve) => peer.resume().once('close', resolve))
  await until('it to be gone', async () => (await here.backend.inspect('a'))?.attached === 0)
})

test('socket_SessionThatWritesWithoutEnd: still answers and can be stopped', async () => {
  const {backend} = world()
  const session = await backend.start(quiet('a', {command: shell('yes')}))
  await until('its screen', async () => (await backend.capture(session, {lines: 1}))[0] === 'y')
  expect(await backend.inspect('a')).toMatchObject({liveness: 'alive'})
  expect(await backend.stop(session, {graceMs: 0})).toBe('stopped')
})

test('inspect_UnreachableShim: is unavailable as long as it lives, not dead', async () => {
  const here = world()
  const session = await here.backend.start(quiet('a'))
  const [socket, away] = [socketOf(here), join(here.dir, 'away')]
  renameSync(socket, away)
  const backend = createPtyBackend({killer, env: here.env, timeoutMs: 100})
  await expect(backend.inspect('a')).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  await expect(backend.stop(session, {graceMs: 0})).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  renameSync(away, socket)
  expect(await here.backend.inspect('a')).toEqual(session)
})

test('inspect_SessionThatIsBeingStarted: is unavailable, not absent, as long as its starter lives', async () => {
  const {dir, env} = sandbox()
  const backend = createPtyBackend({killer, env, timeoutMs: 50})
  const starting = await recordOf({phase: 'starting', agent: ''})
  await writePtyRecord(join(dir, 'pty'), starting)
  await expect(backend.inspect('a')).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  await writePtyRecord(join(dir, 'pty'), {...starting, owner: `4194305.1.x.${hostname()}`})
  expect(await backend.inspect('a')).toBeUndefined()
})

test('screen_ProgramThatWritesTooFast: is throttled, and drawn completely', async () => {
  const {backend} = world()
  const session = await backend.start(
    quiet('a', {
      command: shell(
        `yes "$(printf '\\033[2J\\033[38;2;1;2;3m漢\\033[3J')" | head -c 3000000; printf '\\033cdone\\n'; sleep 600`,
      ),
    }),
  )
  await until('its end', async () => (await backend.capture(session, {lines: 1}))[0] === 'done', 30_000)
})

test('inspect_NoSessionEver: there is none, and no folder is made', async () => {
  const {dir, env} = sandbox()
  const backend = createPtyBackend({killer, env: {...env, GT_PTY_DIR: join(dir, 'new')}})
  expect(await backend.inspect('a')).toBeUndefined()
  expect(await backend.list()).toEqual([])
  expect(readdirSync(dir)).not.toContain('new')
})

test('inspect_RecordThatIsDamaged: is unknown, not absent', async () => {
  const here = world()
  await here.backend.start(quiet('a'))
  const session = await here.backend.inspect('a')
  const [record = ''] = readdirSync(here.sessions).filter((file) => file.endsWith('.json'))
  const file = join(here.sessions, record)
  const good = readFileSync(file)
  writeFileSync(file, '{')
  await expect(here.backend.inspect('a')).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  writeFileSync(file, good)
  expect(await here.backend.inspect('a')).toEqual(session)
})

const foreign = (path: string) => {
  mkdirSync(path, 0o700)
  chownSync(path, 1, 1)
}

const unsafe: [what: string, make: (path: string) => void][] = [
  ['a link to a folder', (path) => symlinkSync('/tmp', path)],
  ['a file', (path) => writeFileSync(path, '', {mode: 0o600})],
  ['a folder that others may read', (path) => mkdirSync(path, 0o755)],
]
// Only root can create one.
if (process.getuid?.() === 0) unsafe.push(['another user’s folder', foreign])

test.each(unsafe)('folder_%s: is refused', async (_, make) => {
  const {dir, env} = sandbox()
  const path = join(dir, 'unsafe')
  make(path)
  const backend = createPtyBackend({killer, env: {...env, GT_PTY_DIR: path}})
  const refusal = {code: 'BACKEND_UNAVAILABLE', message: expect.stringContaining(path)}
  await expect(backend.start(quiet('a'))).rejects.toMatchObject(refusal)
  await expect(backend.inspect('a')).rejects.toMatchObject(refusal)
  await expect(backend.list()).rejects.toMatchObject(refusal)
  rmSync(path, {recursive: true})
})
