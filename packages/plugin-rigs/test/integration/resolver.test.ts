import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {gasTownResolver} from '../../src/resolver.js'
import {failureOf, makeTown, placeAt, write} from '../support/town.js'

const find = (box: Sandbox, cwd: string, name?: string) =>
  gasTownResolver.resolve({name, place: placeAt(box, cwd)})

function townWith(registry: string | object, ...directories: string[]) {
  const box = sandbox()
  const root = makeTown(join(box.dir, 'town'), ...directories)
  const file = write(join(root, 'mayor/rigs.json'), registry)
  return {box, root, file}
}

describe('resolve', () => {
  it('KnownRig: has its path, its town and its workers in byte order', async () => {
    const {box, root} = townWith({rigs: {alpha: {}}}, 'alpha')
    const polecats = join(root, 'alpha/polecats')
    for (const name of ['a', 'Z', 'B', '_x', '.hidden', '\u{ff5e}', '\u{1f600}'])
      mkdirSync(join(polecats, name), {recursive: true})
    write(join(polecats, 'notadir'), 'x')
    symlinkSync('/', join(polecats, 'linkdir'))
    const rig = await find(box, root, 'alpha')
    expect(rig).toMatchObject({name: 'alpha', path: join(root, 'alpha'), town: {root, realRoot: root}})
    expect(await rig.workers()).toEqual(['B', 'Z', '_x', 'a', '\u{ff5e}', '\u{1f600}'])
  })

  it('NoPolecats: there are no workers, whether `polecats` is missing or a file', async () => {
    const {box, root} = townWith({rigs: {alpha: {}}}, 'alpha')
    const rig = await find(box, root, 'alpha')
    expect(await rig.workers()).toEqual([])
    write(join(root, 'alpha/polecats'), 'a file')
    expect(await rig.workers()).toEqual([])
  })

  it('NoName: the rig is inferred from the directory, and not found like any other', async () => {
    const {box, root} = townWith({rigs: {alpha: {}}}, 'alpha')
    mkdirSync(join(root, 'alpha/polecats/nux'), {recursive: true})
    expect((await find(box, join(root, 'alpha/polecats/nux'))).name).toBe('alpha')
    expect((await failureOf(find(box, join(root, 'mayor')))).message).toBe("rig 'mayor' not found")
    expect(await failureOf(find(box, root))).toMatchObject({code: 'RIG_NOT_INFERRED'})
  })

  it('LinkedRig: counts as existing', async () => {
    const {box, root} = townWith({rigs: {alpha: {}}})
    mkdirSync(join(box.dir, 'elsewhere'))
    symlinkSync(join(box.dir, 'elsewhere'), join(root, 'alpha'))
    expect((await find(box, root, 'alpha')).path).toBe(join(root, 'alpha'))
  })

  it('UnknownRig: the hint names the known ones', async () => {
    const {box, root} = townWith({rigs: {beta: {}, alpha: {}}}, 'alpha')
    expect(await failureOf(find(box, root, 'nosuch'))).toMatchObject({
      code: 'RIG_NOT_FOUND',
      exitCode: 1,
      message: "rig 'nosuch' not found",
      hint: 'Known rigs: alpha, beta.',
    })
  })

  it('RigWithoutDirectory: is not found, and the hint says why', async () => {
    const {box, root, file} = townWith({rigs: {ghost: {}, file: {}}})
    write(join(root, 'file'), '')
    for (const name of ['ghost', 'file']) {
      const error = await failureOf(find(box, root, name))
      expect(error).toMatchObject({code: 'RIG_NOT_FOUND', message: `rig '${name}' not found`})
      expect(error.hint).toBe(`It is registered in ${file}, but ${join(root, name)} is not a directory.`)
    }
  })

  it('UnregisteredDirectory: is not found, and the hint says why', async () => {
    const {box, root, file} = townWith({rigs: {}}, 'stray')
    const {message, hint} = await failureOf(find(box, root, 'stray'))
    expect(message).toBe("rig 'stray' not found")
    expect(hint).toContain(`${join(root, 'stray')} exists, but is not registered in ${file}.`)
  })

  it.each([
    '..',
    '../town',
    'alpha/../alpha',
    '/',
    '',
    ' ',
    'a b',
    'a:b',
    'a.b',
    '-a',
    'x'.repeat(300),
    '🦉',
    'a\nb',
    '.',
  ])('UnsafeName: %j is not found, even when it is registered', async (name) => {
    const {box, root} = townWith({rigs: {[name]: {}, alpha: {}}}, 'alpha')
    const error = await failureOf(find(box, root, name))
    expect(error).toMatchObject({code: 'RIG_NOT_FOUND', hint: expect.stringContaining('letters, digits')})
    expect(error.message.split('\n')).toHaveLength(1)
    expect(error.message.length).toBeLessThan(100)
    expect((await find(box, root, 'alpha')).name).toBe('alpha')
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'Builtin: %s is not found',
    async (name) => {
      const {box, root} = townWith('{"rigs":{"alpha":{}}}', name)
      write(join(root, 'mayor/rigs.json'), '{"rigs":{"alpha":{}}}')
      expect(await failureOf(find(box, root, name))).toMatchObject({code: 'RIG_NOT_FOUND'})
    },
  )
})

describe('registry', () => {
  it.each([
    ['{"rigs":{"alpha":{}}}'],
    [
      '{"version":1,"rigs":{"alpha":{"git_url":"x","added_at":"2026-01-20T12:00:00Z","beads":{"prefix":"al"}}},"more":1}',
    ],
    ['{"version":0,"rigs":{"alpha":{"git_url":null}}}'],
  ])('Good: %s', async (content) => {
    const {box, root} = townWith(content, 'alpha')
    expect((await find(box, root, 'alpha')).name).toBe('alpha')
  })

  it.each(['{}', '{"rigs":null}', '{"version":1,"rigs":{}}'])('Empty: %s', async (content) => {
    const {box, root, file} = townWith(content, 'alpha')
    const {code, hint} = await failureOf(find(box, root, 'beta'))
    expect(code).toBe('RIG_NOT_FOUND')
    expect(hint).toBe(`No rigs are registered in ${file}. Add a rig with: gt rig add <name> <git-url>`)
  })

  it.each([
    ['', ': not valid JSON at line 1, column 1'],
    ['{"rigs":\n  {"alpha":{},}}', ': not valid JSON at line 2, column 15'],
    ['\ufeff{}', ': not valid JSON at line 1, column 1'],
    ['null', ': expected object, received null'],
    ['[]', ': expected object, received array'],
    ['"rigs"', ': expected object, received string'],
    ['{"rigs":[]}', ': rigs: expected object, received array'],
    ['{"rigs":{"alpha":null}}', ': rigs.alpha: expected object, received null'],
    ['{"rigs":{"alpha":[]}}', ': rigs.alpha: expected object, received array'],
    ['{"rigs":{"alpha":{"git_url":7}}}', ': rigs.alpha.git_url: expected string, received number'],
    ['{"rigs":{"a b":{"git_url":{}}}}', ': rigs["a b"].git_url: expected string, received object'],
    ['{"version":"1","rigs":{}}', ': version: expected number, received string'],
    ['{"version":2,"rigs":7}', ': version 2 is newer than this gt understands (1)'],
    [`${'['.repeat(100_000)}`, ': not valid JSON at line 1, column 100001'],
  ])('Broken: %.40s is an error that names the place', async (content, fault) => {
    const {box, root, file} = townWith(content, 'alpha')
    expect(await failureOf(find(box, root, 'alpha'))).toMatchObject({
      code: 'INVALID_FILE',
      message: `${file}${fault}`,
    })
  })

  it('Missing: is an error of its own, since it is unknown whether the rig exists', async () => {
    const {box, root, file} = townWith('', 'alpha')
    rmSync(file)
    expect(await failureOf(find(box, root, 'alpha'))).toMatchObject({
      code: 'REGISTRY_MISSING',
      message: `the registry of rigs is missing: ${file} does not exist`,
    })
  })

  it('Directory, NamedPipe: are reported as not regular files', async () => {
    const {box, root, file} = townWith('', 'alpha')
    rmSync(file)
    mkdirSync(file)
    const expected = {code: 'INVALID_FILE', message: `${file}: not a regular file`}
    expect(await failureOf(find(box, root, 'alpha'))).toMatchObject(expected)
    rmSync(file, {recursive: true})
    execFileSync('mkfifo', [file])
    expect(await failureOf(find(box, root, 'alpha'))).toMatchObject(expected)
  })

  it.skipIf(process.geteuid?.() === 0)('Unreadable: is named', async () => {
    const {box, root, file} = townWith('{}', 'alpha')
    chmodSync(file, 0)
    expect((await failureOf(find(box, root, 'alpha'))).message).toBe(`cannot read ${file}: permission denied`)
  })
})

describe('rigs', () => {
  const all = async (box: Sandbox, cwd: string) =>
    (await gasTownResolver.rigs?.(placeAt(box, cwd)))?.map(({name}) => name)

  it('All registered rigs by name, without names that lead out of the town', async () => {
    const {box, root} = townWith({rigs: {beta: {}, '../x': {}, alpha: {}, 'a b': {}}}, 'alpha')
    expect(await all(box, root)).toEqual(['alpha', 'beta'])
  })

  it('RegistryMissing: is not reported as no rigs', async () => {
    const {box, root, file} = townWith('', 'alpha')
    rmSync(file)
    expect(await failureOf(all(box, root))).toMatchObject({code: 'REGISTRY_MISSING'})
  })
})

describe('hot path', () => {
  it('Resolve: starts no process and loads neither execa nor git', () => {
    const source = join(import.meta.dirname, '../../src')
    const seen = new Set<string>()
    const visit = (file: string) => {
      if (seen.has(file)) return
      seen.add(file)
      const text = readFileSync(file, 'utf8')
      for (const [, path = ''] of text.matchAll(/from '(\.[^']+)\.js'/g))
        visit(`${join(file, '..', path)}.ts`)
      expect(text).not.toMatch(
        /from '(execa|tree-kill|node:child_process|@oclif\/core|@gtown\/sdk\/commands)'/,
      )
    }
    visit(join(source, 'hooks/rigs.ts'))
    expect([...seen]).toContain(join(source, 'registry.ts'))
    expect([...seen].filter((file) => file.includes('/git/'))).toEqual([])
  })

  it('Resolve: writes nothing', async () => {
    const {box, root} = townWith({rigs: {alpha: {}}}, 'alpha')
    const list = () => readdirSync(box.dir, {recursive: true}).sort()
    const before = list()
    await (await find(box, root, 'alpha')).workers()
    writeFileSync(join(root, 'mayor/town.json'), 'not read at all')
    await find(box, root, 'alpha')
    expect(list()).toEqual(before)
  })
})
