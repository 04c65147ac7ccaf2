// Pushes that the origin refuses, and contents that LFS keeps.
import {execFileSync} from 'node:child_process'
import {once} from 'node:events'
import {chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {unattendedGit} from '@gtown/sdk/git'
import {describe, expect, onTestFinished, test} from 'vitest'
import {finishWork} from '../../src/done.js'
import {spawnWorker} from '../../src/spawn.js'
import {makeWorld, type World} from '../support/world.js'

async function working(): Promise<World> {
  const world = makeWorld()
  await spawnWorker(world.services, world.request('nux'))
  return world
}

const finish = ({services, ref}: World) => finishWork(services, ref('nux'), {exit: 'COMPLETED'})

const inSandbox = (world: World, ...args: string[]) => world.git(world.path('nux'), ...args)

const branchesAtOrigin = ({git, origin}: World) =>
  git(origin, 'for-each-ref', '--format=%(refname)', 'refs/heads/polecat')

function script(file: string, text: string): void {
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
}

describe('A branch that the origin refuses', () => {
  const refusing = async (hook: string) => {
    const world = await working()
    world.commit('nux', 'work')
    script(join(world.origin, 'hooks/pre-receive'), `${hook}\nexit 1`)
    return await finish(world).then(
      () => undefined,
      (error) => error,
    )
  }

  test('is named, with its own words', async () => {
    const error = await refusing(
      'echo "no commits without a ticket" >&2; echo "coverage: 80%, see the guide" >&2',
    )
    expect(error).toMatchObject({
      code: 'PUSH_REFUSED',
      message: expect.stringMatching(
        /^the origin refused branch 'polecat\/nux-\w+': pre-receive hook declined$/,
      ),
      hint: 'remote: no commits without a ticket\nremote: coverage: 80%, see the guide',
    })
  })

  test('cannot steer the terminal, show a password, or fill the screen', async () => {
    const evil = String.raw`printf '\033[2J\033]0;title\007red\033[31m \302\233 https://me:secret@host/x \342\200\256end\n' >&2`
    const error = await refusing(
      `${evil}; for i in $(seq 30); do echo "line $i"; done >&2; printf %500s x >&2`,
    )
    const lines = error.hint.split('\n')
    expect(lines[0]).toBe('remote: red  https://host/x end')
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toBe('and 22 more lines')
    expect(lines.every((line: string) => line.length < 210)).toBe(true)
  })

  test('without a word: only the reason', async () => {
    expect(await refusing(':')).toMatchObject({code: 'PUSH_REFUSED', hint: undefined})
  })
})

test('A push that fails for another reason is reported with that', async () => {
  const world = await working()
  world.commit('nux', 'work')
  rmSync(world.origin, {recursive: true})
  await expect(finish(world)).rejects.toMatchObject({
    code: 'GIT_FAILED',
    message: expect.stringMatching(/^git push failed: fatal: '.*origin\.git' does not appear to be/),
  })
})

describe('Commits at the origin that the sandbox lacks', () => {
  /** The error of gt done, and the commands that it proposes. */
  async function refused(world: World) {
    const error = await finish(world).then(
      () => undefined,
      (reason) => reason,
    )
    expect(error).toMatchObject({
      code: 'PUSH_REFUSED',
      message: expect.stringMatching(/^the origin has commits on branch '.*' that are not in the sandbox/),
    })
    return error.hint.split('\n').map((line: string) => /: (git .*)$/.exec(line)?.[1] ?? '')
  }

  const run = (world: World, command: string) =>
    execFileSync('sh', ['-c', command], {
      cwd: world.path('nux'),
      env: {...world.box.env, GIT_COMMITTER_NAME: 'x', GIT_COMMITTER_EMAIL: 'x@example.com'},
      stdio: 'pipe',
    })

  test("are somebody else's: the first command that is named takes them in", async () => {
    const world = await working()
    const {branch} = world.record('nux')
    const seed = join(world.box.dir, 'seed')
    world.git(seed, 'checkout', '--quiet', '-B', 'theirs', 'origin/main')
    world.git(seed, 'commit', '--quiet', '--allow-empty', '--message', 'theirs')
    world.git(seed, 'push', '--quiet', 'origin', `theirs:${branch}`)
    world.commit('nux', 'ours')
    const [takeIn] = await refused(world)
    run(world, takeIn)
    expect(await finish(world)).toMatchObject({record: {branch}})
    expect(inSandbox(world, 'log', '--format=%s', 'origin/main..')).toBe('add ours\ntheirs')
  })

  test.each(['polecat/nux', "polecat/it's-$(x)"])(
    'are its own from before it rewrote them, on %s: the second command uses another branch',
    async (branch) => {
      const world = await working()
      inSandbox(world, 'switch', '--quiet', '-c', branch)
      world.commit('nux', 'work')
      await finish(world)
      inSandbox(world, 'commit', '--quiet', '--amend', '--message', 'rewritten')
      const [, another] = await refused(world)
      run(world, another)
      expect(await finish(world)).toMatchObject({record: {branch: `${branch}-2`}})
    },
  )
})

const OID = 'ab'.repeat(32)
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${OID}\nsize 5\n`

/** A world with a commit of a pointer, and with this as git-lfs. Its script finds what it was asked for in `$*`. */
async function withFakeLfs(lfs: string, pointer = POINTER) {
  const world = await working()
  // The system's configuration may name filters of git-lfs.
  world.box.env.GIT_CONFIG_NOSYSTEM = '1'
  const bin = join(world.box.dir, 'bin')
  execFileSync('mkdir', [bin])
  const log = join(world.box.dir, 'lfs.log')
  script(join(bin, 'git-lfs'), `echo "$*" >> ${log}\n${lfs}`)
  const env = {...world.box.env, PATH: `${bin}:${process.env.PATH}`}
  world.services.git = unattendedGit(env)
  world.write('nux', '.gitattributes', '*.bin filter=lfs\n')
  world.write('nux', 'a.bin', pointer)
  inSandbox(world, 'add', '.')
  inSandbox(world, 'commit', '--quiet', '--message', 'large')
  const calls = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [])
  return {world, calls}
}

describe('LFS', () => {
  test('is not installed: one sentence, and nothing is pushed', async () => {
    const {world} = await withFakeLfs('exit 127')
    await expect(finish(world)).rejects.toMatchObject({
      code: 'LFS_MISSING',
      message: 'git-lfs is not installed, and without it the contents of a.bin would not be pushed',
      hint: 'Nothing was pushed. Install git-lfs, then run gt done again.',
    })
    expect(branchesAtOrigin(world)).toBe('')
  })

  test('is not installed, and git needs it for its status: the same', async () => {
    const {world} = await withFakeLfs('exit 127')
    inSandbox(world, 'config', 'filter.lfs.process', 'git-lfs filter-process')
    inSandbox(world, 'config', 'filter.lfs.required', 'true')
    world.write('nux', 'a.bin', POINTER)
    await expect(finish(world)).rejects.toMatchObject({code: 'LFS_MISSING'})
  })

  test('cannot upload: its own words, and nothing is pushed', async () => {
    const {world, calls} = await withFakeLfs(
      String.raw`[ "$1" = version ] || { printf '\033[31mquota exceeded\n' >&2; exit 2; }`,
    )
    await expect(finish(world)).rejects.toMatchObject({
      code: 'LFS_FAILED',
      hint: 'quota exceeded\nCorrect that, then run gt done again.',
    })
    const {branch} = world.record('nux')
    expect(calls()).toEqual([
      'version',
      `push --object-id origin ${OID}`,
      `push --all origin refs/heads/${branch}`,
    ])
    expect(branchesAtOrigin(world)).toBe('')
  })

  test('is gone once the work was pushed and recorded: it is not needed any more', async () => {
    const {world} = await withFakeLfs('exit 0')
    const {record} = await finish(world)
    script(join(world.box.dir, 'bin/git-lfs'), 'exit 127')
    expect(await finish(world)).toMatchObject({record, commits: 1})
  })

  test('is asked for nothing by a file that is no pointer, or a pointer that is no LFS file', async () => {
    const {world, calls} = await withFakeLfs('exit 127', 'committed as it is\n')
    world.write('nux', 'docs/pointer.txt', POINTER)
    inSandbox(world, 'add', '.')
    inSandbox(world, 'commit', '--quiet', '--message', 'docs')
    await finish(world)
    expect(calls()).toEqual([])
  })
})

const hasLfs = execFileSync('sh', ['-c', 'command -v git-lfs || true']).length > 0

describe.skipIf(!hasLfs)('The real git-lfs', () => {
  async function withLfs() {
    const world = await working()
    inSandbox(world, 'lfs', 'install', '--skip-repo')
    world.write('nux', '.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n')
    world.write('nux', 'a.bin', 'large content\n')
    inSandbox(world, 'add', '.')
    inSandbox(world, 'commit', '--quiet', '--message', 'large')
    expect(inSandbox(world, 'show', 'HEAD:a.bin')).toMatch(/^version https:\/\/git-lfs/)
    return world
  }

  const contents = ({origin}: World) => {
    const folder = join(origin, 'lfs/objects')
    if (!existsSync(folder)) return []
    return readdirSync(folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile())
  }

  test('uploads the contents before the branch is pushed', async () => {
    const world = await withLfs()
    await finish(world)
    expect(contents(world)).toHaveLength(1)
  })

  test('uploads them if the pointers are at the origin already, under whatever name', async () => {
    const world = await withLfs()
    const {branch} = world.record('nux')
    inSandbox(world, '-c', 'core.hooksPath=/dev/null', 'push', '--quiet', 'origin', `HEAD:${branch}`)
    inSandbox(world, 'update-ref', `refs/remotes/origin/${branch}`, 'HEAD')
    expect(contents(world)).toHaveLength(0)
    await finish(world)
    expect(contents(world)).toHaveLength(1)
  })

  test('refuses a pointer whose content is nowhere', async () => {
    const world = await withLfs()
    world.write('nux', 'b.bin', POINTER)
    const blob = inSandbox(world, 'hash-object', '-w', '--no-filters', 'b.bin')
    inSandbox(world, 'update-index', '--add', '--cacheinfo', `100644,${blob},b.bin`)
    inSandbox(world, 'commit', '--quiet', '--message', 'pointer')
    await expect(finish(world)).rejects.toMatchObject({
      code: 'LFS_FAILED',
      hint: expect.stringContaining(`(missing) b.bin (${OID})`),
    })
    expect(branchesAtOrigin(world)).toBe('')
  })

  test('accepts a pointer whose content is only at the origin', async () => {
    const world = await withLfs()
    rmSync(join(world.repository, 'lfs/objects'), {recursive: true})
    const server = createServer(async (request, response) => {
      const asked = await text(request)
      const isBatch = request.url?.endsWith('/objects/batch')
      // Objects without actions: the server has them.
      const answer = isBatch ? {transfer: 'basic', objects: JSON.parse(asked).objects} : {}
      response.writeHead(isBatch ? 200 : 404, {'content-type': 'application/vnd.git-lfs+json'})
      response.end(JSON.stringify(answer))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void server.close())
    const {port} = server.address() as AddressInfo
    inSandbox(world, 'config', 'lfs.url', `http://127.0.0.1:${port}`)
    expect(await finish(world)).toMatchObject({commits: 1})
  })
})
