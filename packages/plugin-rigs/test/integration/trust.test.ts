import {execFileSync} from 'node:child_process'
import {chmodSync, chownSync, lchownSync, mkdirSync, statSync, symlinkSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {describe, expect, it} from 'vitest'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {gasTownResolver} from '../../src/resolver.js'
import {changeTrust} from '../../src/workspace/change-trust.js'
import {findWorkspace} from '../../src/workspace/discover.js'
import {readTrusted, trustedFile} from '../../src/workspace/trusted-directories.js'
import {failureOf, makeTown, placeAt, readJson, write} from '../support/town.js'

const NOBODY = 65534

const give = (...path: string[]) => lchownSync(join(...path), NOBODY, NOBODY)

function resolveAlpha(box: Sandbox, root: string, env = {}) {
  return gasTownResolver.resolve({name: 'alpha', place: placeAt(box, root, env)})
}

// Only root can make a file another user's.
describe.runIf(process.geteuid?.() === 0)('ownership', () => {
  it.each(['mayor', 'mayor/town.json', 'mayor/rigs.json', 'alpha', 'alpha/witness'])(
    'Foreign %s: is refused, naming path and owner',
    async (path) => {
      const box = sandbox()
      const root = makeTown(join(box.dir, 'town'), 'alpha')
      mkdirSync(join(root, 'alpha/witness'))
      expect((await resolveAlpha(box, root)).name).toBe('alpha')
      give(root, path)
      const owner = `${join(root, path)} is owned by nobody (uid 65534)`
      expect(await failureOf(resolveAlpha(box, root))).toMatchObject({
        code: 'UNTRUSTED_WORKSPACE',
        message: `the workspace ${root} belongs to another user: ${owner}`,
        hint: `If you trust it, run: gt trust ${root}`,
      })
    },
  )

  it.each([
    'settings/config.json',
    'settings/agents.json',
    'alpha/settings/config.json',
    'alpha/settings/agents.json',
  ])('Foreign %s: is refused when it would be read, and only then', async (path) => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    write(join(root, path), {})
    give(root, path)
    const rig = await resolveAlpha(box, root)
    expect(await failureOf(rig.agentSettings())).toMatchObject({
      code: 'UNTRUSTED_WORKSPACE',
      message: expect.stringContaining(join(root, path)),
    })
  })

  it('UnknownUser: is named by number', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'))
    chownSync(join(root, 'mayor'), 54321, 54321)
    expect((await failureOf(resolveAlpha(box, root))).message).toMatch(/mayor is owned by uid 54321$/)
  })

  it('Link: the owners of link and target count', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    makeTown(join(box.dir, 'mine'))
    mkdirSync(join(box.dir, 'evil'))
    symlinkSync(join(box.dir, 'mine/mayor'), join(box.dir, 'evil/mayor'))
    expect((await findWorkspace(placeAt(box, join(box.dir, 'evil')))).town.root).toBe(join(box.dir, 'evil'))
    give(box.dir, 'evil/mayor')
    expect(await failureOf(findWorkspace(placeAt(box, join(box.dir, 'evil'))))).toMatchObject({
      code: 'UNTRUSTED_WORKSPACE',
    })
    mkdirSync(join(box.dir, 'theirs'))
    give(box.dir, 'theirs')
    symlinkSync(join(box.dir, 'theirs'), join(root, 'alpha/witness'))
    expect(await failureOf(resolveAlpha(box, root))).toMatchObject({code: 'UNTRUSTED_WORKSPACE'})
  })

  it('ForeignMarkerAboveOwnTown: does no harm', async () => {
    const box = sandbox()
    write(join(box.dir, 'tmp/mayor/town.json'), '')
    give(box.dir, 'tmp/mayor')
    const root = makeTown(join(box.dir, 'tmp/town'), 'alpha')
    const worker = join(root, 'alpha/polecats/nux')
    mkdirSync(worker, {recursive: true})
    mkdirSync(join(box.dir, 'tmp/sec/mayor'), {recursive: true})
    for (const cwd of [root, worker]) expect((await resolveAlpha(box, cwd)).town.root).toBe(root)
    const secondary = join(box.dir, 'tmp/sec')
    expect((await findWorkspace(placeAt(box, secondary))).town.root).toBe(secondary)
  })

  it('ForeignMarkerBetween: a town above it is not the current one', async () => {
    const box = sandbox()
    const outer = makeTown(join(box.dir, 'town'), 'alpha')
    const theirs = makeTown(join(outer, 'alpha/polecats/nux'))
    give(theirs, 'mayor')
    const inner = makeTown(join(theirs, 'deep'))
    expect((await findWorkspace(placeAt(box, inner))).town.root).toBe(inner)
  })

  it('ForeignTownInsideOwn: never acts on the outer one', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    const inner = makeTown(join(root, 'alpha/polecats/nux'))
    give(inner, 'mayor')
    expect(await failureOf(resolveAlpha(box, inner))).toMatchObject({
      code: 'UNTRUSTED_WORKSPACE',
      hint: `If you trust it, run: gt trust ${inner}`,
    })
  })

  it('ForeignTownInEnvironment: is refused', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    give(root, 'mayor')
    expect(await failureOf(resolveAlpha(box, box.dir, {GT_TOWN_ROOT: root}))).toMatchObject({
      code: 'UNTRUSTED_WORKSPACE',
    })
  })

  it('RootUnderSudo: the files of the user who called sudo count as own', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    give(root, 'mayor')
    expect((await resolveAlpha(box, root, {SUDO_UID: '65534'})).name).toBe('alpha')
    for (const SUDO_UID of ['1000', '', 'nobody', '-1']) {
      expect(await failureOf(resolveAlpha(box, root, {SUDO_UID}))).toMatchObject({
        code: 'UNTRUSTED_WORKSPACE',
      })
    }
  })

  it('TrustedTown: covers its rigs, by its real path, until it is removed', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    for (const path of ['mayor', 'mayor/rigs.json', 'alpha']) give(root, path)
    symlinkSync(root, join(box.dir, 'link'))
    const place = placeAt(box, join(box.dir, 'link', 'alpha'))
    const trusted = {directory: root, trusted: true}
    expect(await changeTrust(undefined, true, place)).toEqual({...trusted, changed: true})
    expect(await changeTrust(undefined, true, place)).toEqual({...trusted, changed: false})
    expect((await resolveAlpha(box, root)).name).toBe('alpha')
    expect((await resolveAlpha(box, join(box.dir, 'link'))).name).toBe('alpha')

    const file = join(box.dir, 'home/.config/gtown/trusted.json')
    expect(readJson(file)).toEqual({version: 1, directories: [root]})
    expect(statSync(file).mode & 0o777).toBe(0o600)

    expect(await changeTrust('../town', false, placeAt(box, root))).toMatchObject({changed: true})
    expect(await failureOf(resolveAlpha(box, root))).toMatchObject({code: 'UNTRUSTED_WORKSPACE'})
  })

  it('TownWithTheSamePathPrefix: is neither trusted nor distrusted with it', async () => {
    const box = sandbox()
    const [root, longer] = [makeTown(join(box.dir, 'town')), makeTown(join(box.dir, 'town2'), 'alpha')]
    give(longer, 'mayor')
    await changeTrust(root, true, placeAt(box, root))
    expect(await failureOf(resolveAlpha(box, longer))).toMatchObject({code: 'UNTRUSTED_WORKSPACE'})
    await changeTrust(longer, true, placeAt(box, root))
    await changeTrust(root, false, placeAt(box, root))
    expect(await readTrusted(box.env)).toEqual([longer])
  })

  it('RigsOfATown: one of another user is refused in a list, too', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha', 'beta')
    expect(await gasTownResolver.rigs?.(placeAt(box, root))).toHaveLength(2)
    give(root, 'beta')
    expect(await failureOf(gasTownResolver.rigs?.(placeAt(box, root)) ?? Promise.resolve())).toMatchObject({
      code: 'UNTRUSTED_WORKSPACE',
    })
  })

  it('TrustFileOfAnotherUser: is not used', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    const file = write(join(box.dir, 'xdg/gtown/trusted.json'), {version: 1, directories: [root]})
    const env = {XDG_CONFIG_HOME: join(box.dir, 'xdg')}
    give(root, 'mayor')
    expect((await resolveAlpha(box, root, env)).name).toBe('alpha')
    chownSync(file, NOBODY, NOBODY)
    expect((await failureOf(resolveAlpha(box, root, env))).message).toBe(
      `${file} is not used: it is owned by nobody (uid 65534)`,
    )
  })

  it('OtherUser: does not trust the town of root', () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    chmodSync(box.dir, 0o755)
    const resolver = resolve(import.meta.dirname, '../../dist/resolver.js')
    const script = `
      const {gasTownResolver} = await import(process.argv[1])
      const place = {cwd: process.argv[2], env: {HOME: '/nonexistent', SUDO_UID: '0'}}
      const outcome = await gasTownResolver.resolve({name: 'alpha', place}).catch((error) => error.message)
      console.log(outcome.name ?? outcome)`
    const run = () =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script, resolver, root], {
        uid: NOBODY,
        gid: NOBODY,
        env: box.env,
        encoding: 'utf8',
      }).trim()
    expect(run()).toBe(
      `the workspace ${root} belongs to another user: ${root}/mayor is owned by root (uid 0)`,
    )
    for (const path of ['mayor', 'mayor/town.json', 'mayor/rigs.json', 'alpha']) give(root, path)
    expect(run()).toBe('alpha')
  })
})

