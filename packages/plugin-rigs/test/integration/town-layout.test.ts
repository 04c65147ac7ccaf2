import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import {join, resolve} from 'node:path'
import {describe, expect, it} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {layOutTown} from '../../src/town-layout.js'
import {findWorkspace} from '../../src/workspace/discover.js'
import {failureOf, makeTown, placeAt, readJson, write} from '../support/town.js'

const ALL = ['mayor', 'mayor/rigs.json', 'mayor/town.json', 'settings', 'settings/config.json']
const tree = (root: string) => readdirSync(root, {recursive: true, encoding: 'utf8'}).sort()

describe('layOutTown', () => {
  it('NewDirectory: gets everything that a town needs', async () => {
    const box = sandbox()
    const root = join(box.dir, 'a/b/acme')
    const {created} = await layOutTown(root, undefined, box.env)
    expect(created.sort()).toEqual(ALL)
    expect(tree(root)).toEqual(ALL)
    expect(readJson(join(root, 'mayor/town.json'))).toEqual({
      type: 'town',
      version: 2,
      name: 'acme',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    })
    expect(readJson(join(root, 'mayor/rigs.json'))).toEqual({version: 1, rigs: {}})
    expect(readJson(join(root, 'settings/config.json'))).toEqual({type: 'town-settings', version: 1})
    expect((await findWorkspace(placeAt(box, root))).town.root).toBe(root)
  })

  it('Again: changes nothing', async () => {
    const box = sandbox()
    const root = join(box.dir, 'town')
    await layOutTown(root, 'first', box.env)
    const before = readFileSync(join(root, 'mayor/town.json'), 'utf8')
    expect((await layOutTown(root, 'second', box.env)).created).toEqual([])
    expect(readFileSync(join(root, 'mayor/town.json'), 'utf8')).toBe(before)
  })

  it('PartsMissing: are added, and existing files stay, even broken ones', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    write(join(root, 'settings/config.json'), 'broken')
    expect((await layOutTown(root, undefined, box.env)).created).toEqual([])
    expect(readFileSync(join(root, 'settings/config.json'), 'utf8')).toBe('broken')
    expect(readJson(join(root, 'mayor/rigs.json')).rigs).toEqual({alpha: {}})
  })

  it('InsideTown: is refused, even through a link', async () => {
    const box = sandbox()
    const outer = makeTown(join(box.dir, 'town'), 'alpha')
    symlinkSync(join(outer, 'alpha'), join(box.dir, 'link'))
    for (const path of ['town/alpha', 'town/x/y', 'link', 'link/x']) {
      expect(await failureOf(layOutTown(join(box.dir, path), undefined, box.env))).toMatchObject({
        code: 'INSIDE_TOWN',
        message: `${join(box.dir, path)} is inside the town ${outer}`,
      })
    }
    expect(tree(outer)).toEqual(['alpha', 'mayor', 'mayor/rigs.json', 'mayor/town.json'])
  })

  it.each(['', ' ', 'a\nb', 'x'.repeat(101)])('Name %j: is refused', async (name) => {
    const box = sandbox()
    expect(await failureOf(layOutTown(join(box.dir, 'town'), name, box.env))).toMatchObject({code: 'USAGE'})
    expect(existsSync(join(box.dir, 'town'))).toBe(false)
  })

  it('FailsHalfway: leaves nothing of its own behind', async () => {
    const box = sandbox()
    const root = join(box.dir, 'town')
    // A file where the last directory should be.
    write(join(root, 'settings'), 'mine')
    const error = await failureOf(layOutTown(root, undefined, box.env))
    expect(error).toMatchObject({
      code: 'UNWRITABLE',
      message: `cannot write ${root}/settings: file already exists`,
    })
    expect(tree(root)).toEqual(['settings'])
  })

  it('SomebodyElseAtWork: their files stay in a town that is undone', async () => {
    const box = sandbox()
    const root = join(box.dir, 'town')
    // SUDO_UID is read repeatedly, the last time right before the registry is read.
    const env = {
      ...box.env,
      get SUDO_UID() {
        if (existsSync(join(root, 'settings/config.json'))) {
          write(join(root, 'settings/theirs'), '')
          write(join(root, 'mayor/rigs.json'), 'broken')
        }
        return ''
      },
    }
    expect(await failureOf(layOutTown(root, undefined, env))).toMatchObject({code: 'INVALID_FILE'})
    expect(tree(root)).toEqual(['mayor', 'mayor/rigs.json', 'settings', 'settings/theirs'])
  })

  it('TownJsonMissing: is created, and registered rigs stay', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'alpha')
    rmSync(join(root, 'mayor/town.json'))
    expect((await layOutTown(root, undefined, box.env)).created.sort()).toEqual([
      'mayor/town.json',
      'settings',
      'settings/config.json',
    ])
    expect(readJson(join(root, 'mayor/rigs.json')).rigs).toEqual({alpha: {}})
  })

  it.runIf(process.geteuid?.() === 0)(
    'ForeignTownAbove: is no obstacle, a foreign mayor/ in the directory is',
    async () => {
      const box = sandbox()
      write(join(box.dir, 'mayor/town.json'), '')
      chownSync(join(box.dir, 'mayor'), 65534, 65534)
      expect((await layOutTown(join(box.dir, 'town'), undefined, box.env)).created).toEqual(
        expect.arrayContaining(ALL),
      )
      expect(await failureOf(layOutTown(box.dir, undefined, box.env))).toMatchObject({
        code: 'UNTRUSTED_WORKSPACE',
      })
    },
  )

  it.runIf(process.geteuid?.() === 0)(
    'UnwritableDirectory: is a one-sentence error, and nothing is created',
    () => {
      const box = sandbox()
      chmodSync(box.dir, 0o755)
      mkdirSync(join(box.dir, 'readonly'))
      const layout = resolve(import.meta.dirname, '../../dist/town-layout.js')
      const script = `
      const {layOutTown} = await import(process.argv[1])
      console.log((await layOutTown(process.argv[2], undefined, {}).catch((error) => error)).message)`
      const args = ['--input-type=module', '-e', script, layout, join(box.dir, 'readonly')]
      const message = execFileSync(process.execPath, args, {
        uid: 65534,
        gid: 65534,
        env: box.env,
        encoding: 'utf8',
      })
      expect(message).toBe(`cannot write ${box.dir}/readonly/mayor: permission denied\n`)
      expect(tree(join(box.dir, 'readonly'))).toEqual([])
    },
  )
})
