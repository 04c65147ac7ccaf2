import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, rmSync, symlinkSync} from 'node:fs'
import {join, relative, resolve} from 'node:path'
import {describe, expect, it} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {findWorkspace, inferRigName} from '../../src/workspace/discover.js'
import {failureOf, makeTown, placeAt, write} from '../support/town.js'

/** A sandbox with these directories and their parents. */
function layOut(...directories: string[]) {
  const box = sandbox()
  for (const directory of directories) mkdirSync(join(box.dir, directory), {recursive: true})
  const find = async (cwd: string, env = {}) =>
    (await findWorkspace(placeAt(box, join(box.dir, cwd), env))).town.root.slice(box.dir.length + 1)
  return {box, find}
}

describe('findWorkspace', () => {
  it('NestedTowns: the innermost primary marker wins', async () => {
    const {box, find} = layOut('outer/x/inner/y')
    makeTown(join(box.dir, 'outer'))
    makeTown(join(box.dir, 'outer/x/inner'))
    expect(await find('outer/x/inner/y')).toBe('outer/x/inner')
    expect(await find('outer/x')).toBe('outer')
  })

  it.each(['polecats', 'crew'])('Inside%s: the outermost primary marker wins', async (folder) => {
    const {box, find} = layOut(`town/alpha/${folder}/p2/inner/deep`)
    makeTown(join(box.dir, 'town'))
    makeTown(join(box.dir, `town/alpha/${folder}/p2/inner`))
    expect(await find(`town/alpha/${folder}/p2/inner/deep`)).toBe('town')
    expect(await find(`town/alpha/${folder}`)).toBe('town')
  })

  it('FolderCalledPolecatsLast: is not taken for a worker’s copy', async () => {
    const {box, find} = layOut('town/inner/polecats')
    makeTown(join(box.dir, 'town'))
    makeTown(join(box.dir, 'town/inner'))
    expect(await find('town/inner/polecats')).toBe('town/inner')
  })

  it('OnlySecondaryMarkers: the outermost wins', async () => {
    const {find} = layOut('sec/mayor', 'sec/rigx/mayor', 'sec/rigx/y')
    expect(await find('sec/rigx/y')).toBe('sec')
  })

  it('PrimaryAboveSecondary: the primary wins', async () => {
    const {box, find} = layOut('town/alpha/mayor/rig')
    makeTown(join(box.dir, 'town'))
    expect(await find('town/alpha/mayor/rig')).toBe('town')
  })

  it('InsideAWorkerCopyBelowASecondary: the primary wins, too', async () => {
    const {box, find} = layOut('sec/mayor', 'sec/town/alpha/polecats/nux/deep')
    makeTown(join(box.dir, 'sec/town'))
    expect(await find('sec/town/alpha/polecats/nux/deep')).toBe('sec/town')
  })

  it.runIf(process.geteuid?.() === 0)('UnreadableFolder: is no obstacle', () => {
    const {box} = layOut('closed/x/y')
    chmodSync(box.dir, 0o755)
    chmodSync(join(box.dir, 'closed'), 0o600)
    const script = `
      const {findWorkspace} = await import(process.argv[1])
      console.log((await findWorkspace({cwd: process.argv[2], env: {}}).catch((error) => error)).code)`
    const module = resolve(import.meta.dirname, '../../dist/workspace/discover.js')
    const args = ['--input-type=module', '-e', script, module, join(box.dir, 'closed/x/y')]
    const said = execFileSync(process.execPath, args, {
      uid: 65534,
      gid: 65534,
      env: box.env,
      encoding: 'utf8',
    })
    expect(said).toBe('NOT_IN_WORKSPACE\n')
  })

  it('FileCalledMayor: is no marker', async () => {
    const {box, find} = layOut('x')
    write(join(box.dir, 'mayor'), 'text')
    expect(await failureOf(find('x'))).toMatchObject({code: 'NOT_IN_WORKSPACE'})
  })

  it('LinkFromOutside: is outside, since links are not resolved', async () => {
    const {box, find} = layOut('town/alpha/polecats/p1', 'outside')
    makeTown(join(box.dir, 'town'))
    symlinkSync(join(box.dir, 'town/alpha/polecats/p1'), join(box.dir, 'outside/link'))
    const error = await failureOf(find('outside/link'))
    expect(error).toMatchObject({
      code: 'NOT_IN_WORKSPACE',
      message: 'not in a Gas Town workspace',
      hint: expect.stringContaining('gt install'),
    })
  })

  it('LinkedTown: its root is the user’s path, its real root is resolved', async () => {
    const {box} = layOut('real')
    makeTown(join(box.dir, 'real'))
    symlinkSync(join(box.dir, 'real'), join(box.dir, 'link'))
    const {town} = await findWorkspace(placeAt(box, join(box.dir, 'link')))
    expect(town).toMatchObject({root: join(box.dir, 'link'), realRoot: join(box.dir, 'real')})
  })

  it('Elsewhere: GT_TOWN_ROOT is used, then GT_ROOT', async () => {
    const {box, find} = layOut('outside', 'second/mayor')
    makeTown(join(box.dir, 'first'))
    const first = {GT_TOWN_ROOT: `${join(box.dir, 'first')}/`, GT_ROOT: join(box.dir, 'second')}
    expect(await find('outside', first)).toBe('first')
    expect(await find('outside', {...first, GT_TOWN_ROOT: join(box.dir, 'nothing')})).toBe('second')
    expect(await find('second', {GT_TOWN_ROOT: join(box.dir, 'first')})).toBe('second')
    // Relative to this test's directory it would lead to the town.
    const relativePath = relative(process.cwd(), join(box.dir, 'first'))
    expect(await failureOf(find('outside', {GT_TOWN_ROOT: relativePath}))).toMatchObject({
      code: 'NOT_IN_WORKSPACE',
    })
  })

  it('DeletedDirectory: only GT_TOWN_ROOT with a primary marker helps', async () => {
    const {box} = layOut('sec/mayor')
    makeTown(join(box.dir, 'town'))
    const gone = (env: Record<string, string>) => findWorkspace(placeAt(box, undefined, env))
    expect((await gone({GT_TOWN_ROOT: join(box.dir, 'town')})).town.root).toBe(join(box.dir, 'town'))
    for (const env of [{}, {GT_TOWN_ROOT: join(box.dir, 'sec')}, {GT_ROOT: join(box.dir, 'town')}]) {
      expect((await failureOf(gone(env as Record<string, string>))).message).toBe(
        'not in a Gas Town workspace: getting current directory: gone',
      )
    }
  })

  it('DirectoryDeletedMeanwhile: the enclosing town is still found', async () => {
    const {box, find} = layOut('town/alpha/x')
    makeTown(join(box.dir, 'town'))
    rmSync(join(box.dir, 'town/alpha'), {recursive: true})
    expect(await find('town/alpha/x')).toBe('town')
  })
})

describe('inferRigName', () => {
  const infer = (cwd: string | undefined) => inferRigName('/t', {cwd, env: {}})

  it('InTown: is the first component, whatever it is', () => {
    expect(infer('/t/alpha/polecats/nux')).toBe('alpha')
    expect(infer('/t/mayor')).toBe('mayor')
    expect(infer('/t/..x')).toBe('..x')
  })

  it.each(['/t', '/', '/other', undefined])('%s: cannot be inferred', (cwd) => {
    expect(() => infer(cwd)).toThrow(
      expect.objectContaining({
        code: 'RIG_NOT_INFERRED',
        message: 'could not infer rig from current directory',
      }),
    )
  })
})