describe('changeTrust', () => {
  it('NoWorkspace: is refused', async () => {
    const box = sandbox()
    const place = placeAt(box, box.dir)
    expect(await failureOf(changeTrust('home', true, place))).toMatchObject({code: 'NOT_A_WORKSPACE'})
    expect(await failureOf(changeTrust(undefined, true, place))).toMatchObject({code: 'NOT_IN_WORKSPACE'})
    expect(await failureOf(changeTrust('x', true, placeAt(box, undefined)))).toMatchObject({
      code: 'NO_CURRENT_DIRECTORY',
    })
    expect(await readTrusted(place.env)).toEqual([])
  })

  it('ManyAtOnce: none is lost', async () => {
    const box = sandbox()
    const towns = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => makeTown(join(box.dir, name)))
    await Promise.all(towns.map((town) => changeTrust(town, true, placeAt(box, box.dir))))
    expect([...(await readTrusted(box.env))].sort()).toEqual(towns)
  })

  it('NewList: only its owner can read it and its folder', async () => {
    const box = sandbox()
    await changeTrust(makeTown(join(box.dir, 'town')), true, placeAt(box, box.dir))
    const folder = join(box.dir, 'home/.config/gtown')
    expect([folder, join(folder, 'trusted.json')].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o600,
    ])
  })

  it('RelativeConfigHome: is ignored, since the list would depend on the current directory', async () => {
    const box = sandbox()
    expect(trustedFile({...box.env, XDG_CONFIG_HOME: 'xdg'})).toBe(
      join(box.dir, 'home/.config/gtown/trusted.json'),
    )
    expect(trustedFile({...box.env, XDG_CONFIG_HOME: '/xdg'})).toBe('/xdg/gtown/trusted.json')
  })

  it('DeletedTown: can be removed from the list', async () => {
    const box = sandbox()
    const env = {...box.env, XDG_CONFIG_HOME: join(box.dir, 'xdg')}
    write(join(box.dir, 'xdg/gtown/trusted.json'), {directories: ['/gone', '/other']})
    expect(await changeTrust('/gone', false, {cwd: undefined, env})).toMatchObject({changed: true})
    expect(await readTrusted(env)).toEqual(['/other'])
  })

  it('BrokenFile: is named', async () => {
    const box = sandbox()
    const file = write(join(box.dir, 'home/.config/gtown/trusted.json'), {directories: [1]})
    expect((await failureOf(readTrusted(box.env))).message).toBe(
      `${file}: directories[0]: expected string, received number`,
    )
  })
})
